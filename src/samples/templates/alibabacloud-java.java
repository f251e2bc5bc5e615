id: java-sdk
title: Java, SDK
file: <% operation.name | identifier %>Sample.java
tool: alibabacloud
---
// <% api | comment %>: <% summary | comment %>
// Maven: com.aliyun:<% sdk.java.artifact %>
<%# missing %>
// Empty or wrong in the form: <% missing | comment %>
<%/ missing %>
import <% sdk.java.package %>.Client;
import <% sdk.java.package %>.models.*;
import com.aliyun.teaopenapi.models.Config;
import java.net.URI;

public class <% operation.name | identifier %>Sample {
    public static void main(String[] args) throws Exception {
        URI endpoint = URI.create(System.getenv().getOrDefault("<% env.endpoint %>", <% endpoint | java %>));
        Config config = new Config()
                .setAccessKeyId(System.getenv("<% env.key_id %>"))
                .setAccessKeySecret(System.getenv("<% env.key_secret %>"))
                .setSecurityToken(System.getenv("<% env.security_token %>"))
                .setProtocol(endpoint.getScheme())
                .setEndpoint(endpoint.getAuthority());
        Client client = new Client(config);
<%# sdk.request %>
        <% operation.name %>Request request = new <% operation.name %>Request();
<%# parameters %>
<%# in_query %>
        request.set<% pascal %>(<% value | java %>);
<%/ in_query %>
<%/ parameters %>
<%/ sdk.request %>
        <% operation.name %>Response answer = client.<% operation.camel %>(<%# parameters %><%# in_path %><% value | java %><%# sdk.request %>, <%/ sdk.request %><%/ in_path %><%/ parameters %><%# sdk.request %>request<%/ sdk.request %>);
        System.out.println(com.aliyun.teautil.Common.toJSONString(answer.body.toMap()));
    }
}

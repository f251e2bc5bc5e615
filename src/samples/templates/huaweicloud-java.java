id: java-sdk
title: Java, SDK
file: <% operation.name | identifier %>Sample.java
tool: huaweicloud
---
// <% api | comment %>: <% summary | comment %>
// Maven: com.huaweicloud.sdk:<% sdk.java.artifact %>
<%# missing %>
// Empty or wrong in the form: <% missing | comment %>
<%/ missing %>
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import <% sdk.java.package %>.<% sdk.client %>;
import <% sdk.java.package %>.model.*;

public class <% operation.name | identifier %>Sample {
    public static void main(String[] args) {
        BasicCredentials credentials = new BasicCredentials()
                .withAk(System.getenv("<% env.key_id %>"))
                .withSk(System.getenv("<% env.key_secret %>"))
<%# parameters %>
<%# of_client %>
                .withProjectId(<% value | java %>)
<%/ of_client %>
<%/ parameters %>
                .withSecurityToken(System.getenv("<% env.security_token %>"));
        String endpoint = System.getenv().getOrDefault("<% env.endpoint %>", <% endpoint | java %>);
        <% sdk.client %> client = <% sdk.client %>.newBuilder().withCredential(credentials).withEndpoint(endpoint).build();
        <% operation.name %>Request request = new <% operation.name %>Request();
<%# parameters %>
<%^ of_client %>
        request.with<% pascal %>(<% value | java %>);
<%/ of_client %>
<%/ parameters %>
<%# sdk.body %>
        <% sdk.body %> body = new <% sdk.body %>();
<%# body_members %>
        body.with<% pascal %>(<% value | java %>);
<%/ body_members %>
        request.withBody(body);
<%/ sdk.body %>
        System.out.println(client.<% operation.camel %>(request));
    }
}

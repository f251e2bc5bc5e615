id: node-sdk
title: Node, SDK
file: <% operation.kebab %>.mjs
tool: alibabacloud
---
// <% api | comment %>: <% summary | comment %>
// npm install <% sdk.node.package %> @alicloud/openapi-core
<%# missing %>
// Empty or wrong in the form: <% missing | comment %>
<%/ missing %>
import sdk from <% sdk.node.package | js %>;
import { $OpenApiUtil } from "@alicloud/openapi-core";

const endpoint = new URL(process.env.<% env.endpoint %> || <% endpoint | js %>);
const config = new $OpenApiUtil.Config({
  accessKeyId: process.env.<% env.key_id %>,
  accessKeySecret: process.env.<% env.key_secret %>,
  securityToken: process.env.<% env.security_token %>,
  protocol: endpoint.protocol.slice(0, -1),
  endpoint: endpoint.host,
});
const client = new sdk.default(config);
const answer = await client.<% operation.camel %>(
<%# parameters %>
<%# in_path %>
  <% value | js %>,
<%/ in_path %>
<%/ parameters %>
<%# sdk.request %>
  new sdk.<% operation.name %>Request({
<%# parameters %>
<%# in_query %>
    <% camel %>: <% value | js %>,
<%/ in_query %>
<%/ parameters %>
  }),
<%/ sdk.request %>
);
console.log(JSON.stringify(answer.body));

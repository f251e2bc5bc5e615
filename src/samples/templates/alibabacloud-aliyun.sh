id: aliyun
title: aliyun
file: <% operation.kebab %>-aliyun.sh
tool: alibabacloud
---
#!/usr/bin/env bash
# <% api | comment %>: <% summary | comment %>
# Alibaba Cloud CLI, which reads <% env.key_id %> and <% env.key_secret %>.
<%# missing %>
# Empty or wrong in the form: <% missing | comment %>
<%/ missing %>
set -euo pipefail

arguments=(
  --region <% region | sh %>
<%# temporary %>
  --mode StsToken
  --access-key-id "$<% env.key_id %>"
  --access-key-secret "$<% env.key_secret %>"
  --sts-token "$<% env.security_token %>"
<%/ temporary %>
<%# parameters %>
<%# in_query %>
  --<% name | sh %> <% value | sh %>
<%/ in_query %>
<%/ parameters %>
)
aliyun <% sdk.aliyun %> <% method | sh %> <% path | sh %> "${arguments[@]}"

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
<%# parameters %>
<%# in_query %>
  --<% name | sh %> <% value | sh %>
<%/ in_query %>
<%/ parameters %>
)
aliyun <% sdk.aliyun %> <% method | sh %> <% path | sh %> "${arguments[@]}"

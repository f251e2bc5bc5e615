id: hcloud
title: hcloud
file: <% operation.kebab %>-hcloud.sh
tool: huaweicloud
---
#!/usr/bin/env bash
# <% api | comment %>: <% summary | comment %>
# KooCLI with the credential of: hcloud configure init
<%# missing %>
# Empty or wrong in the form: <% missing | comment %>
<%/ missing %>
set -euo pipefail

arguments=(
  --cli-region=<% region | sh %>
<%# parameters %>
  --<% name | sh %>=<% value | sh %>
<%/ parameters %>
<%# body_members %>
  --<% name | sh %>=<% value | sh %>
<%/ body_members %>
)
hcloud <% sdk.hcloud %> <% operation.name %> "${arguments[@]}"

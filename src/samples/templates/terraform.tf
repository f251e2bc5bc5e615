id: terraform
title: Terraform
file: <% operation.snake %>.tf
tool: terraform
---
# <% api | comment %>: <% summary | comment %>
# Terraform keeps the whole thing, not only this switch. It writes the rest of the configuration itself:
#   terraform init
#   terraform plan -generate-config-out=generated.tf
# Then set <% sdk.argument %> in generated.tf as below, look at the plan, and apply it.
<%# missing %>
# Empty or wrong in the form: <% missing | comment %>
<%/ missing %>
terraform {
  required_providers {
    <% sdk.provider %> = {
      source = <% sdk.source | hcl %>
    }
  }
}

provider <% sdk.provider | hcl %> {
  region = <% region | hcl %>
}

import {
  to = <% sdk.resource %>.this
<%# parameters %>
<%# of_client %>
  id = <% value | hcl %>
<%/ of_client %>
<%/ parameters %>
}

# In generated.tf:
#   <% sdk.argument %> = <%# sdk.value %><% sdk.value | hcl %><%/ sdk.value %><%^ sdk.value %><%# body_members %><% value | text_hcl %><%/ body_members %><%^ body_members %>…<%/ body_members %><%/ sdk.value %>

id: python-sdk
title: Python, SDK
file: <% operation.snake %>_sdk.py
tool: huaweicloud
---
# <% api | comment %>: <% summary | comment %>
# pip install <% sdk.python.package %>
<%# missing %>
# Empty or wrong in the form: <% missing | comment %>
<%/ missing %>
import os

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from <% sdk.python.module %> import (
    <% sdk.client %>,
    <% operation.name %>Request,
<%# sdk.body %>
    <% sdk.body %>,
<%/ sdk.body %>
)

credentials = BasicCredentials(
    os.environ["<% env.key_id %>"],
    os.environ["<% env.key_secret %>"],
<%# parameters %>
<%# of_client %>
    <% value | py %>,
<%/ of_client %>
<%/ parameters %>
)
if os.environ.get("<% env.security_token %>"):
    credentials.with_security_token(os.environ["<% env.security_token %>"])
endpoint = os.environ.get("<% env.endpoint %>") or <% endpoint | py %>
client = <% sdk.client %>.new_builder().with_credentials(credentials).with_endpoint(endpoint).build()
request = <% operation.name %>Request(
<%# parameters %>
<%^ of_client %>
    <% snake %>=<% value | py %>,
<%/ of_client %>
<%/ parameters %>
<%# sdk.body %>
    body=<% sdk.body %>(
<%# body_members %>
        <% snake %>=<% value | py %>,
<%/ body_members %>
    ),
<%/ sdk.body %>
)
print(client.<% operation.snake %>(request))

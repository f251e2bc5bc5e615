id: python-sdk
title: Python, SDK
file: <% operation.snake %>_sdk.py
tool: alibabacloud
---
# <% api | comment %>: <% summary | comment %>
# pip install <% sdk.python.package %>
<%# missing %>
# Empty or wrong in the form: <% missing | comment %>
<%/ missing %>
import os
import urllib.parse

from <% sdk.python.package %> import models
from <% sdk.python.package %>.client import Client
from alibabacloud_tea_openapi.utils_models import Config

endpoint = urllib.parse.urlsplit(os.environ.get("<% env.endpoint %>") or <% endpoint | py %>)
config = Config(
    access_key_id=os.environ["<% env.key_id %>"],
    access_key_secret=os.environ["<% env.key_secret %>"],
    security_token=os.environ.get("<% env.security_token %>"),
    protocol=endpoint.scheme,
    endpoint=endpoint.netloc,
)
client = Client(config)
answer = client.<% operation.snake %>(
<%# parameters %>
<%# in_path %>
    <% value | py %>,
<%/ in_path %>
<%/ parameters %>
<%# sdk.request %>
    models.<% operation.name %>Request(
<%# parameters %>
<%# in_query %>
        <% snake %>=<% value | py %>,
<%/ in_query %>
<%/ parameters %>
    ),
<%/ sdk.request %>
)
print(answer.body.to_map())

id: python
title: Python
file: <% operation.snake %>.py
---
# <% api | comment %>: <% summary | comment %>
# Needs Python 3.8 and nothing else.
<%# no_credential %>
# The console's proxy adds the credential, and the console knows none: neither does this sample.
<%/ no_credential %>
<%# missing %>
# Empty or wrong in the form: <% missing | comment %>
<%/ missing %>
<%# uses_basic %>
import base64
<%/ uses_basic %>
<%# signs %>
import datetime
import hashlib
import hmac
<%/ signs %>
<%# uses_json %>
import json
<%/ uses_json %>
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
<%# acs3 %>
import uuid
<%/ acs3 %>

endpoint = os.environ.get("<% env.endpoint %>") or <% endpoint | py %>
method = <% method | py %>
path = <% path | py %>
query = <% query | py %>
<%# body %>
body = (<% body | py %>).encode()
<%/ body %>
<%^ body %>
body = b""
<%/ body %>
headers = {
<%# headers %>
    <% name | py %>: <% value | py %>,
<%/ headers %>
}
<%# sdk_hmac %>

# SDK-HMAC-SHA256
date = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
headers["X-Sdk-Date"] = date
if os.environ.get("<% env.security_token %>"):
    headers["X-Security-Token"] = os.environ["<% env.security_token %>"]
<%# unsigned_payload %>
payload = headers["X-Sdk-Content-Sha256"] = "UNSIGNED-PAYLOAD"
<%/ unsigned_payload %>
<%^ unsigned_payload %>
payload = hashlib.sha256(body).hexdigest()
<%/ unsigned_payload %>
signed = {name.lower(): value for name, value in headers.items()}
signed = {n: v for n, v in signed.items() if n == "content-type" or (n.startswith("x-") and "_" not in n)}
signed["host"] = <% host | py %>
names = ";".join(sorted(signed))
canonical_path = "/".join(urllib.parse.quote(part, safe="-_.~") for part in urllib.parse.unquote(path).split("/"))
canonical_path += "" if canonical_path.endswith("/") else "/"
pairs = sorted(urllib.parse.parse_qsl(query, keep_blank_values=True))
canonical_query = "&".join(f"{urllib.parse.quote(n, safe='-_.~')}={urllib.parse.quote(v, safe='-_.~')}" for n, v in pairs)
lines = "".join(f"{name}:{signed[name].strip()}\n" for name in sorted(signed))
canonical = "\n".join([method, canonical_path, canonical_query, lines, names, payload])
to_sign = "\n".join(["SDK-HMAC-SHA256", date, hashlib.sha256(canonical.encode()).hexdigest()])
signature = hmac.new(os.environ["<% env.key_secret %>"].encode(), to_sign.encode(), hashlib.sha256).hexdigest()
headers["Authorization"] = (
    f"SDK-HMAC-SHA256 Access={os.environ['<% env.key_id %>']}, SignedHeaders={names}, Signature={signature}"
)
<%/ sdk_hmac %>
<%# acs3 %>

# ACS3-HMAC-SHA256
payload = hashlib.sha256(body).hexdigest()
headers["x-acs-action"] = <% action | py %>
headers["x-acs-version"] = <% version | py %>
headers["x-acs-date"] = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
headers["x-acs-signature-nonce"] = uuid.uuid4().hex
headers["x-acs-content-sha256"] = payload
if os.environ.get("<% env.security_token %>"):
    headers["x-acs-security-token"] = os.environ["<% env.security_token %>"]
signed = {name.lower(): value for name, value in headers.items()}
signed = {n: v for n, v in signed.items() if n == "content-type" or n.startswith("x-acs-")}
signed["host"] = <% host | py %>
names = ";".join(sorted(signed))
canonical_path = "/".join(urllib.parse.quote(urllib.parse.unquote(part), safe="-_.~") for part in path.split("/"))
pairs = sorted(urllib.parse.parse_qsl(query, keep_blank_values=True))
canonical_query = "&".join(f"{urllib.parse.quote(n, safe='-_.~')}={urllib.parse.quote(v, safe='-_.~')}" for n, v in pairs)
lines = "".join(f"{name}:{signed[name].strip()}\n" for name in sorted(signed))
canonical = "\n".join([method, canonical_path, canonical_query, lines, names, payload])
to_sign = "\n".join(["ACS3-HMAC-SHA256", hashlib.sha256(canonical.encode()).hexdigest()])
signature = hmac.new(os.environ["<% env.key_secret %>"].encode(), to_sign.encode(), hashlib.sha256).hexdigest()
headers["Authorization"] = (
    f"ACS3-HMAC-SHA256 Credential={os.environ['<% env.key_id %>']},SignedHeaders={names},Signature={signature}"
)
<%/ acs3 %>

url = endpoint + path + ("?" + query if query else "")
request = urllib.request.Request(url, data=body or None, headers=headers, method=method)
try:
    with urllib.request.urlopen(request, timeout=60) as answer:
<%# printed_headers %>
        print(<% . | py %> + ":", answer.headers.get(<% . | py %>, ""))
<%/ printed_headers %>
        print(answer.read().decode())
except urllib.error.HTTPError as error:
    print(error.code, error.read().decode(errors="replace"), file=sys.stderr)
    sys.exit(1)

id: curl
title: curl
file: <% operation.kebab %>.sh
---
#!/usr/bin/env bash
# <% api | comment %>: <% summary | comment %>
<%# signs %>
# Needs bash, curl and openssl.
<%/ signs %>
<%^ signs %>
# Needs bash and curl.
<%/ signs %>
<%# printed_headers %>
# The answer gives <% . | comment %> in its header: the headers are printed above the body.
<%/ printed_headers %>
<%# no_credential %>
# The console's proxy adds the credential, and the console knows none: neither does this sample.
<%/ no_credential %>
<%# missing %>
# Empty or wrong in the form: <% missing | comment %>
<%/ missing %>
set -euo pipefail
<%# signs %>
case ${1-} in '' | variables) ;; *) echo 'The only argument is: variables' >&2; exit 2 ;; esac
<%/ signs %>
<%^ signs %>
if [ $# != 0 ]; then echo 'There are no arguments.' >&2; exit 2; fi
<%/ signs %>

<%# needed %>
: "${<% . %>:?is not set}"
<%/ needed %>

endpoint=${<% env.endpoint %>:-<% endpoint | sh %>}
<%# uses_json %>
# Inside the quotes of a JSON text.
json_text() { printf %s "$1" | sed 's/\\/\\\\/g; s/"/\\"/g'; }
<%/ uses_json %>
<%# uses_url %>
percent_encode() {
  local LC_ALL=C text=$1 i c
  for ((i = 0; i < ${#text}; i++)); do
    c=${text:i:1}
    case $c in
      [A-Za-z0-9._~-]) printf %s "$c" ;;
      *) printf %%%02X "$(($(printf %d "'$c") & 255))" ;;
    esac
  done
}
<%/ uses_url %>

path=<% path | sh %>
query=<% query | sh %>
body=<% body | sh %>
headers=(
<%# headers %>
  <% line | sh %>
<%/ headers %>
<%# empty_body %>
  'Content-Length: 0'
<%/ empty_body %>
)
<%# signs %>

host=<% host | sh %>
# What is signed of the headers, and their names.
canonical_headers() {
  local signed=(
    "Host: $host"
<%# headers %>
<%# signed %>
    <% line | sh %>
<%/ signed %>
<%/ headers %>
  )
  lines=$(printf '%s\n' "${signed[@]}" "${added[@]}" | sed 's/^\([^:]*\): */\1:/; s/ *$//' |
    awk -F: '{ name = tolower($1); print name substr($0, length(name) + 1) }' | LC_ALL=C sort -t: -k1,1)
  names=$(printf '%s\n' "$lines" | cut -d: -f1 | paste -sd';' -)
}
<%/ signs %>
<%# sdk_hmac %>

# SDK-HMAC-SHA256. openssl gets the secret as an argument: on a computer that others use too, prefer the Python sample.
date=$(date -u +%Y%m%dT%H%M%SZ)
added=("X-Sdk-Date: $date")
token=${<% env.security_token %>:-}
if [ -n "$token" ]; then added+=("X-Security-Token: $token"); fi
<%# unsigned_payload %>
added+=('X-Sdk-Content-Sha256: UNSIGNED-PAYLOAD')
<%/ unsigned_payload %>
canonical_headers
<%# unsigned_payload %>
payload=UNSIGNED-PAYLOAD
<%/ unsigned_payload %>
<%^ unsigned_payload %>
payload=$(printf %s "$body" | openssl dgst -sha256 -r | cut -d' ' -f1)
<%/ unsigned_payload %>
canonical=$(printf '%s\n%s\n%s\n%s\n\n%s\n%s' <% method | sh %> <% canonical_path | sh %> <% canonical_query | sh %> "$lines" "$names" "$payload")
hash=$(printf %s "$canonical" | openssl dgst -sha256 -r | cut -d' ' -f1)
signature=$(printf 'SDK-HMAC-SHA256\n%s\n%s' "$date" "$hash" |
  openssl dgst -sha256 -hmac "$<% env.key_secret %>" -r | cut -d' ' -f1)
added+=("Authorization: SDK-HMAC-SHA256 Access=$<% env.key_id %>, SignedHeaders=$names, Signature=$signature")
<%/ sdk_hmac %>
<%# acs3 %>

# ACS3-HMAC-SHA256. openssl gets the secret as an argument: on a computer that others use too, prefer the Python sample.
payload=$(printf %s "$body" | openssl dgst -sha256 -r | cut -d' ' -f1)
added=(
<%# lines %>
  <% . | sh %>
<%/ lines %>
  "x-acs-date: $(date -u +%Y-%m-%dT%H:%M:%SZ)"
  "x-acs-signature-nonce: $(openssl rand -hex 16)"
  "x-acs-content-sha256: $payload"
)
token=${<% env.security_token %>:-}
if [ -n "$token" ]; then added+=("x-acs-security-token: $token"); fi
canonical_headers
canonical=$(printf '%s\n%s\n%s\n%s\n\n%s\n%s' <% method | sh %> <% canonical_path | sh %> <% canonical_query | sh %> "$lines" "$names" "$payload")
hash=$(printf %s "$canonical" | openssl dgst -sha256 -r | cut -d' ' -f1)
signature=$(printf 'ACS3-HMAC-SHA256\n%s' "$hash" | openssl dgst -sha256 -hmac "$<% env.key_secret %>" -r | cut -d' ' -f1)
added+=("Authorization: ACS3-HMAC-SHA256 Credential=$<% env.key_id %>,SignedHeaders=$names,Signature=$signature")
<%/ acs3 %>

<%# signs %>
# With this argument nothing is sent: the headers of the signature are printed for the .http sample, which reads the token
# of a temporary key from the environment itself.
if [ "${1-}" = variables ]; then
  for header in "${added[@]}"; do
    case $header in [Xx]-*[Ss]ecurity-[Tt]oken:*) continue ;; esac
    printf '@%s = %s\n' "$(printf %s "${header%%: *}" | tr 'A-Z-' 'a-z_')" "${header#*: }"
  done
  exit
fi
headers+=("${added[@]}")

<%/ signs %>
# Headers and body do not stand in the list of processes, where other users of the computer would see them.
# curl writes a header without a value with a semicolon.
printf '%s\n' "${headers[@]/%: /;}" |
  curl --silent --show-error --fail-with-body --globoff --path-as-is --request <% method | sh %> --header @- \
<%# body %>
    --data-binary @<(printf %s "$body") \
<%/ body %>
<%# prints_headers %>
    --dump-header - \
<%/ prints_headers %>
    "$endpoint$path${query:+?$query}"

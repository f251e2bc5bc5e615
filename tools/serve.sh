#!/usr/bin/env bash
# The console on http://127.0.0.1:8080 and, behind its /proxy/, the sandbox server on port 8081. One Ctrl-C ends both.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --locked --no-default-features --example sandbox-server
# cargo knows its target directory, and the server takes cargo's place: $! is the server.
cargo run --quiet --locked --no-default-features --example sandbox-server -- --listen 127.0.0.1:8081 &
sandbox=$!
# A folder of its own: dist/ is for the production site.
trunk serve --dist target/serve &
console=$!
trap 'kill "$sandbox" "$console" 2>/dev/null || true; wait 2>/dev/null || true' EXIT
trap 'exit 0' INT TERM
# Whichever ends first ends the other.
wait -n "$sandbox" "$console"

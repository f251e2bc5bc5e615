# Everything on a fresh machine: see README.md. Each target installs what it needs first (tools/setup.sh).
cache := $(or $(TLS_CONSOLE_CACHE),$(or $(XDG_CACHE_HOME),$(HOME)/.cache)/tls-console)
export PATH := $(cache)/bin:$(cache)/npm/node_modules/.bin:$(PATH)
# Everything that is downloaded is fetched by the set-up; Trunk must not try on its own.
export TRUNK_OFFLINE := true
export TRUNK_SKIP_VERSION_CHECK := true
export NO_COLOR := true
# As in .cargo/config.toml, and without this machine's paths in the site: the same bytes wherever it is built.
cargo_home := $(or $(CARGO_HOME),$(HOME)/.cargo)
size_flags := --cfg erase_components --cfg sha2_backend_soft="compact" --remap-path-prefix=$(cargo_home)/registry/src/= --remap-path-prefix=$(CURDIR)/=
# Code that comes with its first use (src/ui/on_use.rs): the linker keeps what tools/postbuild.mjs needs to part the program.
split_flags := --cfg split -C link-args=--emit-relocs
core := --no-default-features
# Thousands of simulated runs are tests of the core; the screen would only be built longer.
quick := --config profile.dev.package.tls-console.opt-level=1
wasm := --target wasm32-unknown-unknown

.PHONY: help serve build test bench pictures setup setup-test setup-bench fmt lint docs core web e2e hosting break-lines check-serve clean

help:
	@echo 'make serve   the console with its sandbox on http://127.0.0.1:8080'
	@echo 'make build   the production site in dist/, with its sizes'
	@echo 'make test    every check: format, lints, docs, core, controls, size, end to end'
	@echo 'make pictures  pictures of the site in dist/, into docs/pictures'
	@echo 'make bench   the site in dist/ beside three pages of its kind: bytes, time, memory'

serve: setup
	@tools/serve.sh

build: setup
	RUSTFLAGS='$(size_flags) $(split_flags)' trunk build --release
	@node tools/sizes.mjs dist

# From quick to slow: the first mistake ends it.
test: setup-test fmt lint docs core web build e2e hosting check-serve
	@echo 'All checks passed.'

# A measurement, never a test: needs dist/ (make build) and a machine with nothing else to do.
# BENCH='--only console' and BENCH=--trace: see tools/bench.mjs.
bench: setup-bench
	@node tools/bench.mjs $(BENCH)

# Pictures of the site in dist/ for docs/pictures; the README shows one.
pictures: setup-bench
	@node tools/pictures.mjs

setup:
	@tools/setup.sh build

setup-test:
	@tools/setup.sh test

setup-bench:
	@tools/setup.sh bench

fmt:
	cargo fmt --check

lint:
	cargo clippy --locked $(core) --all-targets -- -D warnings
	cargo clippy --locked $(wasm) --lib --bins --test web --test vault -- -D warnings

docs:
	RUSTDOCFLAGS='-D warnings' cargo doc --locked $(core) --no-deps
	RUSTDOCFLAGS='-D warnings' cargo doc --locked $(wasm) --no-deps --lib

# Everything that needs no browser. Server and sandbox tests included; the table of published descriptions at the end.
core:
	cargo test --locked $(core) $(quick) --lib --test catalog --test fleet --test follow --test sandbox --test server
	TLS_CONSOLE_CACHE=$(cache) cargo test --locked $(core) $(quick) --test samples
	TLS_CONSOLE_CACHE=$(cache) cargo test --locked $(core) $(quick) --test published -- --nocapture

# The controls, one by one, in a browser.
web:
	CHROMEDRIVER=$$(command -v chromedriver) CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
	WASM_BINDGEN_TEST_TIMEOUT=180 WASM_BINDGEN_TEST_DRIVER_TIMEOUT=60 WASM_BINDGEN_TEST_WEBDRIVER_JSON=tests/webdriver.json \
	cargo test --locked $(wasm) --test web --test vault

# Whole flows on the production site, with the production headers. A failure's words say more than its stack.
# tools/flows.mjs says what a second try is for.
e2e:
	RUST_BACKTRACE=0 TLS_CONSOLE_AXE=$(cache)/npm/node_modules/axe-core/axe.min.js node tools/flows.mjs e2e

# The configurations in deploy/ on a real nginx and a real Caddy, with the simulated clouds behind TLS.
hosting:
	RUST_BACKTRACE=0 node tools/flows.mjs hosting

# Every line of deploy/ left out, one at a time: each must turn a test of `hosting` red. A good part of an hour a server.
break-lines: setup-test
	node tools/break-lines.mjs

# The other command, as a newcomer runs it.
check-serve:
	node tools/check-serve.mjs

clean:
	cargo clean
	rm -rf dist .e2e

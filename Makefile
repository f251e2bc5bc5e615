# Everything on a fresh machine: see README.md. Each target installs what it needs first (tools/setup.sh).
cache := $(or $(TLS_CONSOLE_CACHE),$(or $(XDG_CACHE_HOME),$(HOME)/.cache)/tls-console)
export PATH := $(cache)/bin:$(cache)/npm/node_modules/.bin:$(PATH)
export NO_COLOR := 1

.PHONY: help
help:
	@echo 'make serve   the console with its sandbox on http://127.0.0.1:8080'
	@echo 'make build   the production site in dist/, with its sizes'
	@echo 'make test    every check: format, lints, docs, core, controls, size, end to end'

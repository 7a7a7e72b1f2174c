# riuso: `make serve` runs the site on the starter catalogue, `make test` passes the tests. Each does its whole set-up.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help serve build test lint tools bench bench-crawl corpus federation legacy torture scale e2e-forge conformance lists docs fuzz clean

ADDR ?= 127.0.0.1:8080
FUZZTIME ?= 30s
STAMP := node_modules/.stamp
SPECS := internal/forgespecs/node_modules/.stamp
DIST := site/ui/static/dist/.stamp

help: ## says what can be made
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 18

serve: build ## builds what is missing and opens the site of the starter catalogue
	@bin/riuso serve --addr $(ADDR)

build: $(DIST) ## the program, in bin/riuso, with its front end
	@[ -e bin/riuso ] || echo "building the program: a minute, the first time"
	@go build -o bin/riuso ./cmd/riuso

# Both sets of packages: those that the site is built with, and those that only tests read.
$(STAMP): package.json package-lock.json
$(SPECS): internal/forgespecs/package.json internal/forgespecs/package-lock.json
$(STAMP) $(SPECS):
	@cd $(dir $(<)) && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

# The style sheet is cut to what the templates use, so it depends on them.
$(DIST): $(STAMP) site/ui/build.mjs $(shell find site/ui -name '*.tmpl' -o -name '*.css' -not -path '*/dist/*' 2>/dev/null)
	@npm run --silent build
	@touch $@

test: tools $(DIST) $(SPECS) lint ## installs what the tests need (as root, with apt), lints, runs every test with -race
	@go test $$(command -v gcc >/dev/null && echo -race) -timeout 25m ./...

lint:
	@out=$$(gofmt -l $$(git ls-files '*.go')); [ -z "$$out" ] || { echo "gofmt would change:"; echo "$$out"; exit 1; }
	@go vet ./...
	@go tool staticcheck ./...
	@timeout 60 go tool govulncheck ./... >.govulncheck 2>&1 && echo "govulncheck: no known vulnerability" || { echo "govulncheck (for information):"; tail -n 4 .govulncheck; }; rm -f .govulncheck

# What the tests need beside Go and Node. An ordinary user is told; the tests that need it are then skipped, unless
# RIUSO_TEST_STRICT=1 (.ci/run).
tools:
	@missing=""; \
	command -v gcc >/dev/null || missing="$$missing gcc libc6-dev"; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	command -v curl >/dev/null || missing="$$missing curl"; \
	command -v pdftotext >/dev/null || missing="$$missing poppler-utils"; \
	[ -z "$$missing" ] && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "installing:$$missing"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	else \
		echo "Missing:$$missing. To run every test: sudo apt-get update && sudo apt-get install -y$$missing"; \
		if [ "$$RIUSO_TEST_STRICT" = 1 ]; then exit 1; fi; \
	fi

bench: ## the figures of docs/figures.md, on this machine
	@go test -run '^$$' -bench . -benchmem ./...

bench-crawl: ## a crawl beside git itself on the same repositories: how fast, how many bytes, how much memory
	@set -o pipefail; RIUSO_BENCH_CRAWL=1 go test -count=1 -timeout 60m -v -run '^TestBenchCrawl$$' ./cmd/riuso | sed -e '/^=== /d' -e '/^PASS$$/d' -e 's/^    //'

corpus: build ## serves the shared corpus as Git repositories on loopback, with a catalogue of it, until Ctrl-C
	@go run ./indexer/gitrepo/gitrepotest/corpus -to .cache/corpus

federation: build ## a federation on loopback, crawled twice, and what each place came to; SERVE=1 leaves its site open at ADDR
	@go build -o bin/federation ./internal/federation && exec bin/federation $(if $(SERVE),-serve $(ADDR))

legacy: build ## brings home the shared legacy kit: figures beside those expected, searches, pictures of its pages; SERVE=1 leaves the site open at ADDR
	@go build -o bin/legacykit ./internal/legacykit && exec bin/legacykit $(if $(SERVE),-serve $(ADDR))

torture: ## what is too slow for every day: kills at fifty random moments, bombs, a file of 2 GB, 1,500 damaged attachments
	@RIUSO_TORTURE=1 go test -race -count=1 -timeout 60m -run 'Torture|Kill' ./...
	@RIUSO_TORTURE=1 go test -count=1 -timeout 60m -v -run '^TestHuge' ./cmd/riuso
	@RIUSO_TORTURE=1 go test -count=1 -timeout 60m -v -run '^TestDamaged' ./indexer/attach/...

scale: ## a catalogue of 20,000 sources: how fast, how much memory
	@RIUSO_SCALE=1 go test -count=1 -timeout 30m -v -run TestScale ./indexer

# Gitea is built from its own module, outside of ours: its go.mod replaces modules, which `go install` refuses.
GITEA := 1.26.0
.cache/gitea-$(GITEA)/gitea:
	@mkdir -p $(@D) && echo "building Gitea $(GITEA): some minutes, the first time"
	@cp -r "$$(GOFLAGS=-mod=mod go mod download -json code.gitea.io/gitea@v$(GITEA) | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')" $(@D)/src && chmod -R u+w $(@D)/src
	@cd $(@D)/src && go build -tags 'sqlite sqlite_unlock_notify' -o ../gitea .

e2e-forge: $(DIST) .cache/gitea-$(GITEA)/gitea ## crawls a real Gitea, pushes to it and hears its webhook
	@RIUSO_GITEA=$(CURDIR)/.cache/gitea-$(GITEA)/gitea go test -count=1 -timeout 10m -v -run '^TestARealForge$$' ./cmd/riuso

conformance: ## how far the check of publiccode.yml agrees with the reference parser; fails below the aims
	@set -o pipefail; go test -count=1 -v -run '^TestConformance$$' ./schema/publiccode | sed -e '/^=== /d' -e '/^PASS$$/d' -e 's/^    //'

lists: ## the controlled lists of publiccode.yml, made again from the packages that their generator pins
	@node schema/publiccode/data/generate.mjs

docs: ## the reference of the kit format in docs/, from schema/*.schema.json
	@go run ./internal/formatdocs docs

fuzz: ## each fuzz target for FUZZTIME
	@for pkg in $$(go list ./...); do \
		for target in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
			go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$pkg || exit 1; \
		done; \
	done

clean: ## removes what was built
	@rm -rf bin node_modules internal/forgespecs/node_modules site/ui/static/dist .cache

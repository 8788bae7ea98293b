# make demo     build the assets, load the example programme, run it
# make test     everything: unit, both databases, browser
# make unit     what needs neither a browser nor PostgreSQL
# make browser  the journeys in a real browser
# make screenshots  the pictures of the README, from the demo
# make check    vet, lint, generated files
# make fuzz     each fuzz target for FUZZTIME
# make soak     the long tests
# make bench-web, make bench-store, make bench-search
# make bench-room  votes of a debate at the store, and a hall of 300 phones and 3 projectors
# make bench-event  500 people sign up within ten seconds while 5,000 read the page
# make bench-foresight  cross-impact balances and MICMAC at their bars, in processor time
# make bench-opinion  the opinion map at its bars, beside textbook implementations
# make bench-choice  cities counted by equal shares, beside textbook implementations
# make assets   bundle the script; the pages work without it
# make generate templates to Go, and the tables of docs/

GO       ?= go
FUZZTIME ?= 1m
WITHPG    = $(GO) run ./internal/storetest/withpostgres --

.DEFAULT_GOAL := help
.PHONY: help demo test unit browser screenshots check fuzz soak bench-web bench-store bench-foresight bench-opinion bench-choice bench-search bench-room assets generate needs

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

demo: assets
	$(GO) run ./cmd/wspolnota demo

test: needs assets
	$(WITHPG) $(GO) test -timeout 30m ./...

unit:
	WSPOLNOTA_TEST_POSTGRES=off $(GO) test -short ./...

browser: needs assets
	$(GO) test ./internal/webtest/browser/...

screenshots: needs assets
	WSPOLNOTA_SHOTS=$(CURDIR)/docs/screenshots $(GO) test ./internal/webtest/browser -count=1 \
	  -run 'Screenshots/(home-320-light-pl|programme-1280-light-pl|article-320-dark-en|organisation-1280-light-pl|event-1280-light-pl|debate-1280-light-pl)$$'

check:
	$(GO) vet ./...
	$(GO) test ./internal/rules
	$(GO) tool -modfile=tools/go.mod golangci-lint run

fuzz:
	scripts/fuzz $(FUZZTIME)

soak: needs assets
	WSPOLNOTA_SOAK=1 $(WITHPG) $(GO) test -timeout 2h ./...

bench-web:
	$(WITHPG) $(GO) test -run "^$$" -bench Web -benchtime 1x -timeout 30m ./cmd/wspolnota

bench-event:
	$(WITHPG) $(GO) test -run '^$$' -bench '^BenchmarkEvent' -benchtime 1x -timeout 30m ./cmd/wspolnota

bench-store:
	$(WITHPG) $(GO) test -run '^$$' -bench . -benchtime 2s ./store

# Processor time on one core. The textbook runs once: it takes minutes.
bench-opinion:
	$(GO) test -run '^TestLargestConversation' -bench 'Map/.*/this|Refresh' -benchtime 20x -cpu 1 -timeout 30m -v ./opinion
	$(GO) test -run '^$$' -bench 'Vote' -benchtime 100000x -cpu 1 -timeout 30m ./opinion
	$(GO) test -run '^$$' -bench 'Map/.*/textbook' -benchtime 1x -cpu 1 -timeout 60m ./opinion

bench-foresight:
	$(GO) test -run '^$$' -bench '^Benchmark[^C]' -benchtime 100x -cpu 1 -timeout 30m ./foresight/...
	$(GO) test -run '^$$' -bench CIB -benchtime 1x -timeout 60m ./foresight/cib

bench-choice:
	$(GO) test -run '^$$' -bench Choice -benchtime 3x -timeout 60m ./choice

bench-room:
	$(WITHPG) $(GO) test -run '^$$' -bench Room -benchtime 20000x -timeout 30m ./debate
	$(GO) test -run '^$$' -bench RoomPhones -benchtime 1x -timeout 10m ./workshop

bench-search:
	$(WITHPG) $(GO) test -run '^$$' -bench Search100k -benchtime 1x -timeout 30m -v ./search

# npm is only needed for the script; without Node the pages are complete.
assets: web/ui/assets/dist/app.js

web/ui/assets/dist/app.js: $(wildcard web/ui/assets/src/*.js) package.json package-lock.json
	@if command -v npm >/dev/null; then npm ci --no-audit --no-fund --silent && npm run --silent assets; \
	else echo "npm is not here: going on without the script"; fi

generate:
	$(GO) tool templ generate
	$(GO) test ./cmd/wspolnota ./internal/rules -run 'Documentation|Map' -update

needs:
	@scripts/needs

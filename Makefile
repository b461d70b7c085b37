# Dateline. One Makefile, pkg-config, no generator. `make help` lists targets.

.DEFAULT_GOAL := all
BUILD ?= build
CC ?= cc
PKGS = libcurl gumbo libxxhash libpq libxml-2.0 jansson uchardet libpsl libidn2 \
       yaml-0.1 zlib libzstd libbrotlidec libcares libcrypto libutf8proc
VERSION := 0.1.0
SAN ?=
WARN = -Wall -Wextra -Werror -Wshadow -Wpointer-arith -Wstrict-prototypes \
       -Wmissing-prototypes -Wwrite-strings -Wvla -Wformat=2 -Wundef \
       -Wimplicit-fallthrough -Wno-format-nonliteral -Wconversion -Wno-sign-conversion \
       -Wno-format-truncation # cutting with snprintf is meant where it is done
OPT ?= -O2 -g
CFLAGS ?=
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE $(WARN) $(OPT) $(SAN) -I. -I$(BUILD) \
	-fstack-protector-strong -DDATELINE_VERSION='"$(VERSION)"' \
	$(shell pkg-config --cflags $(PKGS)) $(CFLAGS)
LIBS = $(shell pkg-config --libs $(PKGS)) -lm -lpthread

ROOMS = core model crawler parser story store publish cli
room_src = $(sort $(wildcard $(1)/*.c))
room_obj = $(patsubst %.c,$(BUILD)/%.o,$(call room_src,$(1)))
OBJ = $(foreach r,$(ROOMS),$(call room_obj,$(r)))
LIB_OBJ = $(filter-out $(BUILD)/cli/main.o,$(OBJ))
SQL = $(sort $(wildcard store/sql/*.sql))
MIGRATIONS = $(sort $(wildcard migrations/*.sql))

.PHONY: all
all: dateline ## the program

dateline: $(BUILD)/dateline
	cp $(BUILD)/dateline $@

$(BUILD)/dateline: $(OBJ)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $(OBJ) $(LIBS)

$(BUILD)/libdateline.a: $(LIB_OBJ)
	rm -f $@ && ar rcs $@ $(LIB_OBJ)

# Rooms apart, so that a test links no more than what it tests.
define room_rule
$(BUILD)/$(1).a: $(call room_obj,$(1))
	rm -f $$@ && ar rcs $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call room_rule,$(r))))

$(BUILD)/%.o: %.c | $(BUILD)/store/sql.h $(BUILD)/store/migrations.h
	@mkdir -p $(dir $@)
	@echo "  CC $<"
	@$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# One query a file: embedded as string constants.
$(BUILD)/store/sql.h: $(SQL) tools/embed
	@mkdir -p $(dir $@)
	tools/embed sql $(SQL) > $@.tmp && mv $@.tmp $@

$(BUILD)/store/migrations.h: $(MIGRATIONS) tools/embed
	@mkdir -p $(dir $@)
	tools/embed migrations $(MIGRATIONS) > $@.tmp && mv $@.tmp $@

-include $(OBJ:.o=.d)

# ---- tests: unit tests are tests/unit/test_*.c, one program each ------------
UNIT = $(sort $(wildcard tests/unit/test_*.c))
UNIT_BIN = $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(UNIT))

# Which rooms a unit test links: its name's second word (test_core_url: core).
test_rooms = $(if $(filter core,$(1)),core,$(if $(filter model,$(1)),model core,\
	$(if $(filter cli,$(1)),,$(1) model core)))

.SECONDEXPANSION:
$(BUILD)/tests/test_%: tests/unit/test_%.c $$(foreach r,$$(call test_rooms,$$(firstword $$(subst _, ,$$*))),$(BUILD)/$$(r).a)
	@mkdir -p $(dir $@)
	$(CC) $(ALL_CFLAGS) -MMD -MP -o $@ $< $(filter %.a,$^) -lcmocka $(LIBS)

$(BUILD)/hostile/measure: tests/hostile/measure.c
	@mkdir -p $(dir $@)
	$(CC) $(ALL_CFLAGS) -o $@ $<

# Of the store against a real server.
$(BUILD)/pipeline: tests/pipeline/pipeline.c $(foreach r,store model core,$(BUILD)/$(r).a)
	$(CC) $(ALL_CFLAGS) -o $@ $^ $(LIBS)

.PHONY: unit
unit: $(UNIT_BIN)

.PHONY: clean
clean: ## what was built goes
	rm -rf $(BUILD) build-asan build-fuzz dateline

# ---- the whole ----------------------------------------------------------------
PREFIX ?= /usr/local
DESTDIR ?=
UNITDIR ?= $(PREFIX)/lib/systemd/system
UNITS = dateline.service dateline-crawl.service dateline-crawl.timer

.PHONY: help
help: ## this list
	@echo "dateline $(VERSION): make TARGET"
	@sed -n 's/^\([a-z-]*\):.*## /  \1|/p' Makefile | awk -F'|' '{printf "  %-14s %s\n", $$1, $$2}'

.PHONY: quickstart
quickstart: ## installs what is missing, builds, plays the wire site's day, shows a story
	@tools/quickstart

.PHONY: check
check: dateline unit replay $(BUILD)/hostile/measure $(BUILD)/pipeline $(BUILD)/bench/bench_fetch ## all tests
	@tools/run-tests $(BUILD)

# The same tests on a build with the sanitizers.
.PHONY: check-asan
check-asan: ## all tests under ASan and UBSan
	@$(MAKE) --no-print-directory BUILD=build-asan OPT="-O1 -g -fno-omit-frame-pointer" \
		SAN="-fsanitize=address,undefined -fno-sanitize-recover=undefined" \
		build-asan/dateline unit replay build-asan/hostile/measure build-asan/pipeline
	@tools/run-tests build-asan

.PHONY: check-hostile
check-hostile: dateline $(BUILD)/hostile/measure $(BUILD)/bench/bench_fetch ## every row of the bad inputs' index, a canary, hosts that hang
	@tools/check-hostile $(BUILD)

# kill -9, restarts of the server and mass disconnects amid 50,000 visits; its
# short form is part of `check`
.PHONY: check-crash
check-crash: dateline ## 200 kill -9 amid 50,000 visits, five restarts; the databases are the same (about 20 min)
	python3 tests/crash/crash.py --dateline ./dateline

.PHONY: check-day-live
check-day-live: dateline ## the wire site's day by one `run` from five addresses, in 24 minutes; then status
	tests/site/live ./dateline

.PHONY: lint
lint: all bench ## layers, migrations, shell and Python syntax
	@BUILD=$(BUILD) tools/check-layers
	@tools/check-migrations
	@for f in tools/bench-crawl tools/bench-crawl-whole tools/bench-extract tools/bench-stories tools/check-hostile tools/check-layers tools/check-migrations tools/embed tools/install-deps \
		tools/quickstart tools/run-tests docker/reader.sh tests/site/live; do sh -n $$f; done
	@python3 -m compileall -q tests/site tests/crash tests/cases tests/hostile bench > /dev/null
	@python3 -c 'import ast, sys; ast.parse(open("tools/rebuild-check").read())'

.PHONY: format
format: ## clang-format over all C
	clang-format -i */*.c */*.h

.PHONY: docker
docker: ## builds the image (needs a container engine)
	docker build -f docker/Dockerfile -t dateline:$(VERSION) .

.PHONY: install
install: $(BUILD)/dateline ## into PREFIX (/usr/local), with the systemd units
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $(BUILD)/dateline $(DESTDIR)$(PREFIX)/bin/dateline
	install -m 644 docs/dateline.1 $(DESTDIR)$(PREFIX)/share/man/man1/dateline.1
	install -d $(DESTDIR)$(UNITDIR)
	for unit in $(UNITS); do sed 's,@BINDIR@,$(PREFIX)/bin,' systemd/$$unit > $(DESTDIR)$(UNITDIR)/$$unit && \
		chmod 644 $(DESTDIR)$(UNITDIR)/$$unit || exit 1; done

# ---- fuzz: targets are tests/fuzz/fuzz_*.c; CONTRIBUTING.md says how to add one ----
FUZZ = $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_LIB = $(BUILD)/parser.a $(BUILD)/crawler.a $(BUILD)/model.a $(BUILD)/core.a
SECONDS ?= 60

$(BUILD)/fuzz/prescan_diff: tests/fuzz/prescan_diff.c tests/fuzz/tree_diff.c $(FUZZ_LIB)
	@mkdir -p $(dir $@)
	$(CC) $(ALL_CFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/fuzz/%: tests/fuzz/fuzz_%.c tests/fuzz/tree_diff.c tests/fuzz/replay.c $(FUZZ_LIB)
	@mkdir -p $(dir $@)
	$(CC) $(ALL_CFLAGS) -o $@ $^ $(LIBS)

.PHONY: replay
replay: $(BUILD)/fuzz/prescan_diff $(addprefix $(BUILD)/fuzz/,$(FUZZ))

# The same comparison over whole folders of pages (not kept here).
CORPORA ?= ../shared/corpora/pages
.PHONY: prescan-pages
prescan-pages: $(BUILD)/fuzz/prescan_diff ## trees before and after the prescan, of all pages of the corpora
	@tmp=$$(mktemp -d) && trap 'rm -rf "$$tmp"' EXIT && for set in $(CORPORA)/*.tar.zst; do \
		zstd -qdc "$$set" | tar x -C "$$tmp" && find "$$tmp" -name '*.html' -print0 | \
		xargs -0 $(BUILD)/fuzz/prescan_diff || exit 1; rm -rf "$$tmp"/*; done

build-fuzz/fuzz_%: tests/fuzz/fuzz_%.c tests/fuzz/tree_diff.c FORCE
	@$(MAKE) --no-print-directory BUILD=build-fuzz CC=clang WARN= OPT="-O1 -g" \
		SAN="-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined" \
		build-fuzz/parser.a build-fuzz/crawler.a build-fuzz/model.a build-fuzz/core.a
	clang -std=c17 -D_GNU_SOURCE -O1 -g -I. $(shell pkg-config --cflags $(PKGS)) \
		-fsanitize=fuzzer,address,undefined -o $@ $(filter %.c,$^) \
		build-fuzz/parser.a build-fuzz/crawler.a build-fuzz/model.a build-fuzz/core.a $(LIBS)

FORCE:

.PHONY: fuzz
fuzz: $(addprefix build-fuzz/fuzz_,$(FUZZ)) ## SECONDS=60 of libFuzzer for each target (needs clang)
	@for t in $(FUZZ); do mkdir -p build-fuzz/$$t; echo "== $$t"; \
		build-fuzz/fuzz_$$t -max_total_time=$(SECONDS) -max_len=4096 -timeout=10 \
		-artifact_prefix=build-fuzz/$$t- build-fuzz/$$t tests/fuzz/$$t.corpus \
		2>&1 | tail -n 3 || exit 1; done

# ---- benches --------------------------------------------------------------------
$(BUILD)/bench/%: bench/%.c $(BUILD)/libdateline.a
	@mkdir -p $(dir $@)
	$(CC) $(ALL_CFLAGS) -o $@ $< $(BUILD)/libdateline.a $(LIBS)

.PHONY: bench-extract
bench-extract: $(BUILD)/bench/bench_extract ## extraction beside a bare gumbo_parse and other tools (PAGES=folder)
	@tools/bench-extract $(BUILD) $(PAGES)

.PHONY: bench-stories
bench-stories: dateline $(BUILD)/bench/bench_sketch $(BUILD)/bench/bench_store ## story identity: quality and speed (STORIES=20000 VERSIONS="10000 100000 1000000")
	@STORIES="$(STORIES)" VERSIONS="$(VERSIONS)" ITEMS="$(ITEMS)" tools/bench-stories $(BUILD)

.PHONY: bench-schedule
bench-schedule: $(BUILD)/bench/bench_schedule ## revisions missed and seen late in a simulated month, beside other rules (SEED=1)
	@SEED="$(SEED)" tools/bench-schedule $(BUILD)

BENCH_FETCH = $(BUILD)/bench/bench_fetch $(BUILD)/bench/bare_multi $(BUILD)/hostile/measure
.PHONY: bench-fetch
bench-fetch: $(BENCH_FETCH) ## fetching alone beside a bare curl_multi loop, wget2 and Scrapy (URLS CONNECTIONS PAGE_BYTES ROUNDS)
	@tools/bench-crawl $(BUILD)

.PHONY: bench-crawl
bench-crawl: dateline $(BENCH_FETCH) ## bench-fetch, then the whole way to PostgreSQL beside the usual pipeline
	@tools/bench-crawl $(BUILD)
	@tools/bench-crawl-whole $(BUILD)

.PHONY: bench-hosts
bench-hosts: $(BUILD)/bench/bench_fetch ## 70 hosts alone and beside 30 that hang, drip or reset
	@BENCH_FETCH=$(BUILD)/bench/bench_fetch python3 bench/hundred_hosts.py

.PHONY: bench
bench: $(patsubst bench/%.c,$(BUILD)/bench/%,$(wildcard bench/*.c)) ## programs that measure; see bench/README.md

# assay: `make run` runs the conformance suite on this machine, `make test` proves the
# framework itself and then runs it.  Both install what is missing first.
# Other targets: make help.

VERSION := 0.1.0
CC ?= cc
PREFIX ?= /usr/local
BUILD ?= build
PKG_CONFIG ?= pkg-config
INSTALL ?= install
ARGS ?=
TIME ?= 30
FUZZ ?=
MUTANT ?=
UPDATE ?=
REPORT ?=

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla \
	-Wwrite-strings -Wpointer-arith -Wformat=2 -Wundef
OPTIMIZE ?= -O2 -g
SANITIZE ?=
CPPFLAGS_ALL = -D_GNU_SOURCE -DASSAY_VERSION='"$(VERSION)"' $(CPPFLAGS)
CFLAGS_ALL = -std=c11 $(WARNINGS) $(OPTIMIZE) $(SANITIZE) -MMD -MP -pthread $(CFLAGS)
LDFLAGS_ALL = $(SANITIZE) -pthread $(LDFLAGS)

# pkg-config is asked only when something is built, so that the set-up can install it.
CHECK_CFLAGS = $(shell $(PKG_CONFIG) --cflags check)
# Every case forks half a dozen times, and each shared library is five more mappings to copy:
# those that the worker alone uses are linked as archives where the system has them.
archive = $(if $(filter /%,$(shell $(CC) -print-file-name=lib$(1).a)),-l:lib$(1).a,-l$(1))
WORKER_LIBS = $(patsubst -lsubunit,$(call archive,subunit),$(patsubst -lseccomp, \
	$(call archive,seccomp),$(shell $(PKG_CONFIG) --libs check libseccomp)))
JANSSON_CFLAGS = $(shell $(PKG_CONFIG) --cflags jansson)
# Without expat the runner cannot read what valgrind reports, and says so.
HOST_LIBS = $(shell $(PKG_CONFIG) --libs jansson) \
	$(shell $(PKG_CONFIG) --libs expat 2>/dev/null)

SHARED := $(wildcard framework/shared/*.c)
INJECTORS := $(wildcard injectors/*.c)
AUTHOR := $(wildcard framework/author/*.c)
WORKER := $(wildcard framework/worker/*.c)
SUITES := $(wildcard suites/*/*.c)
REPORTS := $(wildcard reports/*.c)
HOST := $(wildcard framework/host/*.c)
BENCH := $(wildcard bench/*.c)

objects = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
LIBASSAY_OBJECTS := $(call objects,$(SHARED) $(INJECTORS) $(AUTHOR) $(WORKER))
SUITE_OBJECTS := $(call objects,$(SUITES))
HOST_OBJECTS := $(call objects,$(SHARED) $(REPORTS) $(HOST))

all: $(BUILD)/assay $(BUILD)/assay-worker

# The self-tests' programs: each rules.mk adds to SELFTEST_PROGRAMS.
SELFTEST_PROGRAMS :=
-include $(wildcard selftest/*/rules.mk)

# Each folder sees only what it may depend on (README, "Where things are").
$(call objects,$(SHARED)): INCLUDES = -Iframework/shared
$(call objects,$(INJECTORS)): INCLUDES = -Iframework/shared -Iinjectors
$(call objects,$(AUTHOR)): INCLUDES = -Iframework/shared -Iinjectors -Iframework $(CHECK_CFLAGS)
$(call objects,$(WORKER)): INCLUDES = -Iframework/shared -Iinjectors -Iframework \
	-Iframework/worker $(CHECK_CFLAGS)
$(SUITE_OBJECTS): INCLUDES = -Iframework/shared -Iinjectors -Iframework $(CHECK_CFLAGS)
$(call objects,$(REPORTS)): INCLUDES = -Iframework/shared -Ireports $(JANSSON_CFLAGS)
$(call objects,$(HOST)): INCLUDES = -Iframework/shared -Ireports -Iframework/host $(JANSSON_CFLAGS)
$(call objects,$(BENCH)): INCLUDES = -Iframework/shared -Iinjectors -Iframework $(CHECK_CFLAGS)

$(BUILD)/obj/%.o: %.c Makefile $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) $(INCLUDES) $(CFLAGS_ALL) -c -o $@ $<

$(call objects,reports/page.c): reports/page.html

$(BUILD)/libassay.a: $(LIBASSAY_OBJECTS) $(BUILD)/files
	@rm -f $@
	$(AR) rcs $@ $(LIBASSAY_OBJECTS)

# Bound at once: a victim's instructions are its own and not the dynamic linker's.
WORKER_LDFLAGS := -Wl,-z,now

$(BUILD)/assay-worker: $(SUITE_OBJECTS) $(BUILD)/libassay.a $(BUILD)/files
	$(CC) $(LDFLAGS_ALL) $(WORKER_LDFLAGS) -o $@ $(SUITE_OBJECTS) $(BUILD)/libassay.a $(WORKER_LIBS)

$(BUILD)/assay: $(HOST_OBJECTS) $(BUILD)/files
	$(CC) $(LDFLAGS_ALL) -o $@ $(HOST_OBJECTS) $(HOST_LIBS)

$(BUILD)/bench-worker: $(call objects,bench/cases.c) $(BUILD)/libassay.a
	$(CC) $(LDFLAGS_ALL) $(WORKER_LDFLAGS) -o $@ $^ $(WORKER_LIBS)

$(BUILD)/bench: $(call objects,bench/bench.c bench/talk.c)
	$(CC) $(LDFLAGS_ALL) -o $@ $^

$(BUILD)/bench-sweeps: $(call objects,bench/sweeps.c bench/talk.c)
	$(CC) $(LDFLAGS_ALL) -o $@ $^

$(BUILD)/bench-inject: $(call objects,bench/inject.c) $(BUILD)/libassay.a
	$(CC) $(LDFLAGS_ALL) $(WORKER_LDFLAGS) -o $@ $^ $(WORKER_LIBS)

# What objects and programs depend on beside their sources: the flags, whether there are
# headers that they do without (valgrind's, for lost memory; expat's, for what valgrind
# reports), and which files there are.
# Rewritten only when they change.
OPTIONAL = $(foreach header,valgrind/memcheck.h expat.h,$(shell \
	printf '\043include <$(header)>\n' | \
	$(CC) $(CPPFLAGS_ALL) -E -o /dev/null - 2>/dev/null && echo $(header)))
$(BUILD)/flags: export STAMP = $(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) $(LDFLAGS_ALL) $(OPTIONAL)
# By the names of their sources: BUILD may be written in several ways.
$(BUILD)/files: export STAMP = $(SHARED) $(INJECTORS) $(AUTHOR) $(WORKER) $(SUITES) $(REPORTS) $(HOST)
$(BUILD)/flags $(BUILD)/files: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' "$$STAMP" | cmp -s - $@ || printf '%s\n' "$$STAMP" >$@

# --- what people type -----------------------------------------------------------------
SETUP = CC='$(CC)' PKG_CONFIG='$(PKG_CONFIG)' tools/setup.sh
# A build within a target uses every processor, unless make was given a -j of its own.
SUBMAKE = $(MAKE) --no-print-directory $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell nproc))

run: ## install what is missing, build, run the whole suite here (ARGS='-v pipe')
	@$(SETUP) run
	@+$(SUBMAKE) all
	$(BUILD)/assay run $(ARGS)

# Other systems that a CI has the time for.
CI_TARGETS := musl i386 arm64 s390x gvisor vm-6.1

test: ## install what is missing, build, prove the framework, run the whole suite
	@$(SETUP) test
	@+$(SUBMAKE) all selftest-programs
	selftest/run.sh $(BUILD)
	$(BUILD)/assay run $(ARGS)
	@+$(if $(CI),$(MAKE) --no-print-directory test-targets TARGETS='$(CI_TARGETS)')

selftest-programs: $(SELFTEST_PROGRAMS)

lint: ## format, limits, banned words, headers that compile alone, scripts, manual
	@$(SETUP) lint
	CC='$(CC)' PKG_CONFIG='$(PKG_CONFIG)' tools/lint.sh .

format: ## let clang-format rewrite the sources
	tools/format.sh $$(git ls-files "*.[ch]")

SANITIZED := BUILD=build-sanitize OPTIMIZE='-O1 -g' \
	SANITIZE='-fsanitize=address,undefined -fno-sanitize=null -fno-omit-frame-pointer'
# A planted case dies of the signal that it is meant to die of, not of the runtime's report; what
# a body leaves allocated is its own affair (make memcheck looks for leaks of the runner).
SANITIZER_OPTIONS := UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 \
	ASAN_OPTIONS=abort_on_error=1:handle_segv=0:handle_sigbus=0:detect_leaks=0:suppressions=$(CURDIR)/tools/asan.supp

sanitize: ## build with ASan and UBSan into build-sanitize, run self-tests and suite on it
	@$(SETUP) test
	@$(SETUP) sanitize
	@+$(SUBMAKE) $(SANITIZED) all selftest-programs
	$(SANITIZED) $(SANITIZER_OPTIONS) selftest/run.sh build-sanitize
	$(SANITIZER_OPTIONS) build-sanitize/assay run $(ARGS)

FUZZED := BUILD=build-fuzz CC=clang OPTIMIZE='-O1 -g' \
	SANITIZE='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all'

fuzz: ## fuzz every parser for TIME seconds each, with clang's libFuzzer (FUZZ='rule text')
	@CC=clang PKG_CONFIG='$(PKG_CONFIG)' tools/setup.sh fuzz
	@+$(SUBMAKE) $(FUZZED) fuzz-programs
	selftest/fuzz/run.sh build-fuzz $(TIME) $(FUZZ)

mutants: ## which cases notice which broken rule (MUTANT=pipe UPDATE=1; WHOLE=1; REPORT=1: never seen failing)
	@$(SETUP) test
	@+$(SUBMAKE) all selftest-programs mutants-programs
	selftest/mutants/$(if $(REPORT),never_failed.sh,run.sh) $(BUILD) $(if $(UPDATE),--update) $(if $(WHOLE),--whole) $(MUTANT)

memcheck: ## valgrind over the runner and over workers with a few cases of each mechanism
	@$(SETUP) memcheck
	@+$(SUBMAKE) all $(PLANTED_WORKER)
	tools/memcheck.sh $(BUILD) $(ARGS)

browser: ## the html report in headless Chromium
	@$(SETUP) run
	@$(SETUP) browser
	@+$(SUBMAKE) all selftest-programs
	selftest/browser/run.sh $(BUILD)

bench: ## cases a second, cost of an empty case, of proofs, of faults, peak memory
	@$(SETUP) run
	@+$(SUBMAKE) all $(BUILD)/bench $(addprefix $(BUILD)/bench-,worker inject sweeps)
	$(BUILD)/bench $(BUILD)
	$(BUILD)/bench-inject
	$(BUILD)/bench-sweeps $(BUILD)

clean: ## remove what was built
	rm -rf $(BUILD) build-sanitize build-fuzz

help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' Makefile tools/install.mk tools/targets.mk | expand -t 12
	@echo "Variables: CC CFLAGS CPPFLAGS LDFLAGS BUILD PREFIX DESTDIR ARGS TIME FUZZ MUTANT UPDATE WHOLE REPORT TARGETS CI"

include tools/install.mk
include tools/targets.mk

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)

FORCE:
.PHONY: all run test format selftest-programs lint sanitize fuzz mutants memcheck browser bench clean help FORCE
.DELETE_ON_ERROR:

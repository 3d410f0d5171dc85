# assay: `make run` runs the conformance suite on this machine, `make test` proves the
# framework itself and then runs it.  Both install what is missing first.
# Other targets: make help.

VERSION := 0.1.0
CC ?= cc
PREFIX ?= /usr/local
BUILD ?= build
PKG_CONFIG ?= pkg-config

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla \
	-Wwrite-strings -Wpointer-arith -Wformat=2 -Wundef
OPTIMIZE ?= -O2 -g
SANITIZE ?=
CPPFLAGS_ALL = -D_GNU_SOURCE -DASSAY_VERSION='"$(VERSION)"' $(CPPFLAGS)
CFLAGS_ALL = -std=c11 $(WARNINGS) $(OPTIMIZE) $(SANITIZE) -MMD -MP -pthread $(CFLAGS)
LDFLAGS_ALL = $(SANITIZE) -pthread $(LDFLAGS)

# pkg-config is asked only when something is built, so that `make setup` can install it.
CHECK_CFLAGS = $(shell $(PKG_CONFIG) --cflags check)
WORKER_LIBS = $(shell $(PKG_CONFIG) --libs check libseccomp)
JANSSON_CFLAGS = $(shell $(PKG_CONFIG) --cflags jansson)
HOST_LIBS = $(shell $(PKG_CONFIG) --libs jansson)

SHARED := $(wildcard framework/shared/*.c)
INJECTORS := $(wildcard injectors/*.c)
AUTHOR := $(wildcard framework/author/*.c)
WORKER := $(wildcard framework/worker/*.c)
SUITES := $(wildcard suites/*/*.c)
REPORTS := $(wildcard reports/*.c)
HOST := $(wildcard framework/host/*.c)

objects = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
LIBASSAY_OBJECTS := $(call objects,$(SHARED) $(INJECTORS) $(AUTHOR) $(WORKER))
SUITE_OBJECTS := $(call objects,$(SUITES))
HOST_OBJECTS := $(call objects,$(SHARED) $(REPORTS) $(HOST))

all: $(BUILD)/assay $(BUILD)/assay-worker

# Each folder sees only what it may depend on (docs/architecture in README: where things are).
$(call objects,$(SHARED)): INCLUDES = -Iframework/shared
$(call objects,$(INJECTORS)): INCLUDES = -Iframework/shared -Iinjectors
$(call objects,$(AUTHOR)): INCLUDES = -Iframework/shared -Iinjectors -Iframework $(CHECK_CFLAGS)
$(call objects,$(WORKER)): INCLUDES = -Iframework/shared -Iinjectors -Iframework \
	-Iframework/worker $(CHECK_CFLAGS)
$(SUITE_OBJECTS): INCLUDES = -Iframework/shared -Iinjectors -Iframework $(CHECK_CFLAGS)
$(call objects,$(REPORTS)): INCLUDES = -Iframework/shared -Ireports $(JANSSON_CFLAGS)
$(call objects,$(HOST)): INCLUDES = -Iframework/shared -Ireports -Iframework/host $(JANSSON_CFLAGS)

$(BUILD)/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) $(INCLUDES) $(CFLAGS_ALL) -c -o $@ $<

$(BUILD)/libassay.a: $(LIBASSAY_OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/assay-worker: $(SUITE_OBJECTS) $(BUILD)/libassay.a
	$(CC) $(LDFLAGS_ALL) -o $@ $(SUITE_OBJECTS) $(BUILD)/libassay.a $(WORKER_LIBS)

$(BUILD)/assay: $(HOST_OBJECTS)
	$(CC) $(LDFLAGS_ALL) -o $@ $(HOST_OBJECTS) $(HOST_LIBS)

# The programs of the self-tests (selftest/run.sh), each folder with rules of its own.
-include $(wildcard selftest/*/rules.mk)
selftest-programs: all $(SELFTEST_PROGRAMS)

clean:
	rm -rf $(BUILD)

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)

.PHONY: all clean selftest-programs

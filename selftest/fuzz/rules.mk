# Fuzz targets: each file a program around libFuzzer's main.  They need clang and a build of
# their own (see the target fuzz), so they are no SELFTEST_PROGRAMS.
FUZZERS := $(patsubst selftest/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard selftest/fuzz/*.c))

$(call objects,$(wildcard selftest/fuzz/*.c)): INCLUDES = -Iframework/shared -Iinjectors \
	-Ireports -Iframework/host -Iselftest/fuzz $(JANSSON_CFLAGS)

$(FUZZERS): $(BUILD)/fuzz/%: $(BUILD)/obj/selftest/fuzz/%.o $(BUILD)/fuzz/parsers.a
	$(CC) $(LDFLAGS_ALL) -fsanitize=fuzzer -o $@ $^ $(HOST_LIBS) \
		$(shell $(PKG_CONFIG) --libs libseccomp)

$(BUILD)/fuzz/parsers.a: $(call objects,$(wildcard injectors/rule*.c)) \
		$(filter-out $(call objects,framework/host/main.c),$(HOST_OBJECTS))
	@mkdir -p $(@D)
	@rm -f $@
	$(AR) rcs $@ $^

fuzz-programs: $(FUZZERS)
.PHONY: fuzz-programs

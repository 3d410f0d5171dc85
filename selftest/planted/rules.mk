# The planted suite as a worker of its own, and the program that flattens its answers.
PLANTED := $(wildcard selftest/planted/*.c)
PLANTED_WORKER := $(BUILD)/selftest/planted-worker
PLANTED_OBJECTS := $(call objects,$(PLANTED))
FLATTEN_OBJECTS := $(call objects,$(wildcard selftest/flatten/*.c) $(SHARED))

$(PLANTED_OBJECTS): INCLUDES = -Iframework/shared -Iinjectors -Iframework -Iselftest/planted \
	$(CHECK_CFLAGS)
$(call objects,$(wildcard selftest/flatten/*.c)): INCLUDES = -Iframework/shared \
	-Iselftest/flatten $(JANSSON_CFLAGS)

$(PLANTED_WORKER): $(PLANTED_OBJECTS) $(BUILD)/libassay.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) $(WORKER_LDFLAGS) -o $@ $(PLANTED_OBJECTS) $(BUILD)/libassay.a $(WORKER_LIBS)

# A linker that drops what nobody calls must not drop a case.
$(BUILD)/selftest/planted-worker-gc: $(PLANTED_OBJECTS) $(BUILD)/libassay.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -Wl,--gc-sections -o $@ $(PLANTED_OBJECTS) $(BUILD)/libassay.a \
		$(WORKER_LIBS)

# The framework without a suite.
$(BUILD)/selftest/empty-worker: $(BUILD)/libassay.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ -Wl,--whole-archive $(BUILD)/libassay.a -Wl,--no-whole-archive \
		$(WORKER_LIBS)

$(BUILD)/selftest/flatten: $(FLATTEN_OBJECTS)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $(FLATTEN_OBJECTS) $(HOST_LIBS)

SELFTEST_PROGRAMS += $(PLANTED_WORKER) $(BUILD)/selftest/planted-worker-gc \
	$(BUILD)/selftest/empty-worker $(BUILD)/selftest/flatten

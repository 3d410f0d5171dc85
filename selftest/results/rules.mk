# Reads a results file for the scripts.
$(call objects,selftest/results/results.c): INCLUDES = $(JANSSON_CFLAGS)
$(BUILD)/selftest/results: $(call objects,selftest/results/results.c)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(HOST_LIBS)

SELFTEST_PROGRAMS += $(BUILD)/selftest/results

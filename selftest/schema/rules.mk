# Checks a report against its schema.
$(call objects,selftest/schema/schema.c): INCLUDES = $(JANSSON_CFLAGS)
$(BUILD)/selftest/schema: $(call objects,selftest/schema/schema.c)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(HOST_LIBS)

SELFTEST_PROGRAMS += $(BUILD)/selftest/schema

# Unit tests of the runner's parts and of what both sides share.
UNIT_OBJECTS := $(call objects,$(wildcard selftest/unit/*.c))
$(UNIT_OBJECTS): INCLUDES = -Iframework/shared -Ireports -Iframework/host -Iselftest/unit \
	$(CHECK_CFLAGS) $(JANSSON_CFLAGS)

$(BUILD)/selftest/unit: $(UNIT_OBJECTS) \
		$(filter-out $(call objects,framework/host/main.c),$(HOST_OBJECTS))
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(shell $(PKG_CONFIG) --libs check) $(HOST_LIBS)

SELFTEST_PROGRAMS += $(BUILD)/selftest/unit

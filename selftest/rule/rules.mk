# The grammar of faults: what is accepted, what is refused and where, what a rule means.
RULE_TEST_OBJECTS := $(call objects,$(wildcard selftest/rule/*.c))
$(RULE_TEST_OBJECTS): INCLUDES = -Iframework/shared -Iinjectors -Iselftest/rule $(CHECK_CFLAGS)

$(BUILD)/selftest/rule: $(RULE_TEST_OBJECTS) $(call objects,$(SHARED) $(wildcard injectors/rule*.c))
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(WORKER_LIBS)

SELFTEST_PROGRAMS += $(BUILD)/selftest/rule

# Sends a signal to a command at a moment of choice.
$(BUILD)/selftest/interrupt: $(call objects,selftest/interrupt/interrupt.c)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^

SELFTEST_PROGRAMS += $(BUILD)/selftest/interrupt

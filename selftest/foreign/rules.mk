# A program with a planted reaction to a failing call, which the script sweeps.
$(BUILD)/selftest/victim: $(call objects,selftest/foreign/victim.c)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^

# One that goes on where a short transfer stopped.
$(BUILD)/selftest/transfer: $(call objects,selftest/foreign/transfer.c)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^

SELFTEST_PROGRAMS += $(BUILD)/selftest/victim $(BUILD)/selftest/transfer

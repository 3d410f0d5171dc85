# A terminal with a job on it, for what Ctrl-Z does.
$(BUILD)/selftest/job: $(call objects,selftest/job/job.c)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^

SELFTEST_PROGRAMS += $(BUILD)/selftest/job

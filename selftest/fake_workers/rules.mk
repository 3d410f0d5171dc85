# The worker that misbehaves on demand.
$(BUILD)/selftest/fake-worker: $(call objects,selftest/fake_workers/fake_worker.c)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^

SELFTEST_PROGRAMS += $(BUILD)/selftest/fake-worker

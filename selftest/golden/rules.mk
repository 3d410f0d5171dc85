# The program that prints one rich report in every format, for selftest/golden/reports.sh.
REPORT_GOLDEN_OBJECTS := $(call objects,$(wildcard selftest/golden/report_golden*.c) \
	$(SHARED) $(REPORTS))
SELFTEST_PROGRAMS += $(BUILD)/selftest/report-golden

$(call objects,$(wildcard selftest/golden/report_golden*.c)): INCLUDES = \
	-Iframework/shared -Ireports -Iselftest/golden $(JANSSON_CFLAGS)

$(BUILD)/selftest/report-golden: $(REPORT_GOLDEN_OBJECTS)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $(REPORT_GOLDEN_OBJECTS) $(HOST_LIBS)

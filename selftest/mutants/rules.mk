# Mutants: one library for each rule broken, MECHANISM/RULE.c.  `make test` runs the first of
# each manifest, `make mutants` all.
MUTANTS := $(patsubst selftest/mutants/%.c,$(BUILD)/mutants/%.so,$(wildcard selftest/mutants/*/*.c))
MUTANTS_NONE := $(addprefix $(BUILD)/mutants/none/,none.so parent_last.so child_last.so)
MUTANTS_SHORT := $(MUTANTS_NONE) $(foreach manifest,$(wildcard selftest/mutants/*/manifest),\
	$(patsubst selftest/%,$(BUILD)/%,$(dir $(manifest)))$(shell sed -n '/^[a-z]/{s/[: ].*//p;q;}' $(manifest)).so)
MUTANT_OBJECTS := $(patsubst %.c,$(BUILD)/mutants/obj/%.o,$(wildcard selftest/mutants/*.c))

# Never sanitized: what stands in front of the C library must not need a runtime behind it.
$(BUILD)/mutants/obj/%.o: %.c Makefile $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) -Iselftest/mutants $(CFLAGS_ALL) -fno-sanitize=all -fPIC -c -o $@ $<

$(BUILD)/mutants/%.so: $(BUILD)/mutants/obj/selftest/mutants/%.o $(MUTANT_OBJECTS)
	@mkdir -p $(@D)
	$(CC) -shared -pthread $(LDFLAGS) $(WORKER_LDFLAGS) -o $@ $^ -ldl

.SECONDARY: $(MUTANT_OBJECTS) $(patsubst selftest/%.c,$(BUILD)/mutants/obj/selftest/%.o,$(wildcard selftest/mutants/*/*.c))
-include $(wildcard $(BUILD)/mutants/obj/selftest/mutants/*.d $(BUILD)/mutants/obj/selftest/mutants/*/*.d)

SELFTEST_PROGRAMS += $(MUTANTS_SHORT)

mutants-programs: $(MUTANTS)
.PHONY: mutants-programs

#include "probe.h"

#include "hello.h"
#include "memory.h"
#include "outputs.h"
#include "perform.h"
#include "session.h"
#include "summary.h"
#include "text.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The needs that injectors have, and the faults that stand on each. */
static const struct {
	const char *need, *faults;
} injections[] = {
	{"seccomp", "fail (every time)"},
	{"supervisor", "fail (the k-th), stall, interrupt, shorten, kill at a call"},
	{"trace", "kill at an instruction"},
};

enum { INJECTION_COUNT = sizeof(injections) / sizeof(injections[0]) };

/* One target and what came of meeting it. */
struct probe {
	struct session session;
	struct problem why; /* "" when it was met */
};

/* Why the target lacks NEED, or NULL. */
static const char *lack_of(const struct report_target *about, const char *need)
{
	for (size_t i = 0; i < about->missing_count; i++)
		if (strcmp(about->missing[i].what, need) == 0)
			return about->missing[i].why;
	return NULL;
}

static void show_pair(const char *name, const char *value)
{
	(void)printf("  %-12s %s\n", name, value);
}

static void show_speed(const struct report_speed *speed)
{
	char ready[32], empty[32], around[32], line[200];

	duration_text(speed->ready_us, ready, sizeof(ready));
	duration_text(speed->empty_case_us, empty, sizeof(empty));
	duration_text(speed->round_trip_us, around, sizeof(around));
	(void)snprintf(line, sizeof(line),
		"ready after %s; an empty case takes %s, %s of it around the case "
		"itself; deadlines x %.1f",
		ready, empty, around, speed->scale);
	show_pair("speed", line);
}

static void show_isolation(const struct report_target *about)
{
	char line[400];
	struct text text = TEXT_OVER(line);

	for (size_t i = 0; i < about->isolation_count; i++)
		text_add(&text, "%s%s", i > 0 ? ", " : "", about->isolation[i]);
	show_pair("isolation", text.used > 0 ? line : "none");
	for (size_t i = 0; i < about->refused_count; i++) {
		char *refusal = memory_format("%s: %s", about->refused[i].what,
			about->refused[i].why);
		show_pair(i == 0 ? "refused" : "", refusal);
		free(refusal);
	}
}

static void show_injections(const struct report_target *about)
{
	for (size_t i = 0; i < INJECTION_COUNT; i++) {
		const char *lack = lack_of(about, injections[i].need);
		char *line = memory_format("%s: %s", injections[i].faults,
			lack != NULL ? lack : "yes");
		show_pair(i == 0 ? "injection" : "", line);
		free(line);
	}
}

/* What else it lacks. */
static void show_missing(const struct report_target *about)
{
	const char *name = "missing";

	for (size_t i = 0; i < about->missing_count; i++) {
		bool is_shown = false;
		for (size_t k = 0; k < INJECTION_COUNT; k++)
			is_shown = is_shown ||
				strcmp(about->missing[i].what, injections[k].need) == 0;
		if (is_shown)
			continue;
		char *line = memory_format("%s: %s", about->missing[i].what,
			about->missing[i].why);
		show_pair(name, line);
		free(line);
		name = "";
	}
}

static void show(const struct probe *probe, const struct target *target)
{
	const struct report_target *about = &probe->session.about;
	char system[1024];

	(void)printf("%s\n", target->name);
	show_pair("worker", target->command != NULL ? target->command : "built in");
	if (probe->why.text[0] != '\0') {
		char *errors = conversation_last_words(&probe->session.talk);

		show_pair("of no use", probe->why.text);
		if (errors[0] != '\0')
			show_pair("it wrote", errors);
		free(errors);
		return;
	}
	target_system(about, system, sizeof(system));
	(void)printf("  %-12s %s, %d cpu%s, uid %d\n", "is", system, about->cpus,
		about->cpus == 1 ? "" : "s", about->uid);
	(void)printf("  %-12s %zu\n", "cases", probe->session.catalog.count);
	show_speed(&about->speed);
	show_isolation(about);
	show_pair("block proof", about->block_proof);
	show_injections(about);
	show_missing(about);
}

static json_t *texts_of(char **texts, size_t count)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++)
		(void)json_array_append_new(array, json_string(texts[i]));
	return array;
}

static json_t *pairs_of(const struct report_refusal *pairs, size_t count)
{
	json_t *object = json_object();

	for (size_t i = 0; i < count; i++)
		(void)json_object_set_new(object, pairs[i].what,
			json_string(pairs[i].why));
	return object;
}

static json_t *json_of(const struct probe *probe, const struct target *target)
{
	const struct report_target *about = &probe->session.about;
	json_t *object = json_pack("{s:s, s:s, s:b}", "name", target->name, "command",
		target->command != NULL ? target->command : "", "met",
		probe->why.text[0] == '\0');

	if (probe->why.text[0] != '\0') {
		(void)json_object_set_new(object, "why", json_string(probe->why.text));
		return object;
	}
	json_t *facts = json_pack("{s:s, s:s, s:s, s:i, s:s, s:i, s:i, s:I, s:s, s:I, "
				  "s:I, s:I, s:f, s:o, s:o, s:o, s:o}",
		"kernel", about->kernel, "machine", about->machine, "libc", about->libc,
		"bits", about->bits, "endian", about->endian, "cpus", about->cpus, "uid",
		about->uid, "cases", (json_int_t)probe->session.catalog.count,
		"block_proof", about->block_proof, "ready_us",
		(json_int_t)about->speed.ready_us, "empty_case_us",
		(json_int_t)about->speed.empty_case_us, "round_trip_us",
		(json_int_t)about->speed.round_trip_us, "scale", about->speed.scale,
		"environment", texts_of(about->environment, about->environment_count),
		"isolation", texts_of(about->isolation, about->isolation_count),
		"refused", pairs_of(about->refused, about->refused_count), "missing",
		pairs_of(about->missing, about->missing_count));
	(void)json_object_update(object, facts);
	json_decref(facts);
	return object;
}

static void show_json(const struct probe *probes, const struct targets *targets)
{
	json_t *array = json_array();

	for (size_t i = 0; i < targets->count; i++)
		(void)json_array_append_new(array, json_of(&probes[i], &targets->all[i]));
	(void)json_dumpf(array, stdout, JSON_INDENT(1) | JSON_ENSURE_ASCII);
	(void)putchar('\n');
	json_decref(array);
}

int probe_targets(const struct options *options, struct problem *why)
{
	const struct targets *targets = &options->targets;
	struct probe *probes = memory_new(targets->count, sizeof(*probes));
	int status = STATUS_RIGHT;

	for (size_t i = 0; i < targets->count; i++)
		(void)session_start(&probes[i].session, &targets->all[i], &probes[i].why);
	for (size_t i = 0; i < targets->count; i++) {
		struct probe *probe = &probes[i];
		const bool is_met = probe->session.process.pid > 0 &&
			session_greet(&probe->session, -1, &probe->why) &&
			session_measure(&probe->session, -1, &probe->why);

		hello_complete(&probe->session.about);
		session_dismiss(&probe->session);
		status = is_met ? status : STATUS_UNABLE;
		if (!options->json)
			show(probe, &targets->all[i]);
	}
	if (options->json)
		show_json(probes, targets);
	for (size_t i = 0; i < targets->count; i++)
		session_close(&probes[i].session);
	free(probes);
	return outputs_flush_stdout(why) ? status : STATUS_UNABLE;
}

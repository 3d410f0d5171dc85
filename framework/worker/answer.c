/*
 * answer: the lines that a worker writes.
 */
#include "answer.h"

#include "environment.h"
#include "errno_name.h"
#include "text.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <gnu/libc-version.h>
#endif
#include <linux/capability.h>

static char buffer[ANSWER_MAX];

void answer_string(struct text *line, const char *key, const char *value)
{
	text_add(line, ",\"%s\":", key);
	text_add_json(line, value, strlen(value));
}

void worker_answer(struct worker *worker, const char *line)
{
	const size_t length = strlen(line);
	static char newline[] = "\n";

	/* In one piece where it fits: its reader is woken once. */
	for (size_t done = 0; done <= length && !worker->ended;) {
		const struct iovec rest[] = {
			{.iov_base = (char *)line + done, .iov_len = length - done},
			{.iov_base = newline, .iov_len = 1},
		};
		const ssize_t written = writev(worker->out, rest, 2);
		if (written > 0)
			done += (size_t)written;
		else if (errno != EINTR)
			worker->ended = true;
	}
}

void worker_error(struct worker *worker, const char *format, ...)
{
	char message[512];
	struct text line = TEXT_OVER(buffer);
	va_list args;

	va_start(args, format);
	(void)vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	text_add(&line, "{\"type\":\"error\"");
	answer_string(&line, "text", message);
	text_add(&line, "}");
	worker_answer(worker, line.at);
}

#ifndef ASSAY_LIBC
#define ASSAY_LIBC "musl"
#endif

static const char *libc_name(char name[64])
{
#ifdef __GLIBC__
	(void)snprintf(name, 64, "glibc %s", gnu_get_libc_version());
#else
	/* musl names itself nowhere in its headers: the build says which it is. */
	(void)snprintf(name, 64, "%s", ASSAY_LIBC);
#endif
	return name;
}

static void add_capabilities(struct text *line)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct caps[2] = {{0}};

	if (syscall(SYS_capget, &header, caps) == 0)
		text_add(line, ",\"capabilities\":\"%08x%08x\"", caps[1].effective,
			caps[0].effective);
}

static void add_isolation(struct text *line, const struct confinement *confinement)
{
	const char *separator = "";

	text_add(line, ",\"isolation\":[");
	for (int bit = 0; bit < ISOLATE_COUNT; bit++) {
		if (!(confinement->granted & 1u << bit))
			continue;
		text_add(line, "%s\"%s\"", separator, isolation_name(bit));
		separator = ",";
	}
	text_add(line, "],\"refused\":[");
	for (size_t i = 0; i < confinement->refused_count; i++) {
		text_add(line, "%s{\"what\":\"%s\"", i ? "," : "",
			confinement->refused[i].what);
		answer_string(line, "why", confinement->refused[i].why);
		text_add(line, "}");
	}
	text_add(line, "]");
}

static void add_environment(struct text *line)
{
	const char *words[ENVIRONMENT_MAX];
	const size_t count = environment_words(words);

	text_add(line, ",\"environment\":[");
	for (size_t i = 0; i < count; i++)
		text_add(line, "%s\"%s\"", i ? "," : "", words[i]);
	text_add(line, "]");
}

/* Whether an earlier case lacks the same; each reason is said once. */
static bool is_first_to_lack(size_t index)
{
	const char *const lacks = catalog_at(index)->entry->lacks;

	for (size_t i = 0; lacks && i < index; i++)
		if (catalog_at(i)->entry->lacks &&
			strcmp(catalog_at(i)->entry->lacks, lacks) == 0)
			return false;
	return lacks != NULL;
}

static void add_missing(struct text *line, const struct abilities *abilities)
{
	const char *separator = "";

	text_add(line, ",\"missing\":[");
	for (int bit = 0; bit < NEED_COUNT; bit++) {
		if (abilities->has & 1u << bit)
			continue;
		text_add(line, "%s{\"need\":\"%s\"", separator, need_name(bit));
		answer_string(line, "reason", abilities->why_not[bit]);
		text_add(line, "}");
		separator = ",";
	}
	for (size_t i = 0; i < catalog_count(); i++) {
		if (!is_first_to_lack(i))
			continue;
		text_add(line, "%s{\"need\":\"build\"", separator);
		answer_string(line, "reason", catalog_at(i)->entry->lacks);
		text_add(line, "}");
		separator = ",";
	}
	text_add(line, "]");
}

void worker_hello(struct worker *worker)
{
	static const char *const proofs[] = {"none", "state", "call", "syscall"};
	const unsigned short one = 1;
	struct text line = TEXT_OVER(buffer);
	struct utsname system;
	char name[140];

	(void)uname(&system);
	text_add(&line, "{\"type\":\"hello\",\"protocol\":%d,\"assay\":\"%s\"",
		PROTOCOL_VERSION, ASSAY_VERSION);
	(void)snprintf(name, sizeof(name), "%s %s", system.sysname, system.release);
	answer_string(&line, "kernel", name);
	answer_string(&line, "machine", system.machine);
	answer_string(&line, "libc", libc_name(name));
	text_add(&line,
		",\"page_size\":%ld,\"bits\":%zu,\"endian\":\"%s\",\"cpus\":%ld,\"uid\":%"
		"u",
		sysconf(_SC_PAGESIZE), sizeof(long) * 8,
		*(const unsigned char *)&one ? "little" : "big",
		sysconf(_SC_NPROCESSORS_ONLN), (unsigned)geteuid());
	add_environment(&line);
	add_capabilities(&line);
	add_isolation(&line, &worker->confinement);
	text_add(&line, ",\"block_proof\":\"%s\",\"own_kernel\":%s",
		proofs[worker->abilities.proof], worker->own_kernel ? "true" : "false");
	add_missing(&line, &worker->abilities);
	text_add(&line, ",\"cases\":%zu}", catalog_count());
	worker_answer(worker, line.at);
}

static void list_one(struct worker *worker, const struct catalog_case *which)
{
	const struct case_entry *const entry = which->entry;
	struct text line = TEXT_OVER(buffer);
	const char *separator = "";

	text_add(&line, "{\"type\":\"case\"");
	answer_string(&line, "id", which->id);
	answer_string(&line, "claim", entry->claim ? entry->claim : "");
	answer_string(&line, "level", level_name(entry->level));
	answer_string(&line, "spec", entry->spec ? entry->spec : "");
	text_add(&line, ",\"needs\":[");
	for (int bit = 0; bit < NEED_COUNT; bit++) {
		if (!(require_needs(entry) & 1u << bit))
			continue;
		text_add(&line, "%s\"%s\"", separator, need_name(bit));
		separator = ",";
	}
	text_add(&line, "],\"deadline_ms\":%d", catalog_deadline_ms(entry));
	answer_string(&line, "alone", entry->alone ? entry->alone : "");
	answer_string(&line, "file", entry->file);
	text_add(&line, ",\"line\":%d}", entry->line);
	worker_answer(worker, line.at);
}

void worker_list(struct worker *worker)
{
	char end[64];

	for (size_t i = 0; i < catalog_count() && !worker->ended; i++)
		list_one(worker, catalog_at(i));
	(void)snprintf(end, sizeof(end), "{\"type\":\"list-end\",\"cases\":%zu}",
		catalog_count());
	worker_answer(worker, end);
}

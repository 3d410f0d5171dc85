/*
 * sweep_worker: workers that run a foreign program.
 */
#include "clock.h"
#include "install.h"
#include "memory.h"
#include "session.h"
#include "sweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Standard input, where it is a file that each run can read from its beginning. */
static char *input_path(void)
{
	char path[4096];
	struct stat about;

	if (fstat(STDIN_FILENO, &about) != 0 || !S_ISREG(about.st_mode))
		return NULL;
	const ssize_t length = readlink("/proc/self/fd/0", path, sizeof(path) - 1);
	if (length <= 0)
		return NULL;
	path[length] = '\0';
	return memory_text(path);
}

enum { OWN_WORDS = 16 };

/* NUMBERS holds two texts that the words point to. */
static char **worker_words(const struct sweep *sweep, size_t number, char *input,
	char numbers[2][24])
{
	static char foreign[] = "--foreign", processor[] = "--processor",
		    limit[] = "--limit", timers[] = "--timers",
		    standard_input[] = "--stdin", oracle[] = "--oracle", end[] = "--";
	const long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t count = 0, program = 0;

	while (sweep->options->command[program] != NULL)
		program++;
	char **words = memory_new(OWN_WORDS + program + 1, sizeof(*words));
	(void)snprintf(numbers[0], 24, "%ld",
		(long)number % (processors > 0 ? processors : 1) + 1);
	(void)snprintf(numbers[1], 24, "%d", sweep->record.limit_ms);
	words[count++] = sweep->worker_path;
	words[count++] = foreign;
	words[count++] = processor;
	words[count++] = numbers[0];
	words[count++] = limit;
	words[count++] = numbers[1];
	if (sweep->record.has_timers)
		words[count++] = timers;
	if (input != NULL) {
		words[count++] = standard_input;
		words[count++] = input;
	}
	if (sweep->options->oracle != NULL) {
		words[count++] = oracle;
		words[count++] = (char *)(uintptr_t)sweep->options->oracle;
	}
	words[count++] = end;
	memcpy(words + count, sweep->options->command, program * sizeof(*words));
	return words;
}

bool sweep_worker_start(struct sweep *sweep, size_t number, struct problem *why)
{
	struct sweep_worker *worker = &sweep->workers[number];
	char *input = input_path(), numbers[2][24];
	char **words = worker_words(sweep, number, input, numbers);
	const struct target target = {.name = "local", .words = words};

	*worker = (struct sweep_worker){.process = PROCESS_NONE};
	worker->is_alive = target_start(&target, &worker->process, why);
	worker->due_us = clock_now_us() + SESSION_HELLO_MS * INT64_C(1000);
	free(words);
	free(input);
	return worker->is_alive;
}

void sweep_worker_end(struct sweep_worker *worker)
{
	if (worker->is_alive)
		process_kill(&worker->process);
	conversation_free(&worker->talk);
	worker->is_alive = worker->is_ready = false;
	worker->asked_count = 0;
}

/* What a worker that ended wrote last is the reason. */
static bool give_reason(struct sweep_worker *worker, struct problem *why)
{
	conversation_read_errors(&worker->talk, &worker->process);
	char *last = conversation_last_words(&worker->talk);

	(void)problem_set(why, "the worker ended%s%s", last[0] != '\0' ? ": " : "", last);
	free(last);
	return false;
}

bool sweep_worker_ask(struct sweep *sweep, struct sweep_worker *worker,
	const char *request, const char *wanted, json_t **answer, struct problem *why)
{
	const int64_t patience_ms = sweep->record.limit_ms + SWEEP_GRACE_MS;

	*answer = NULL;
	why->text[0] = '\0';
	if (request != NULL && !conversation_ask(&worker->process, request, why))
		return give_reason(worker, why);
	switch (conversation_await(&worker->talk, &worker->process, sweep->interrupt_fd,
		clock_now_us() + patience_ms * 1000, answer, why)) {
	case CONVERSATION_MESSAGE:
		if (strcmp(conversation_type(*answer), wanted) == 0)
			return true;
		(void)problem_set(why, "%s",
			strcmp(conversation_type(*answer), "error") == 0
				? json_string_value(json_object_get(*answer, "text"))
				: "the worker answers something else");
		json_decref(*answer);
		*answer = NULL;
		return false;
	case CONVERSATION_END:
		return give_reason(worker, why);
	case CONVERSATION_NONSENSE:
		return false;
	case CONVERSATION_NOTHING:
		break;
	}
	/* A signal, or the end of patience. */
	return false;
}

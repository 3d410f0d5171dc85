#include "foreign.h"

#include "answer.h"
#include "author/ledger.h"
#include "errno_name.h"
#include "text.h"
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	CANNOT_RUN = 3,
	USAGE = 2,
	CHANGES_MAX = 200, /* told in one answer */
	LIMIT_MS = 10000,
	FILE_BYTES_MAX = 256 << 20, /* what a run may write to one file */
	OWN_FD = FRAMEWORK_FD + 40,
};

static char line_of_answer[ANSWER_MAX];

static bool parse_number(const char *text, int high, int *out)
{
	char *end;

	errno = 0;
	const long value = strtol(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0' || value < 1 || value > high)
		return false;
	*out = (int)value;
	return true;
}

static void run_on(int processor)
{
	cpu_set_t one;

	/* The program and who answers its calls take turns: on one processor that is quick. */
	CPU_ZERO(&one);
	CPU_SET((unsigned)processor, &one);
	(void)sched_setaffinity(0, sizeof(one), &one);
}

static bool parse(int argc, char **argv, struct foreign *out, struct problem *why)
{
	const char *input = "/dev/null";
	int i = 0, processor = 0;

	*out = (struct foreign){.limit_ms = LIMIT_MS};
	for (; i + 1 < argc && strcmp(argv[i], "--") != 0; i += 2) {
		const char *const value = argv[i + 1];
		if (strcmp(argv[i], "--timers") == 0) {
			out->timers = true;
			i--;
			continue;
		}
		if (strcmp(argv[i], "--limit") == 0 &&
			parse_number(value, 86400000, &out->limit_ms))
			continue;
		if (strcmp(argv[i], "--processor") == 0 &&
			parse_number(value, CPU_SETSIZE, &processor))
			continue;
		if (strcmp(argv[i], "--stdin") == 0)
			input = value;
		else if (strcmp(argv[i], "--oracle") == 0)
			out->oracle = value;
		else
			return problem_set(why, "'%s %s' is not understood", argv[i],
				value);
	}
	if (i + 1 >= argc)
		return problem_set(why, "which program?");
	out->argv = argv + i + 1;
	const int low = open(input, O_RDONLY | O_CLOEXEC);
	out->input = low < 0 ? -1 : fcntl(low, F_DUPFD_CLOEXEC, OWN_FD);
	if (out->input < 0)
		return problem_set(why, "cannot read %s: %s", input, strerror(errno));
	(void)close(low);
	if (processor > 0)
		run_on(processor - 1);
	return true;
}

/* --- answers ---------------------------------------------------------------------------- */

static const char *const end_names[] = {"exit", "signal", "hang", "limit"};
static const char *const difference_names[] = {"new", "changed", "gone"};

struct telling {
	struct text *line;
	size_t count;
};

static void tell_change(void *context, enum tree_difference difference,
	const struct tree_entry *entry)
{
	struct telling *const telling = context;

	if (telling->count++ >= CHANGES_MAX)
		return;
	text_add(telling->line, "%s{\"what\":\"%s\",\"digest\":\"%016llx\"",
		telling->count > 1 ? "," : "", difference_names[difference],
		(unsigned long long)(difference == TREE_GONE
				? 0
				: entry->digest ^ entry->mode * 0x9e3779b97f4a7c15ULL));
	answer_string(telling->line, "path", entry->path);
	text_add(telling->line, "}");
}

static void tell_run(struct worker *worker, const struct foreign *foreign,
	const struct foreign_run *run, size_t rules)
{
	struct text line = TEXT_OVER(line_of_answer);
	struct telling telling = {.line = &line};

	text_add(&line,
		"{\"type\":\"foreign-run\",\"end\":\"%s\",\"status\":%d,"
		"\"output\":\"%016llx\",\"output_bytes\":%ld,\"duration_us\":%ld",
		end_names[run->end], run->status, (unsigned long long)run->output_digest,
		run->output_bytes, run->duration_us);
	answer_string(&line, "text", run->text);
	answer_string(&line, "said", run->said);
	answer_string(&line, "processes", run->processes);
	if (run->oracle_was_asked)
		text_add(&line, ",\"oracle\":%d", run->oracle_status);
	text_add(&line, ",\"rules\":[");
	for (size_t i = 0; i < rules; i++)
		text_add(&line, "%s{\"seen\":%llu,\"fired\":%llu}", i > 0 ? "," : "",
			(unsigned long long)run->seen[i],
			(unsigned long long)run->fired[i]);
	text_add(&line, "],\"changes\":[");
	(void)tree_compare(&foreign->world.start, &run->now, tell_change, &telling);
	text_add(&line, "],\"changes_dropped\":%zu}",
		telling.count > CHANGES_MAX ? telling.count - CHANGES_MAX : 0);
	if (line.cut)
		worker_error(worker, "the run left more than an answer holds");
	else
		worker_answer(worker, line.at);
}

static bool parse_rules(char *words, struct rule *rules, size_t *count,
	struct problem *why)
{
	char *save = NULL;

	*count = 0;
	for (char *word = strtok_r(words, "\t", &save); word;
		word = strtok_r(NULL, "\t", &save)) {
		if (*count == LAUNCH_RULES)
			return problem_set(why, "more than %d rules", LAUNCH_RULES);
		if (!rule_parse(word, &rules[*count], why))
			return problem_prefix(why, "'%s'", word);
		++*count;
	}
	return launch_can(rules, *count, true, why);
}

static void answer_run(struct worker *worker, const struct foreign *foreign, char *words)
{
	static struct rule rules[LAUNCH_RULES];
	static struct foreign_run run;
	struct problem why;
	bool is_over = false;
	size_t count;

	if (!parse_rules(words, rules, &count, &why)) {
		worker_error(worker, "%s", why.text);
		return;
	}
	if (foreign_run(foreign, rules, count, &run, &is_over, &why))
		tell_run(worker, foreign, &run, count);
	else
		worker_error(worker, "%s", why.text);
	tree_free(&run.now);
	worker->ended = worker->ended || is_over;
}

static void answer_check(struct worker *worker, char *words)
{
	static struct rule rules[LAUNCH_RULES];
	struct problem why;
	size_t count;

	if (parse_rules(words, rules, &count, &why))
		worker_answer(worker, "{\"type\":\"foreign-check\"}");
	else
		worker_error(worker, "%s", why.text);
}

static void handle(struct worker *worker, struct foreign *foreign, char *request)
{
	if (strcmp(request, "quit") == 0) {
		worker_answer(worker, "{\"type\":\"bye\"}");
		worker->ended = true;
	} else if (strcmp(request, "run") == 0 || strncmp(request, "run\t", 4) == 0) {
		answer_run(worker, foreign, request + 3);
	} else if (strncmp(request, "check\t", 6) == 0) {
		answer_check(worker, request + 5);
	} else {
		worker_error(worker, "unknown request '%.80s'", request);
	}
}

/* The first process of the world. */
__attribute__((noreturn)) static void converse(struct worker *worker,
	struct foreign *foreign)
{
	const struct rlimit file = {
		.rlim_cur = FILE_BYTES_MAX, .rlim_max = RLIM_INFINITY};
	char request[REQUEST_MAX];
	struct problem why;
	sigset_t blocked;

	/* Blocked, not ignored: the program is to find it as it was. */
	(void)sigemptyset(&blocked);
	(void)sigaddset(&blocked, SIGPIPE);
	(void)sigaddset(&blocked, SIGCHLD);
	(void)sigprocmask(SIG_BLOCK, &blocked, NULL);
	foreign->page = launch_page_new();
	if (!foreign->page || !world_make(&foreign->world, &why)) {
		worker_error(worker, "%s", foreign->page ? why.text : "out of memory");
		_exit(CANNOT_RUN);
	}
	(void)setrlimit(RLIMIT_FSIZE, &file);
	worker_answer(worker,
		foreign->world.has_own_tmp
			? "{\"type\":\"foreign-hello\",\"protocol\":1,\"own_tmp\":true}"
			: "{\"type\":\"foreign-hello\",\"protocol\":1,\"own_tmp\":"
			  "false}");
	while (!worker->ended) {
		if (worker_next_request(worker, request))
			handle(worker, foreign, request);
		else if (worker->input_ended)
			break;
		else
			worker_read(worker);
	}
	_exit(0);
}

/* The protocol goes out of the program's way: 0 and 1 are its own. */
static bool place_protocol(struct worker *worker, struct problem *why)
{
	const int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	worker->in = fcntl(0, F_DUPFD_CLOEXEC, OWN_FD);
	worker->out = fcntl(1, F_DUPFD_CLOEXEC, OWN_FD);
	if (worker->in < 0 || worker->out < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0)
		return problem_set(why, "the protocol's descriptors: %s",
			errno_name(errno));
	if (null > 2)
		(void)close(null);
	return true;
}

int foreign_main(int argc, char **argv)
{
	static struct worker worker;
	static struct foreign foreign;
	struct problem why = {""};
	int status = USAGE;

	if (!parse(argc, argv, &foreign, &why)) {
		(void)fprintf(stderr, "assay-worker: %s\n", why.text);
		return USAGE;
	}
	if (!place_protocol(&worker, &why))
		return CANNOT_RUN;
	foreign.path = launch_find(foreign.argv[0], &status, &why);
	if (!foreign.path || !world_plan(&foreign.world, foreign.argv, &why)) {
		worker_error(&worker, "%s", why.text);
		return CANNOT_RUN;
	}
	const pid_t first = world_begin(&foreign.world, &why);
	if (first == 0)
		converse(&worker, &foreign);
	if (first < 0) {
		worker_error(&worker, "%s", why.text);
		return CANNOT_RUN;
	}
	while (waitpid(first, &status, 0) == -1 && errno == EINTR)
		continue;
	return WIFEXITED(status) ? WEXITSTATUS(status) : CANNOT_RUN;
}

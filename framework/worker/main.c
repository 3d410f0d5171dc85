/*
 * assay-worker: runs on the system under test.  Reads requests, answers verdicts.
 */
#include "answer.h"
#include "author/helper.h"
#include "author/ledger.h"
#include "foreign.h"
#include "host_calls.h"
#include "inject.h"
#include "keeper.h"
#include "leftovers.h"
#include "problem.h"
#include "rehearse.h"
#include "rule.h"
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { EXIT_USAGE = 2, EXIT_CANNOT_RUN = 3 };

static const char usage[] =
	"usage: assay-worker [--fds IN,OUT] [--isolation none|NAME,...] [--own-kernel]\n"
	"Runs conformance cases for a runner (assay run -t NAME=assay-worker), or for a "
	"person:\n"
	"  printf 'list\\nrun ID\\nquit\\n' | assay-worker\n"
	"  --fds IN,OUT      speak on these descriptors instead of 0 and 1\n"
	"  --isolation LIST  use no more than these of: user ipc pid mount proc tmp shm "
	"mqueue\n"
	"  --own-kernel      cases may change global sysctls: the kernel is the target's "
	"own\n"
	"  --version, --help\n";

static volatile sig_atomic_t told_to_end;

static void note_signal(int number)
{
	if (number != SIGCHLD)
		told_to_end = 1;
}

bool worker_is_told_to_end(void)
{
	return told_to_end != 0;
}

/* Whether a whole `quit` waits among the requests: then the end of input was foreseen, and
 * what stands before it is still to be done. */
static bool quit_is_waiting(const struct worker *worker)
{
	const char *const at = worker->request;
	const size_t used = worker->request_used;

	return (used == 5 && memcmp(at, "quit\n", 5) == 0) ||
		memmem(at, used, "\nquit\n", 6) != NULL;
}

bool worker_may_read(const struct worker *worker)
{
	return !worker->input_ended && worker->request_used < REQUEST_MAX - 1;
}

void worker_read(struct worker *worker)
{
	const size_t room = REQUEST_MAX - 1 - worker->request_used;
	const ssize_t got =
		read(worker->in, worker->request + worker->request_used, room);

	if (got > 0)
		worker->request_used += (size_t)got;
	else if (got == 0 && quit_is_waiting(worker))
		worker->input_ended = true;
	else if (got == 0 || (errno != EINTR && errno != EAGAIN))
		worker->ended = true;
}

bool worker_next_request(struct worker *worker, char *line)
{
	char *const end = memchr(worker->request, '\n', worker->request_used);

	if (!end) {
		if (worker->request_used == REQUEST_MAX - 1) {
			worker_error(worker, "a request is longer than %d bytes",
				REQUEST_MAX);
			worker->ended = true;
		}
		return false;
	}
	const size_t length = (size_t)(end - worker->request);
	memcpy(line, worker->request, length);
	line[length] = '\0';
	worker->request_used -= length + 1;
	memmove(worker->request, end + 1, worker->request_used);
	return true;
}

static bool parse_deadline(const char *option, long *deadline_ms)
{
	char rest[2];

	return sscanf(option, "deadline_ms=%ld%1s", deadline_ms, rest) == 1 &&
		*deadline_ms >= 0 && *deadline_ms <= 86400000;
}

/* One `NAME=VALUE` of a run; false when it is not understood. */
static bool parse_run_option(const char *word, struct worker_order *order,
	struct problem *why)
{
	struct rule rule;

	(void)problem_set(why,
		"want: run ID [deadline_ms=N] [at=RULE] [exhaustive=1], N from 0 to "
		"86400000");
	if (order->deadline_ms == -1 && parse_deadline(word, &order->deadline_ms))
		return true;
	if (strcmp(word, "exhaustive=1") == 0 && !order->exhaustive)
		return order->exhaustive = true;
	if (strncmp(word, "at=", 3) != 0 || order->at[0] ||
		!rule_parse(word + 3, &rule, why))
		return false;
	rule_format(&rule, order->at, sizeof(order->at));
	return true;
}

static void handle_run(struct worker *worker, char *words)
{
	struct worker_order order = {.deadline_ms = -1};
	char *save = NULL;
	const char *const id = strtok_r(words + strlen("run "), " ", &save);
	struct problem why = {""};
	bool is_good = id != NULL;

	if (!id)
		(void)problem_set(&why, "run needs an id");

	for (char *word; is_good && (word = strtok_r(NULL, " ", &save));)
		is_good = parse_run_option(word, &order, &why);
	if (!is_good) {
		worker_error(worker, "%s", why.text);
		return;
	}
	order.which = catalog_find(id);
	if (!order.which)
		worker_error(worker, "no case is called '%s'", id);
	else if (order.at[0] && !order.which->entry->victim)
		worker_error(worker, "'%s' is no sweep: it has no points", id);
	else
		worker_run(worker, &order);
}

static void do_nothing(const void *row)
{
	(void)row;
}

/* A case that costs what every case costs: how slow the target is. */
static void handle_empty(struct worker *worker)
{
	static const struct case_entry entry = {
		.claim = "an empty case passes",
		.spec = "docs/protocol.md",
		.mechanism = "worker",
		.dimension = "speed",
		.slug = "empty",
		.file = __FILE__,
		.line = __LINE__,
		.body = do_nothing,
	};
	static const struct catalog_case empty = {.id = "empty", .entry = &entry};
	const struct worker_order order = {.which = &empty, .deadline_ms = 60000};

	worker_run(worker, &order);
}

static void handle(struct worker *worker, char *request)
{
	if (strcmp(request, "quit") == 0) {
		worker_answer(worker, "{\"type\":\"bye\"}");
		worker->ended = true;
	} else if (strcmp(request, "list") == 0) {
		worker_list(worker);
	} else if (strcmp(request, "empty") == 0) {
		handle_empty(worker);
	} else if (strncmp(request, "run ", 4) == 0) {
		handle_run(worker, request);
	} else {
		worker_error(worker,
			"unknown request '%.80s': want list, run ID, empty or quit",
			request);
	}
}

static void converse(struct worker *worker)
{
	char line[REQUEST_MAX];
	sigset_t none;

	(void)sigemptyset(&none);
	worker_hello(worker);
	for (;;) {
		while (worker_next_request(worker, line)) {
			handle(worker, line);
			if (worker->ended || told_to_end)
				return;
		}
		if (worker->ended || told_to_end)
			return;
		struct pollfd input = {.fd = worker->in, .events = POLLIN};
		if (ppoll(&input, 1, NULL, &none) > 0)
			worker_read(worker);
	}
}

/* The ending signals and SIGCHLD arrive only inside ppoll. */
static void arrange_signals(void)
{
	static const int ending[] = {SIGTERM, SIGINT, SIGHUP, SIGCHLD};
	struct sigaction action = {.sa_handler = note_signal};
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	sigset_t held;

	(void)sigemptyset(&action.sa_mask);
	(void)sigemptyset(&ignore.sa_mask);
	(void)sigemptyset(&held);
	for (size_t i = 0; i < sizeof(ending) / sizeof(ending[0]); i++) {
		(void)sigaction(ending[i], &action, NULL);
		(void)sigaddset(&held, ending[i]);
	}
	(void)sigaction(SIGPIPE, &ignore, NULL);
	(void)sigprocmask(SIG_SETMASK, &held, NULL);
}

/* A case may run under another id: an image that others may not execute is copied into
 * memory. */
static int open_own_image(void)
{
	struct stat status;
	const int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &status) == -1 ||
		(status.st_mode & (S_IXOTH | S_IROTH)) == (S_IXOTH | S_IROTH))
		return fd;
	const int copy = (int)syscall(SYS_memfd_create, "assay-worker", 1);
	char chunk[65536];
	for (ssize_t got; copy >= 0 && (got = read(fd, chunk, sizeof(chunk))) > 0;)
		if (write(copy, chunk, (size_t)got) != got)
			break;
	(void)close(fd);
	return copy;
}

static bool place(int fd, int number)
{
	if (fd < 0 || dup3(fd, number, O_CLOEXEC) != number)
		return false;
	(void)close(fd);
	return true;
}

static bool prepare(struct problem *why)
{
	int lifeline[2];

	if (!catalog_load(why))
		return false;
	if (catalog_count() == 0)
		return problem_set(why,
			"no cases linked: link suites as objects, not from an "
			"archive");
	if (!place(open_own_image(), WORKER_IMAGE_FD))
		return problem_set(why, "/proc/self/exe: %s", strerror(errno));
	if (pipe2(lifeline, O_CLOEXEC) == -1 || !place(lifeline[0], LIFELINE_READ_FD) ||
		!place(lifeline[1], LIFELINE_WRITE_FD))
		return problem_set(why, "pipe2: %s", strerror(errno));
	return true;
}

static bool parse_isolation(const char *list, unsigned *isolation)
{
	char copy[128];
	char *save = NULL;

	*isolation = 0;
	if (strcmp(list, "none") == 0)
		return true;
	(void)snprintf(copy, sizeof(copy), "%s", list);
	for (char *word = strtok_r(copy, ",", &save); word;
		word = strtok_r(NULL, ",", &save)) {
		const unsigned one = isolation_find(word);
		if (!one)
			return false;
		*isolation |= one;
	}
	return *isolation != 0;
}

/* Returns an exit status when the program is to end, -1 otherwise. */
static int parse_options(int argc, char **argv, struct worker *worker)
{
	char rest;

	for (int i = 1; i < argc; i++) {
		const char *const value = i + 1 < argc ? argv[i + 1] : "";
		if (strcmp(argv[i], "--version") == 0) {
			(void)printf("assay-worker %s, protocol %d\n", ASSAY_VERSION,
				PROTOCOL_VERSION);
			return 0;
		}
		if (strcmp(argv[i], "--help") == 0)
			return fputs(usage, stdout) < 0;
		if (strcmp(argv[i], "--own-kernel") == 0) {
			worker->own_kernel = true;
		} else if (strcmp(argv[i], "--isolation") == 0 &&
			parse_isolation(value, &worker->wanted_isolation)) {
			i++;
		} else if (strcmp(argv[i], "--fds") == 0 &&
			sscanf(value, "%d,%d%c", &worker->in, &worker->out, &rest) == 2) {
			i++;
		} else {
			(void)fprintf(stderr,
				"assay-worker: '%s %s' is not understood\n%s", argv[i],
				value, usage);
			return EXIT_USAGE;
		}
	}
	return -1;
}

int main(int argc, char **argv)
{
	static struct worker worker = {
		.in = 0, .out = 1, .wanted_isolation = ISOLATE_ALL};
	struct problem why;

	if (argc > 2 && strcmp(argv[1], "--helper") == 0)
		return helper_main(argc - 2, argv + 2);
	if (argc > 1 && strcmp(argv[1], "--inject") == 0)
		return inject_main(argc - 2, argv + 2);
	if (argc > 1 && strcmp(argv[1], "--foreign") == 0)
		return foreign_main(argc - 2, argv + 2);
	const int status = parse_options(argc, argv, &worker);
	if (status >= 0)
		return status;
	if (!prepare(&why)) {
		(void)fprintf(stderr, "assay-worker: %s\n", why.text);
		return EXIT_CANNOT_RUN;
	}
	arrange_signals();
	host_calls_use();
	confine_probe(worker.wanted_isolation, &worker.confinement);
	require_probe(&worker.confinement, worker.own_kernel, &worker.abilities);
	if ((worker.confinement.granted & ISOLATE_ALL) != ISOLATE_ALL)
		leftovers_sweep_dead();
	rehearse();
	converse(&worker);
	return 0;
}

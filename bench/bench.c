/*
 * bench: what assay costs on this machine, each number with the command that repeats it.
 *   bench BUILD [ROUNDS]
 * Single cases are timed at the worker (talk.h), the runner from outside.
 */
#include "talk.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS_MAX = 10000, WHOLE_RUNS = 5 };

static void print_times(const char *what, double *values_ms, int count,
	const char *command)
{
	const double median_ms = quantile(values_ms, count, 0.5);

	printf("%-34s %8.3f ms median %8.3f ms at 99%%   %s\n", what, median_ms,
		quantile(values_ms, count, 0.99), command);
}

static double fork_and_wait_ms(void)
{
	const double begun_ms = now_ms();
	const pid_t child = fork();

	if (child == 0)
		_exit(0);
	if (child == -1 || waitpid(child, NULL, 0) != child)
		end("fork and wait");
	return now_ms() - begun_ms;
}

/* Single cases, in turn with a bare fork so that both see the same machine. */
static void bench_cases(const char *build, int rounds)
{
	static double bare_ms[ROUNDS_MAX], empty_ms[ROUNDS_MAX], proof_ms[ROUNDS_MAX],
		again_ms[ROUNDS_MAX];
	char path[4096], command[9000];

	snprintf(path, sizeof(path), "%s/bench-worker", build);
	struct worker worker = worker_start(path);
	worker_answer(&worker, "hello");
	worker_run(&worker, "bench/cost/nothing");
	for (int i = 0; i < rounds; i++) {
		bare_ms[i] = fork_and_wait_ms();
		const double begun_ms = now_ms();
		worker_run(&worker, "bench/cost/nothing");
		empty_ms[i] = now_ms() - begun_ms;
		const char *proof = worker_run(&worker, "bench/cost/proof-of-blocking");
		proof_ms[i] = note_number(proof, "proof_us") / 1e3;
		again_ms[i] = note_number(proof, "again_us") / 1e3;
	}
	worker_end(&worker);

	snprintf(command, sizeof(command), "%s/bench %s %d", build, build, rounds);
	print_times("bare fork and wait", bare_ms, rounds, command);
	snprintf(command, sizeof(command), "%s/assay run -t bench=%s bench/cost/nothing",
		build, path);
	print_times("empty case (aim: 2 ms)", empty_ms, rounds, command);
	printf("%-34s %8.1f\n", "  as bare forks",
		quantile(empty_ms, rounds, 0.5) / quantile(bare_ms, rounds, 0.5));
	snprintf(command, sizeof(command),
		"%s/assay run -v -t bench=%s bench/cost/proof-of-blocking", build, path);
	print_times("proof that a new peer is blocked", proof_ms, rounds, command);
	print_times("proof that it still is", again_ms, rounds, command);
}

/* The peak resident memory of PROCESS in KiB; 0 when it cannot be read. */
static long peak_memory_kib(pid_t process)
{
	char path[64], line[256];
	long peak_kib = 0;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)process);
	FILE *about = fopen(path, "r");
	if (about == NULL)
		return 0;
	while (fgets(line, sizeof(line), about) != NULL)
		if (sscanf(line, "VmHWM: %ld", &peak_kib) == 1)
			break;
	fclose(about);
	return peak_kib;
}

/* Lets PROCESS, which is traced for its exit only, run to its end.  Returns its peak
 * resident memory in KiB, read while it still has an address space. */
static long run_to_exit(pid_t process, int *status)
{
	long peak_kib = 0;

	while (waitpid(process, status, 0) == process && WIFSTOPPED(*status)) {
		int deliver = WSTOPSIG(*status);

		if (*status >> 16 == PTRACE_EVENT_EXIT)
			peak_kib = peak_memory_kib(process);
		if (*status >> 16 != 0)
			deliver = 0;
		ptrace(PTRACE_CONT, process, NULL, (void *)(long)deliver);
	}
	return peak_kib;
}

/* One run of the runner, with ARGV; its wall time, and its peak. */
static double run_ms(const char *const *argv, long *peak_kib)
{
	const double begun_ms = now_ms();
	const pid_t child = fork();
	int status;

	if (child == -1)
		end("fork");
	if (child == 0) {
		const int nowhere = open("/dev/null", O_WRONLY);

		dup2(nowhere, 1);
		raise(SIGSTOP);
		execv(argv[0], (char **)argv);
		_exit(127);
	}
	if (waitpid(child, &status, WUNTRACED) != child)
		end("waitpid");
	ptrace(PTRACE_SEIZE, child, NULL, (void *)(long)PTRACE_O_TRACEEXIT);
	kill(child, SIGCONT);
	*peak_kib = run_to_exit(child, &status);
	if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) {
		fprintf(stderr, "bench: assay %s ended with status %#x\n", argv[1],
			status);
		exit(3);
	}
	return now_ms() - begun_ms;
}

static int case_count(const char *build)
{
	char path[4096];
	int count = 0;

	snprintf(path, sizeof(path), "%s/assay-worker", build);
	struct worker worker = worker_start(path);
	const char *hello = worker_answer(&worker, "hello");
	const char *cases = strstr(hello, "\"cases\":");
	if (cases != NULL)
		count = (int)strtol(cases + strlen("\"cases\":"), NULL, 10);
	worker_end(&worker);
	return count;
}

static void bench_whole(const char *build)
{
	static const char *const jobs[] = {"1", "2"};
	const int cases = case_count(build);
	char runner[4096];
	long peak_kib = 0;

	snprintf(runner, sizeof(runner), "%s/assay", build);
	for (int i = 0; i < 2; i++) {
		double wall_ms[WHOLE_RUNS];
		char what[64];

		for (int k = 0; k < WHOLE_RUNS; k++) {
			const char *const argv[] = {
				runner, "run", "-q", "-j", jobs[i], NULL};
			long this_kib;

			wall_ms[k] = run_ms(argv, &this_kib);
			peak_kib = this_kib > peak_kib ? this_kib : peak_kib;
		}
		const double median_ms = quantile(wall_ms, WHOLE_RUNS, 0.5);
		snprintf(what, sizeof(what), "%d cases with %s worker%s", cases, jobs[i],
			i == 0 ? "" : "s");
		printf("%-34s %8.0f ms wall %10.0f cases/s       %s run -q -j %s\n", what,
			median_ms, cases / median_ms * 1e3, runner, jobs[i]);
	}
	if (peak_kib == 0)
		printf("peak memory of the runner: not measured, ptrace is refused "
		       "here\n");
	else
		printf("%-34s %8ld KiB                           %s/bench %s\n",
			"peak memory of the runner", peak_kib, build, build);
}

/* What the protocol and the runner's books cost: a case that the build lacks is asked for,
 * answered, judged and counted, but not run. */
static void bench_protocol(const char *build)
{
	enum { FEW = 100, MANY = 4100 };
	char runner[4096], target[4200];
	double wall_ms[2];
	long peak_kib;

	snprintf(runner, sizeof(runner), "%s/assay", build);
	snprintf(target, sizeof(target), "bench=%s/bench-worker", build);
	for (int i = 0; i < 2; i++) {
		char times[16];
		const char *const argv[] = {runner, "run", "-q", "-j", "1", "--repeat",
			times, "-t", target, "bench/cost/lacking", NULL};

		snprintf(times, sizeof(times), "%d", i == 0 ? FEW : MANY);
		wall_ms[i] = run_ms(argv, &peak_kib);
	}
	printf("%-34s %8.1f us                            %s run -q -j 1 --repeat %d -t "
	       "%s bench/cost/lacking\n",
		"protocol, a case (aim: 100 us)",
		(wall_ms[1] - wall_ms[0]) * 1e3 / (MANY - FEW), runner, MANY, target);
}

int main(int argc, char **argv)
{
	const int rounds = argc > 2 ? atoi(argv[2]) : 500;

	if (argc < 2 || rounds < 1 || rounds > ROUNDS_MAX) {
		fprintf(stderr, "usage: bench BUILD [ROUNDS], at most %d rounds\n",
			ROUNDS_MAX);
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	setvbuf(stdout, NULL, _IOLBF, 0);
	bench_cases(argv[1], rounds);
	bench_protocol(argv[1]);
	bench_whole(argv[1]);
	return 0;
}

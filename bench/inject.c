/*
 * inject: what an injected system call costs, and the calls beside it, against strace on the
 * same program in the same run; and how many runs a second in which the k-th call fails.
 *   bench-inject [CALLS [RUNS]]
 * With --measure it is the program that is measured; with --one it makes a few calls.
 */
#include "clock.h"
#include "processor.h"
#include "supervisor.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CALLS_OF_A_RUN = 44 };

struct times {
	double injected_ns, other_ns;
};

static struct shared {
	struct supervisor_gate gate;
	struct times times;
} * shared;

static void end(const char *what)
{
	fprintf(stderr, "bench-inject: %s\n", what);
	exit(3);
}

static double ns_of(long number, long calls)
{
	const int64_t begun_us = clock_now_us();

	for (long i = 0; i < calls; i++)
		(void)syscall(number);
	return (double)(clock_now_us() - begun_us) * 1e3 / (double)calls;
}

static struct times measure(long calls)
{
	const double other_ns = ns_of(SYS_getuid, calls);

	return (struct times){ns_of(SYS_getppid, calls), other_ns};
}

static struct rule parsed(const char *text)
{
	struct problem why;
	struct rule rule;

	if (!rule_parse(text, &rule, &why))
		end(why.text);
	return rule;
}

/* Serves CHILD until its end. */
static void serve(pid_t child, const struct rule *rule)
{
	struct problem why;
	struct supervisor *const supervisor =
		supervisor_serve_child(&shared->gate, child, rule, 1, &why);

	if (!supervisor)
		end(why.text);
	supervisor_free(supervisor);
}

static pid_t start(void)
{
	memset(shared, 0, sizeof(*shared));
	const pid_t child = fork();
	if (child == -1)
		end("fork");
	return child;
}

static void enter(const struct rule *rule)
{
	struct problem why;

	if (!supervisor_enter(&shared->gate, rule, 1, false, &why))
		end(why.text);
}

/* The cost under RULE. */
static struct times supervised(const char *text, long calls)
{
	const struct rule rule = parsed(text);
	const pid_t child = start();

	if (child == 0) {
		enter(&rule);
		shared->times = measure(calls);
		_exit(0);
	}
	serve(child, &rule);
	if (waitpid(child, NULL, 0) != child)
		end("waitpid");
	return shared->times;
}

/* Runs ARGV and reads the two numbers that it prints. */
static struct times measured_by(const char *const *argv)
{
	struct times times = {0, 0};
	int ends[2];

	if (pipe(ends) != 0)
		end("pipe");
	const pid_t child = fork();
	if (child == 0) {
		if (dup2(ends[1], 1) == 1)
			execvp(argv[0], (char **)argv);
		_exit(127);
	}
	close(ends[1]);
	FILE *const output = fdopen(ends[0], "r");
	if (!output ||
		fscanf(output, "%lf %lf", &times.injected_ns, &times.other_ns) != 2)
		times = (struct times){0, 0};
	if (output)
		fclose(output);
	(void)waitpid(child, NULL, 0);
	return times;
}

static void print_times(const char *what, struct times times)
{
	if (times.injected_ns > 0)
		printf("%-34s %8.0f ns injected %8.0f ns other\n", what,
			times.injected_ns, times.other_ns);
	else
		printf("%-34s not measured here\n", what);
}

static void bench_calls(long calls)
{
	char self[4096], number[24];
	const ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);

	self[length > 0 ? length : 0] = '\0';
	snprintf(number, sizeof(number), "%ld", calls);
	const char *const strace[] = {"strace", "-f", "--seccomp-bpf", "-o", "/dev/null",
		"-e", "trace=getppid", "-e", "inject=getppid:error=EDOM", self,
		"--measure", number, NULL};

	print_times("a call: plain", measure(calls));
	print_times("  a rule looks, and lets it run",
		supervised("fail:getppid#1000000000=EDOM", calls));
	print_times("  a rule lets it fail", supervised("fail:getppid=EDOM", calls));
	print_times("  strace --inject --seccomp-bpf", measured_by(strace));
}

static void make_calls(void)
{
	for (int i = 0; i < CALLS_OF_A_RUN; i++)
		(void)syscall(SYS_getppid);
}

/* RUNS of a program of 44 calls, in each of which another one fails, from a fork server. */
static void bench_runs(int runs)
{
	struct rule rule = parsed("fail:getppid#1=EDOM");
	struct problem why;
	const int64_t begun_us = clock_now_us();

	if (!supervisor_prepare(&rule, 1, false, &why))
		end(why.text);
	for (int i = 0; i < runs; i++) {
		rule.which.first = rule.which.last = 1 + (uint64_t)(i % CALLS_OF_A_RUN);
		const pid_t child = start();
		if (child == 0) {
			enter(&rule);
			make_calls();
			_exit(0);
		}
		serve(child, &rule);
		if (waitpid(child, NULL, 0) != child)
			end("waitpid");
	}
	printf("%-34s %8.0f runs/s\n", "the k-th of 44 calls fails, forked",
		runs * 1e6 / (double)(clock_now_us() - begun_us));
}

static void bench_strace_runs(int runs)
{
	char self[4096], inject[64];
	const ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);
	const int64_t begun_us = clock_now_us();
	int failed = 0;

	self[length > 0 ? length : 0] = '\0';
	for (int i = 0; i < runs; i++) {
		snprintf(inject, sizeof(inject), "inject=getppid:error=EDOM:when=%d",
			1 + i % CALLS_OF_A_RUN);
		const pid_t child = fork();
		if (child == 0) {
			execlp("strace", "strace", "-f", "--seccomp-bpf", "-o",
				"/dev/null", "-e", "trace=getppid", "-e", inject, self,
				"--one", (char *)NULL);
			_exit(127);
		}
		int status = 1;
		failed += waitpid(child, &status, 0) != child || status != 0;
	}
	if (failed)
		printf("%-34s not measured here\n", "  strace, one exec each");
	else
		printf("%-34s %8.0f runs/s\n", "  strace, one exec each",
			runs * 1e6 / (double)(clock_now_us() - begun_us));
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "--one") == 0) {
		make_calls();
		return 0;
	}
	cpu_set_t everywhere;
	const bool is_measured = argc == 3 && strcmp(argv[1], "--measure") == 0;
	const long calls = argc > 1 ? atol(argv[is_measured ? 2 : 1]) : 20000;
	const int runs = argc > 2 && !is_measured ? atoi(argv[2]) : 1000;
	if (calls < 1 || runs < 1) {
		fprintf(stderr, "usage: bench-inject [CALLS [RUNS]]\n");
		return 2;
	}
	if (is_measured) {
		const struct times times = measure(calls);
		return printf("%f %f\n", times.injected_ns, times.other_ns) < 0;
	}
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		end("mmap");
	setvbuf(stdout, NULL, _IOLBF, 0);
	bench_calls(calls);
	/* As the points of a sweep are, and strace as well. */
	processor_stay(processor_here(), &everywhere);
	bench_runs(runs);
	bench_strace_runs(runs / 10 + 1);
	return 0;
}

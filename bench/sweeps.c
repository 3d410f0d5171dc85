/*
 * sweeps: what sweeps cost: points that are killed, a semaphore created and killed at every
 * instruction, and `assay sweep` on a program that nobody here wrote, against strace on the
 * same program in the same run, one run at a time.
 *   bench-sweeps BUILD [ROUNDS]
 */
#include "talk.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS_MAX = 100, POINTS_MAX = 8192 };

/* The sweep ID, all its points: what it takes, of ROUNDS the median, and points a second. */
static void bench_sweep(struct worker *worker, const char *what, const char *id,
	int rounds, const char *build)
{
	double took_ms[ROUNDS_MAX];
	char request[200];
	double points = 0;

	snprintf(request, sizeof(request), "%s exhaustive=1", id);
	for (int i = 0; i < rounds; i++) {
		const char *const result = worker_run(worker, request);
		took_ms[i] = duration_ms(result);
		points = note_number(result, "visited");
	}
	const double median_ms = quantile(took_ms, rounds, 0.5);
	printf("%-34s %8.0f ms %12.0f points/s      %s/assay run -v -j 1 --exhaustive "
	       "%s\n",
		what, median_ms, points / median_ms * 1e3, build, id);
}

static void bench_kills(const char *build, int rounds)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/assay-worker", build);
	struct worker worker = worker_start(path);
	worker_answer(&worker, "hello");
	bench_sweep(&worker, "robust lock+unlock (aim: 200 ms)",
		"mutex/peer-death/robust-lock-killed-at-any-instruction-is-recovered",
		rounds, build);
	bench_sweep(&worker, "sem_open, created (aim: 2 s)",
		"posix-sem/peer-death/"
		"creator-killed-at-any-instruction-leaves-whole-semaphore-or-none",
		(rounds + 4) / 5, build);
	worker_end(&worker);
}

/* Runs ARGV with its output thrown away; how long that took, and its status. */
static double run_ms(const char *const *argv, int *status)
{
	const double begun_ms = now_ms();
	const pid_t child = fork();

	if (child == -1)
		end("fork");
	if (child == 0) {
		const int nowhere = open("/dev/null", O_RDWR);
		if (dup2(nowhere, 0) == 0 && dup2(nowhere, 1) == 1 &&
			dup2(nowhere, 2) == 2)
			execvp(argv[0], (char **)argv);
		_exit(127);
	}
	if (waitpid(child, status, 0) != child)
		end("waitpid");
	return now_ms() - begun_ms;
}

/* The points of a report of `assay sweep`: "CALL#K=ERRNO" each. */
struct points {
	char at[POINTS_MAX][64];
	int count;
};

static void read_points(const char *path, struct points *points)
{
	static char line[4096];
	FILE *const report = fopen(path, "r");

	points->count = 0;
	while (report && points->count < POINTS_MAX &&
		fgets(line, sizeof(line), report) != NULL)
		points->count += sscanf(line, " \"rule\": \"fail:%63[^\"]",
					 points->at[points->count]) == 1;
	if (report)
		fclose(report);
}

static double assay_runs_per_s(const char *build, struct points *points)
{
	char runner[4200];
	const char *const argv[] = {runner, "sweep", "-q", "-j", "1", "-o", "json:report",
		"--", "cat", "in", NULL};

	snprintf(runner, sizeof(runner), "%s/assay", build);
	int status;
	const double took_ms = run_ms(argv, &status);
	read_points("report", points);
	return points->count / took_ms * 1e3;
}

/* What strace calls the call that rules call NAME. */
static const char *name_of_strace(const char *name)
{
	static const char *const names[][2] = {{"open", "openat"}, {"pread", "pread64"}};

	for (int i = 0; i < 2; i++)
		if (strcmp(names[i][0], name) == 0)
			return names[i][1];
	return name;
}

/* RUNS of the same points, from first to last; nothing is judged and nothing made anew here, only
 * the call fails.  0 without strace. */
static double strace_runs_per_s(const struct points *points, int runs)
{
	static const char *const version[] = {"strace", "-V", NULL};
	double took_ms = 0;
	int status = 0;

	(void)run_ms(version, &status);
	if (status != 0 || points->count == 0)
		return 0;
	for (int i = 0; i < runs; i++) {
		char call[32] = "", error[20] = "", trace[60], inject[100];
		int occurrence = 0;
		const char *const argv[] = {"strace", "-f", "--seccomp-bpf", "-o",
			"/dev/null", "-e", trace, "-e", inject, "cat", "in", NULL};

		if (sscanf(points->at[i * points->count / runs], "%31[^#]#%d=%19s", call,
			    &occurrence, error) != 3)
			end("a rule that is not understood");
		snprintf(trace, sizeof(trace), "trace=%s", name_of_strace(call));
		snprintf(inject, sizeof(inject), "inject=%s:error=%s:when=%d",
			name_of_strace(call), error, occurrence);
		took_ms += run_ms(argv, &status);
	}
	return runs / took_ms * 1e3;
}

static void bench_foreign(const char *build, int runs)
{
	char folder[] = "/tmp/assay-bench.XXXXXX", own[4096];

	if (!realpath(build, own) || !mkdtemp(folder) || chdir(folder) != 0)
		end(folder);
	FILE *const in = fopen("in", "w");
	if (!in || fputs("text\n", in) < 0 || fclose(in) != 0)
		end("in");
	static struct points points;
	const double ours = assay_runs_per_s(own, &points);
	const double theirs = strace_runs_per_s(&points, runs);
	printf("%-34s %8.0f runs/s                        cd DIR; %s/assay sweep -j 1 -- "
	       "cat "
	       "in\n",
		"assay sweep -- cat in", ours, build);
	if (theirs > 0)
		printf("%-34s %8.0f runs/s\n%-34s %8.1f\n", "  strace, one run each",
			theirs, "  times strace (aim: 5)", ours / theirs);
	else
		printf("%-34s not measured here\n", "  strace, one run each");
	(void)unlink("in");
	(void)unlink("report");
	(void)rmdir(folder);
}

int main(int argc, char **argv)
{
	const int rounds = argc > 2 ? atoi(argv[2]) : 11;

	if (argc < 2 || rounds < 1 || rounds > ROUNDS_MAX) {
		fprintf(stderr, "usage: bench-sweeps BUILD [ROUNDS], at most %d rounds\n",
			ROUNDS_MAX);
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	bench_kills(argv[1], rounds);
	bench_foreign(argv[1], rounds * 20);
	return 0;
}

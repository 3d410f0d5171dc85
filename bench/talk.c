#include "talk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

void end(const char *what)
{
	fprintf(stderr, "bench: %s: %s\n", what, strerror(errno));
	exit(3);
}

double now_ms(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
		end("clock_gettime");
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double quantile(double *values, int count, double share)
{
	qsort(values, (size_t)count, sizeof(*values), by_value);
	return values[(int)((count - 1) * share)];
}

struct worker worker_start(const char *path)
{
	struct worker worker;
	int to[2], from[2];

	if (pipe2(to, O_CLOEXEC) != 0 || pipe2(from, O_CLOEXEC) != 0)
		end("pipe2");
	worker.pid = fork();
	if (worker.pid == -1)
		end("fork");
	if (worker.pid == 0) {
		if (dup2(to[0], 0) == 0 && dup2(from[1], 1) == 1)
			execl(path, path, (char *)NULL);
		_exit(127);
	}
	close(to[0]);
	close(from[1]);
	worker.requests = fdopen(to[1], "w");
	worker.answers = fdopen(from[0], "r");
	if (worker.requests == NULL || worker.answers == NULL)
		end("fdopen");
	return worker;
}

const char *worker_answer(struct worker *worker, const char *type)
{
	static char *line;
	static size_t size;
	char wanted[64];

	snprintf(wanted, sizeof(wanted), "{\"type\":\"%s\"", type);
	while (getline(&line, &size, worker->answers) > 0)
		if (strncmp(line, wanted, strlen(wanted)) == 0)
			return line;
	fprintf(stderr, "bench: the worker gave no %s\n", type);
	exit(3);
}

const char *worker_run(struct worker *worker, const char *id)
{
	if (fprintf(worker->requests, "run %s\n", id) < 0 ||
		fflush(worker->requests) != 0)
		end("write to the worker");
	const char *result = worker_answer(worker, "result");
	if (strstr(result, "\"verdict\":\"pass\"") == NULL) {
		fprintf(stderr, "bench: %s", result);
		exit(3);
	}
	return result;
}

void worker_end(struct worker *worker)
{
	fclose(worker->requests);
	fclose(worker->answers);
	if (waitpid(worker->pid, NULL, 0) != worker->pid)
		end("waitpid");
}

double note_number(const char *result, const char *key)
{
	char wanted[64];

	snprintf(wanted, sizeof(wanted), "\"%s\",\"value\":\"", key);
	const char *at = strstr(result, wanted);
	if (at == NULL) {
		fprintf(stderr, "bench: no %s in %s", key, result);
		exit(3);
	}
	return strtod(at + strlen(wanted), NULL);
}

double duration_ms(const char *result)
{
	static const char key[] = "\"duration_us\":";
	const char *const at = strstr(result, key);

	if (at == NULL) {
		fprintf(stderr, "bench: no duration in %s", result);
		exit(3);
	}
	return strtod(at + strlen(key), NULL) / 1e3;
}

#include "conversation.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void die(const char *what)
{
	perror(what);
	exit(3);
}

void conversation_start(struct conversation *c, char *const *command)
{
	int down[2], up[2];

	if (pipe2(down, O_CLOEXEC) < 0 || pipe2(up, O_CLOEXEC) < 0)
		die("pipe");
	(void)signal(SIGPIPE, SIG_IGN);
	c->used = 0;
	c->pid = fork();
	if (c->pid < 0)
		die("fork");
	if (c->pid == 0) {
		(void)signal(SIGPIPE, SIG_DFL);
		if (dup2(down[0], 0) < 0 || dup2(up[1], 1) < 0)
			die("dup2");
		(void)execvp(command[0], command);
		die(command[0]);
	}
	(void)close(down[0]);
	(void)close(up[1]);
	c->to = down[1];
	c->from = up[0];
}

bool conversation_send(struct conversation *c, const char *format, ...)
{
	char line[1024];
	va_list args;

	va_start(args, format);
	const int length = vsnprintf(line, sizeof(line) - 1, format, args);
	va_end(args);
	if (length < 0 || (size_t)length >= sizeof(line) - 1)
		return false;
	line[length] = '\n';
	return write(c->to, line, (size_t)length + 1) == length + 1;
}

static int ms_since(const struct timespec *start)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int)((now.tv_sec - start->tv_sec) * 1000 +
		(now.tv_nsec - start->tv_nsec) / 1000000);
}

/* Waits for a whole line; its length without the line break, or -1. */
static ssize_t next_line(struct conversation *c, const char **why)
{
	struct timespec start;

	(void)clock_gettime(CLOCK_MONOTONIC, &start);
	for (;;) {
		const char *end = memchr(c->buffer, '\n', c->used);
		if (end)
			return end - c->buffer;
		if (c->used > LINE_BYTES_MAX) {
			*why = "a line of more than 1 MiB";
			return -1;
		}
		const int left_ms = ANSWER_MS_MAX - ms_since(&start);
		struct pollfd input = {.fd = c->from, .events = POLLIN};
		if (left_ms <= 0 || poll(&input, 1, left_ms) == 0) {
			*why = "no answer";
			return -1;
		}
		const ssize_t count =
			read(c->from, c->buffer + c->used, sizeof(c->buffer) - c->used);
		if (count == 0 || (count < 0 && errno != EINTR)) {
			*why = c->used ? "half a line, then the end"
				       : "the end of its output";
			return -1;
		}
		c->used += count > 0 ? (size_t)count : 0;
	}
}

json_t *conversation_next(struct conversation *c, const char **why)
{
	const ssize_t length = next_line(c, why);

	if (length < 0)
		return NULL;
	json_t *object = json_loadb(c->buffer, (size_t)length,
		JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
	c->used -= (size_t)length + 1;
	memmove(c->buffer, c->buffer + length + 1, c->used);
	if (!json_is_object(object)) {
		*why = "a line that is no JSON object in UTF-8";
		json_decref(object);
		return NULL;
	}
	return object;
}

int conversation_end(struct conversation *c)
{
	int status = 0;

	(void)close(c->to);
	struct pollfd input = {.fd = c->from};
	if (poll(&input, 1, 10000) == 0)
		(void)kill(c->pid, SIGKILL);
	(void)close(c->from);
	while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

#include "findings.h"

#include "memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	PIECE_BYTES = 16384, /* valgrind writes less than 1 KiB at a time */
	READS_MAX = 4096,    /* in one go: more than the socket holds */
};

bool findings_pipe(int *read_end, int *write_end, struct problem *why)
{
	const int on = 1;
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		return problem_set(why, "cannot make a socket: %s", strerror(errno));
	*read_end = ends[0];
	*write_end = ends[1];
	return setsockopt(ends[0], SOL_SOCKET, SO_PASSCRED, &on, sizeof(on)) == 0 ||
		problem_set(why, "cannot set SO_PASSCRED: %s", strerror(errno));
}

/* What helgrind and drd say of a call that is answered by an error, or that breaks an order of
 * locks.  How the functions answer that is what the claims are about: the race is what such a
 * tool can add. */
static bool is_misuse(const char *kind)
{
	static const char *const kinds[] = {"UnlockUnlocked", "UnlockForeign",
		"UnlockBogus", "PthAPIerror", "LockOrder", "Misc", "MutexErr", "CondErr",
		"CondDestrErr", "CondRaceErr", "CondWaitErr", "SemaphoreErr",
		"BarrierErr", "RwlockErr", "GenericErr", "InvalidThreadId"};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i], kind) == 0)
			return true;
	return false;
}

/* A system call given an address where nothing is answers EFAULT, and cases look at that.
 * Memory that there is, but which is not the caller's, the kernel would take. */
static bool is_refused_by_kernel(const struct finding *finding)
{
	return strcmp(finding->kind, "SyscallParam") == 0 &&
		strstr(finding->what, "unaddressable") != NULL &&
		(strstr(finding->about, "is not stack'd") != NULL ||
			strstr(finding->about, " segment") != NULL);
}

static void take(void *to, const struct finding *finding)
{
	struct findings *findings = to;
	struct finding owned = *finding;

	if (is_misuse(owned.kind) || is_refused_by_kernel(&owned)) {
		finding_free(&owned);
	} else if (findings->count == FINDINGS_MAX) {
		findings->dropped++;
		finding_free(&owned);
	} else {
		findings->all[findings->count++] = owned;
	}
}

static struct valgrind_xml *stream_of(struct findings *findings, pid_t pid)
{
	for (size_t i = 0; i < findings->stream_count; i++)
		if (findings->streams[i].pid == pid)
			return findings->streams[i].xml;
	const struct findings_stream added = {pid, valgrind_xml_open(take, findings)};
	findings->streams =
		memory_append(findings->streams, findings->stream_count, sizeof(added));
	findings->streams[findings->stream_count++] = added;
	return added.xml;
}

/* One piece: its bytes, or 0 at the end, or -1 when there is none; *PID sent it. */
static ssize_t receive(int fd, char piece[PIECE_BYTES], pid_t *pid)
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(struct ucred))];
	} control;
	struct iovec place = {.iov_base = piece, .iov_len = PIECE_BYTES};
	struct msghdr message = {
		.msg_iov = &place,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof(control.bytes),
	};
	struct ucred sender = {.pid = 0};

	const ssize_t got = recvmsg(fd, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	const struct cmsghdr *header = got >= 0 ? CMSG_FIRSTHDR(&message) : NULL;
	if (header != NULL && header->cmsg_type == SCM_CREDENTIALS)
		memcpy(&sender, CMSG_DATA(header), sizeof(sender));
	*pid = sender.pid;
	return got;
}

void findings_read(struct findings **findings, int *fd)
{
	char piece[PIECE_BYTES];
	ssize_t got = -1;
	pid_t pid;

	if (*fd < 0)
		return;
	if (*findings == NULL)
		*findings = memory_new(1, sizeof(**findings));
	for (int i = 0; i < READS_MAX; i++) {
		got = receive(*fd, piece, &pid);
		if (got <= 0)
			break;
		valgrind_xml_feed(stream_of(*findings, pid), piece, (size_t)got);
	}
	if (got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR)))
		return;
	(void)close(*fd); /* a socket: nothing can be lost by it */
	*fd = -1;
}

void findings_end(struct findings *findings)
{
	if (findings == NULL)
		return;
	for (size_t i = 0; i < findings->stream_count; i++)
		valgrind_xml_close(findings->streams[i].xml);
	findings->stream_count = 0;
}

void findings_clear(struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		finding_free(&findings->all[i]);
	findings->count = findings->dropped = 0;
}

void findings_free(struct findings *findings)
{
	if (findings == NULL)
		return;
	findings_end(findings);
	findings_clear(findings);
	free(findings->streams);
	free(findings);
}

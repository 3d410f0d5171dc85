#include "verdict.h"

#include <string.h>

static const char *const verdict_names[VERDICT_COUNT] = {
	[VERDICT_PASS] = "pass",
	[VERDICT_FAIL] = "fail",
	[VERDICT_LEAK] = "leak",
	[VERDICT_TIMEOUT] = "timeout",
	[VERDICT_CRASH] = "crash",
	[VERDICT_BROKEN] = "broken",
	[VERDICT_UNSUPPORTED] = "unsupported",
};

static const char *const level_names[LEVEL_COUNT] = {
	[LEVEL_POSIX] = "posix",
	[LEVEL_POSIX_MAY] = "posix-may",
	[LEVEL_LINUX] = "linux",
	[LEVEL_LIBC] = "libc",
	[LEVEL_FACT] = "fact",
};

static const char *const need_names[NEED_COUNT] = {
	"block-proof",
	"second-uid",
	"unprivileged",
	"private-mount",
	"seccomp",
	"host-root",
	"own-kernel",
	"proc",
	"supervisor",
	"trace",
	"realtime",
	"namespaces",
	"call-arguments",
	"ipc-sysctl",
	"sys-resource",
	"memcheck",
	"exec",
	"call-stops",
	"posix-mq",
	"mq-notify",
	"checkpoint-restore",
	"programs",
};

static const char *name_at(const char *const *names, int count, int index)
{
	return index >= 0 && index < count ? names[index] : "?";
}

static int index_of(const char *const *names, int count, const char *name)
{
	for (int i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}

const char *verdict_name(enum verdict verdict)
{
	return name_at(verdict_names, VERDICT_COUNT, (int)verdict);
}

const char *level_name(enum level level)
{
	return name_at(level_names, LEVEL_COUNT, (int)level);
}

const char *need_name(int bit)
{
	return name_at(need_names, NEED_COUNT, bit);
}

bool verdict_find(const char *name, enum verdict *out)
{
	const int index = index_of(verdict_names, VERDICT_COUNT, name);

	if (index >= 0)
		*out = (enum verdict)index;
	return index >= 0;
}

bool level_find(const char *name, enum level *out)
{
	const int index = index_of(level_names, LEVEL_COUNT, name);

	if (index >= 0)
		*out = (enum level)index;
	return index >= 0;
}

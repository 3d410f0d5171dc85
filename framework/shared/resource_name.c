#include "resource_name.h"

#include <stddef.h>
#include <string.h>
#include <sys/resource.h>

static const struct {
	const char *name;
	int resource;
} resources[] = {
	{"nofile", RLIMIT_NOFILE},
	{"fsize", RLIMIT_FSIZE},
	{"as", RLIMIT_AS},
	{"nproc", RLIMIT_NPROC},
	{"stack", RLIMIT_STACK},
	{"core", RLIMIT_CORE},
	{"memlock", RLIMIT_MEMLOCK},
	{"msgqueue", RLIMIT_MSGQUEUE},
	{"sigpending", RLIMIT_SIGPENDING},
	{"rtprio", RLIMIT_RTPRIO},
	{"data", RLIMIT_DATA},
	{"cpu", RLIMIT_CPU},
};

enum { RESOURCE_COUNT = sizeof(resources) / sizeof(resources[0]) };

bool resource_find(const char *name, int *resource)
{
	for (size_t i = 0; i < RESOURCE_COUNT; i++) {
		if (strcmp(resources[i].name, name) != 0)
			continue;
		*resource = resources[i].resource;
		return true;
	}
	return false;
}

const char *resource_name(int resource)
{
	for (size_t i = 0; i < RESOURCE_COUNT; i++)
		if (resources[i].resource == resource)
			return resources[i].name;
	return NULL;
}

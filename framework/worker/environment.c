#include "environment.h"

#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Who runs programs of others in a process of its own, by its file. */
static const struct {
	const char *part, *word;
} runners[] = {
	{"/qemu-", "qemu-user"},
	{"/valgrind/", "valgrind"},
};

/* What valgrind's tools look for, by the same file: each finds, and spoils, something else. */
static const char *const valgrind_tools[] = {"memcheck", "helgrind", "drd"};

enum { PATH_BYTES = 512 };

static void read_link(const char *link, char path[PATH_BYTES])
{
	const ssize_t length = readlink(link, path, PATH_BYTES - 1);

	path[length > 0 ? length : 0] = '\0';
}

/* What translates this program shows the program's file as /proc/self/exe, but overlooks the
 * other name of that link, which names its own (qemu-user 7.2, valgrind 3.19). */
static const char *user_emulator(void)
{
	char shown[PATH_BYTES], real[PATH_BYTES];

	read_link("/proc/self/exe", shown);
	read_link("/proc/thread-self/exe", real);
	if (real[0] == '\0' || strcmp(shown, real) == 0)
		return NULL;
	for (size_t i = 0; i < sizeof(runners) / sizeof(runners[0]); i++)
		if (strstr(real, runners[i].part))
			return runners[i].word;
	return "user-emulator";
}

/* The log of a kernel that gVisor pretends to have booted begins with its name; syslog(2) gives
 * its first bytes there, and the last ones on Linux. */
static const char *sandbox(void)
{
	enum { READ_ALL = 3 };
	char log[64] = "";

	if (syscall(SYS_syslog, READ_ALL, log, sizeof(log) - 1) <= 0)
		return NULL;
	return strstr(log, "Starting gVisor") ? "gvisor" : NULL;
}

static const char *tool_of_valgrind(void)
{
	char real[PATH_BYTES];

	read_link("/proc/thread-self/exe", real);
	const char *const folder = strstr(real, "/valgrind/");
	for (size_t i = 0;
		folder && i < sizeof(valgrind_tools) / sizeof(valgrind_tools[0]); i++)
		if (strstr(folder, valgrind_tools[i]))
			return valgrind_tools[i];
	return NULL;
}

size_t environment_words(const char *words[ENVIRONMENT_MAX])
{
	static const char *(*const finders[])(void) = {
		user_emulator, tool_of_valgrind, sandbox};
	size_t count = 0;

	for (size_t i = 0; i < sizeof(finders) / sizeof(finders[0]); i++) {
		const char *const word = finders[i]();
		if (word)
			words[count++] = word;
	}
	return count;
}

bool environment_translates(void)
{
	return user_emulator() != NULL;
}

bool environment_has(const char *word)
{
	const char *words[ENVIRONMENT_MAX];
	const size_t count = environment_words(words);

	for (size_t i = 0; i < count; i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return false;
}

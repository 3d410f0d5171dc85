#include "host_calls.h"

#include "call.h"
#include "environment.h"
#include "observe.h"

#include <elf.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PAIRS_MAX = 256 };

static struct {
	long host, own;
} pairs[PAIRS_MAX];
static size_t pair_count;

static long own_number(long host)
{
	for (size_t i = 0; i < pair_count; i++)
		if (pairs[i].host == host)
			return pairs[i].own;
	return -1;
}

static void add_pair(uint32_t host, const char *name, long own)
{
	const int number = seccomp_syscall_resolve_name_arch(host, name);

	if (number < 0 || pair_count == PAIRS_MAX || own_number(number) >= 0)
		return;
	pairs[pair_count].host = number;
	pairs[pair_count++].own = own;
}

/* Which call of a family the emulator takes is its own affair: one stands for all. */
static void add_family(uint32_t host, const char *family)
{
	const char *names[CALL_FAMILY_MAX];
	long numbers[CALL_FAMILY_MAX];
	const size_t count = call_family_names(family, names);

	if (call_family(family, numbers) == 0)
		return;
	for (size_t i = 0; i < count; i++)
		add_pair(host, names[i], numbers[0]);
}

/* The host's architecture as libseccomp calls it, 0 when it is none of those known here: that
 * of the file which the emulator does not know how to hide. */
static uint32_t host_architecture(void)
{
	static const struct {
		unsigned machine, order;
		uint32_t architecture;
	} known[] = {
		{EM_X86_64, ELFDATA2LSB, SCMP_ARCH_X86_64},
		{EM_AARCH64, ELFDATA2LSB, SCMP_ARCH_AARCH64},
		{EM_PPC64, ELFDATA2LSB, SCMP_ARCH_PPC64LE},
		{EM_S390, ELFDATA2MSB, SCMP_ARCH_S390X},
	};
	unsigned char head[sizeof(Elf64_Ehdr)] = {0};
	const int file = open("/proc/thread-self/exe", O_RDONLY | O_CLOEXEC);
	const bool is_read = file >= 0 && read(file, head, sizeof(head)) > 0;

	if (file >= 0)
		(void)close(file);
	if (!is_read || memcmp(head, ELFMAG, SELFMAG) != 0)
		return 0;
	const size_t at = offsetof(Elf64_Ehdr, e_machine);
	const bool is_little = head[EI_DATA] == ELFDATA2LSB;
	const unsigned machine = head[at + (is_little ? 0 : 1)] |
		(unsigned)head[at + (is_little ? 1 : 0)] << 8;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (known[i].machine == machine && known[i].order == head[EI_DATA])
			return known[i].architecture;
	return 0;
}

void host_calls_use(void)
{
	const uint32_t host = environment_has("qemu-user") ? host_architecture() : 0;

	if (host == 0)
		return;
	for (size_t i = 0; call_family_at(i); i++)
		add_family(host, call_family_at(i));
#ifdef SYS_restart_syscall
	add_pair(host, "restart_syscall", SYS_restart_syscall);
#endif
	observe_through(own_number);
}

#include "outside.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__) && defined(__has_include)
#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#define UNDER_VALGRIND RUNNING_ON_VALGRIND
#endif
#endif

#ifdef UNDER_VALGRIND

struct request {
	long number, arguments[4];
};

/* On the processor itself: no function of the C library, whose thread pointer is
 * valgrind's there.  Returns minus the error, as the kernel does. */
static long make(unsigned long thread, const struct request *request)
{
	register long fourth __asm__("r10") = request->arguments[3];
	long result;

	(void)thread;
	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(request->number), "D"(request->arguments[0]),
			 "S"(request->arguments[1]), "d"(request->arguments[2]),
			 "r"(fourth)
			 : "rcx", "r11", "memory");
	return result;
}

long outside_call(long number, long first, long second, long third, long fourth)
{
	const struct request request = {number, {first, second, third, fourth}};

	if (!UNDER_VALGRIND)
		return syscall(number, first, second, third, fourth);
	const long result = (long)VALGRIND_NON_SIMD_CALL1(make, &request);
	if (result >= 0)
		return result;
	errno = (int)-result;
	return -1;
}

static bool is_beyond_limit(int fd)
{
	struct rlimit limit;

	return getrlimit(RLIMIT_NOFILE, &limit) == 0 && fd >= 0 &&
		(rlim_t)fd >= limit.rlim_cur;
}

bool outside_made(const struct match_seen *seen)
{
	if (!UNDER_VALGRIND)
		return false;
	switch (seen->number) {
	case SYS_mmap:
		return (seen->args[2] & PROT_EXEC) && (seen->args[3] & MAP_ANONYMOUS);
	case SYS_read:
	case SYS_write:
	case SYS_close:
	case SYS_fcntl:
		return is_beyond_limit((int)seen->args[0]);
	default:
		return false;
	}
}

#else

long outside_call(long number, long first, long second, long third, long fourth)
{
	return syscall(number, first, second, third, fourth);
}

bool outside_made(const struct match_seen *seen)
{
	(void)seen;
	return false;
}

#endif

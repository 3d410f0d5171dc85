/*
 * Faults where a C library makes the calls, and calls of another architecture.
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "planted.h"

static void *returns(void *arg)
{
	return arg;
}

static int create_and_join(void)
{
	pthread_t thread;
	const int error = pthread_create(&thread, NULL, returns, NULL);

	if (error == 0)
		need_zero(pthread_join(thread, NULL));
	return error;
}

PLANT(libc, third_thread, "pass",
	.claim = "pthread_create gives EAGAIN for the third clone3",
	.needs = NEED_SUPERVISOR)
{
	fault_arm("fail:fork#3=EAGAIN");
	must_return(create_and_join(), 0);
	must_return(create_and_join(), 0);
	must_return(create_and_join(), EAGAIN);
	must_return(create_and_join(), 0);
}

static int spawn_and_wait(void)
{
	char name[] = "true", *argv[] = {name, NULL};
	int status;
	pid_t child;
	const int error = posix_spawnp(&child, "true", NULL, NULL, argv, environ);

	if (error == 0)
		need(waitpid(child, &status, 0));
	return error;
}

PLANT(libc, second_spawn, "pass",
	.claim = "posix_spawn gives EAGAIN for the second clone3",
	.needs = NEED_SUPERVISOR)
{
	fault_arm("fail:fork#2=EAGAIN");
	must_return(spawn_and_wait(), 0);
	must_return(spawn_and_wait(), EAGAIN);
	must_return(spawn_and_wait(), 0);
}

PLANT(libc, second_popen, "pass",
	.claim = "popen gives NULL for the second clone3, and no descriptor is left",
	.needs = NEED_SUPERVISOR, .closes_all = true)
{
	/* Which errno is its own matter: glibc turns every one into ENOMEM (libio/iopopen.c). */
	FILE *stream = need(popen(":", "r"));

	fault_arm("fail:fork#1=EAGAIN");
	ck_assert_ptr_null(popen(":", "r"));
	need(pclose(stream));
	stream = need(popen(":", "r"));
	need(pclose(stream));
}

PLANT(libc, spawned_programs_too, "pass", .claim = "what was spawned is under the rule",
	.needs = NEED_SUPERVISOR)
{
	char name[] = "cat", file[] = "/etc/passwd", *argv[] = {name, file, NULL};
	posix_spawn_file_actions_t quiet;
	int status;
	pid_t child;

	need_zero(posix_spawn_file_actions_init(&quiet));
	need_zero(posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0));
	fault_arm("fail:open if path^/etc/passwd=EACCES");
	need_zero(posix_spawnp(&child, "cat", &quiet, NULL, argv, environ));
	need(waitpid(child, &status, 0));
	ck_assert_int_eq(WEXITSTATUS(status), 1);
	ck_assert_uint_eq(fault_fired(), 1);
}

#if defined(__x86_64__)
/* A call through the table of i386, as a 32-bit program makes it. */
static long call_i386(long number, long first, long second, long third, long fourth)
{
	long result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(number), "b"(first), "c"(second), "d"(third), "S"(fourth)
			 : "memory", "r8", "r9", "r10", "r11");
	return (int)result;
}

#define NO_I386 NULL
#else
#define NO_I386 "calls of i386 are made on x86-64 only"

static long call_i386(long number, long first, long second, long third, long fourth)
{
	(void)number, (void)first, (void)second, (void)third, (void)fourth;
	return -ENOSYS;
}

#endif

/* Numbers of i386 (asm/unistd_32.h). */
enum { I386_CLOSE = 6, I386_SOCKETCALL = 102, I386_IPC = 117, I386_SOCKET = 359 };

PLANT(libc, other_architecture, "pass", .claim = "calls of i386 are counted and fail",
	.needs = NEED_SUPERVISOR, .lacks = NO_I386)
{
	fault_arm("fail:close#2=EIO", "count:socket", "fail:semget#1 if flags&1=ENOSPC");
	const int fd = need(dup(0));
	need(close(fd));
	ck_assert_int_eq(call_i386(I386_CLOSE, -1, 0, 0, 0), -EIO);
	ck_assert_int_eq(call_i386(I386_CLOSE, -1, 0, 0, 0), -EBADF);
	ck_assert_int_ge(call_i386(I386_SOCKET, 1, 1, 0, 0), 3);
	ck_assert_int_eq(call_i386(I386_SOCKETCALL, 1, 0, 0, 0), -EFAULT);
	ck_assert_uint_eq(fault_seen("count:socket"), 2);
	ck_assert_int_lt(call_i386(I386_IPC, 24, -1, 0, 0), 0);
	ck_assert_int_eq(call_i386(I386_IPC, 2, 4711, 1, 0), -ENOENT);
	ck_assert_int_eq(call_i386(I386_IPC, 2, 4711, 1, 1), -ENOSPC);
}

#if defined(__x86_64__)
enum { I386_BASE = 0x08048000 };

/* A program for i386: opens /dev/null and exits with the error, or with minus the descriptor. */
static const struct {
	Elf32_Ehdr header;
	Elf32_Phdr segment;
	unsigned char code[25];
	char path[10];
} __attribute__((packed)) i386_program = {
	.header = {.e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS32,
			   ELFDATA2LSB, EV_CURRENT},
		.e_type = ET_EXEC,
		.e_machine = EM_386,
		.e_version = EV_CURRENT,
		.e_entry = I386_BASE + sizeof(Elf32_Ehdr) + sizeof(Elf32_Phdr),
		.e_phoff = sizeof(Elf32_Ehdr),
		.e_ehsize = sizeof(Elf32_Ehdr),
		.e_phentsize = sizeof(Elf32_Phdr),
		.e_phnum = 1},
	.segment = {.p_type = PT_LOAD,
		.p_vaddr = I386_BASE,
		.p_filesz = 119,
		.p_memsz = 119,
		.p_flags = PF_R | PF_X,
		.p_align = 4096},
	.code = {0xb8, 5, 0, 0, 0,            /* mov $5 (open), %eax */
		0xbb, 0x6d, 0x80, 0x04, 0x08, /* mov $path, %ebx */
		0x31, 0xc9,                   /* xor %ecx, %ecx */
		0xcd, 0x80,                   /* int $0x80 */
		0x89, 0xc3, 0xf7, 0xdb,       /* mov %eax, %ebx; neg %ebx */
		0xb8, 1, 0, 0, 0,             /* mov $1 (exit), %eax */
		0xcd, 0x80},                  /* int $0x80 */
	.path = "/dev/null",
};

static int run_i386_program(int program)
{
	char name[] = "i386", *argv[] = {name, NULL};
	int status;
	const pid_t child = need(fork());

	if (child == 0) {
		(void)fexecve(program, argv, environ);
		_exit(127);
	}
	need(waitpid(child, &status, 0));
	return WEXITSTATUS(status);
}
#else
static const char i386_program[1] = "";

static int run_i386_program(int program)
{
	return program;
}
#endif

PLANT(libc, program_of_another_architecture, "pass unsupported",
	.claim = "the calls of a 32-bit static program are counted with the rest",
	.needs = NEED_SUPERVISOR, .lacks = NO_I386)
{
	const int program = need((int)syscall(SYS_memfd_create, "i386", 0));
	need(write(program, &i386_program, sizeof(i386_program)));
	/* A kernel may be built without them. */
	need(run_i386_program(program) != 127 ? 0 : (errno = ENOSYS, -1));

	fault_arm("fail:open#2 if path^/dev/n=ENOSPC");
	ck_assert_int_gt(run_i386_program(program), 200);
	ck_assert_int_eq(run_i386_program(program), ENOSPC);
	ck_assert_int_gt(run_i386_program(program), 200);
}

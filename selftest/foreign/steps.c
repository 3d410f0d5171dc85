/*
 * A program of seven instructions, without a C library: makes d1 by the fourth, ends by the
 * seventh.
 */
#ifdef __i386__
__asm__(".globl _start\n"
	"_start:\n"
	"	movl $39, %eax\n" /* mkdir */
	"	movl $path, %ebx\n"
	"	movl $0777, %ecx\n"
	"	int $0x80\n"
	"	movl $1, %eax\n" /* exit */
	"	xorl %ebx, %ebx\n"
	"	int $0x80\n");
#else
__asm__(".globl _start\n"
	"_start:\n"
	"	movl $83, %eax\n" /* mkdir */
	"	leaq path(%rip), %rdi\n"
	"	movl $0777, %esi\n"
	"	syscall\n"
	"	movl $60, %eax\n" /* exit */
	"	xorl %edi, %edi\n"
	"	syscall\n");
#endif

const char path[] = "d1";

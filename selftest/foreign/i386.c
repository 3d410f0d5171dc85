/*
 * An i386 program without a C library: makes d1; ends by SIGILL when that fails, or waits for
 * ever when it was compiled to (WAITS).
 */
static int call(int number, const void *a, int b)
{
	int result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(number), "b"(a), "c"(b)
			 : "memory");
	return result;
}

void _start(void)
{
	if (call(39, "d1", 0777) < 0) { /* mkdir */
#ifdef WAITS
		(void)call(29, (const void *)0, 0); /* pause */
#endif
		__builtin_trap();
	}
	(void)call(1, (const void *)0, 0); /* exit */
	__builtin_trap();
}

/*
 * page: the page of the html report, reports/page.html, as it lies in the program.
 */
#include "page.h"

/* Assembled in, so that it can be edited and opened as what it is. */
__asm__(".section .rodata\n"
	".global page_html\n"
	"page_html:\n"
	".incbin \"reports/page.html\"\n"
	".byte 0\n"
	".previous\n");

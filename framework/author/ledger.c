#include "ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#if defined(__has_include)
#if __has_include(<valgrind/drd.h>) && __has_include(<valgrind/helgrind.h>)
#include <valgrind/drd.h>
#include <valgrind/helgrind.h>
#endif
#endif

struct ledger *ledger;

static _Thread_local int self_slot;
static bool in_point; /* of a sweep */

static const size_t mapping_bytes = sizeof(struct ledger) + LEDGER_ARENA_BYTES;

/* Its fields are atomic, which detectors of races do not know.  What the cases share is theirs
 * to guard. */
static void excuse_from_race_detection(void)
{
#ifdef VALGRIND_HG_DISABLE_CHECKING
	VALGRIND_HG_DISABLE_CHECKING(ledger, sizeof(*ledger));
	DRD_IGNORE_VAR(*ledger);
#endif
}

bool ledger_attach(void)
{
	void *const at = mmap(NULL, mapping_bytes, PROT_READ | PROT_WRITE, MAP_SHARED,
		LEDGER_FD, 0);

	if (at == MAP_FAILED)
		return false;
	ledger = at;
	excuse_from_race_detection();
	in_point = atomic_load(&ledger->point.is_open) != 0;
	return true;
}

bool ledger_create(void)
{
	if (ledger)
		(void)munmap(ledger, mapping_bytes);
	ledger = NULL;
	/* The raw call: memfd_create() came to glibc in 2.27 and to musl in 1.1.20. */
	const int made =
		(int)syscall(SYS_memfd_create, "assay-ledger", 1 /* MFD_CLOEXEC */);
	if (made < 0)
		return false;
	const bool placed = dup3(made, LEDGER_FD, O_CLOEXEC) == LEDGER_FD;
	const int error = errno;
	(void)close(made);
	errno = error;
	return placed && ftruncate(LEDGER_FD, (off_t)mapping_bytes) == 0 &&
		ledger_attach();
}

void ledger_enter_point(void)
{
	in_point = true;
}

int ledger_self(void)
{
	return self_slot;
}

void ledger_become(int slot)
{
	self_slot = slot;
}

const char *ledger_who(int slot)
{
	return slot == 0 ? "body" : ledger->peers[slot].name;
}

struct ledger_site ledger_site(const char *file, int line)
{
	struct ledger_site site = {.line = line};

	(void)snprintf(site.file, sizeof(site.file), "%s", file);
	return site;
}

static bool settle(enum verdict verdict, const char *who, struct ledger_site site,
	const char *got, const char *wanted, const char *format, va_list args)
	__attribute__((format(printf, 6, 0)));

static bool settle(enum verdict verdict, const char *who, struct ledger_site site,
	const char *got, const char *wanted, const char *format, va_list args)
{
	struct ledger_point *const point = in_point ? &ledger->point : NULL;
	_Atomic int *const settled = point ? &point->settled : &ledger->settled;
	struct ledger_outcome *const outcome = point ? &point->outcome : &ledger->outcome;
	int open = 0;

	if (!atomic_compare_exchange_strong(settled, &open, 1))
		return false;
	outcome->verdict = (int)verdict;
	outcome->site = site;
	(void)snprintf(outcome->who, sizeof(outcome->who), "%s", who);
	(void)snprintf(outcome->got, sizeof(outcome->got), "%s", got ? got : "");
	(void)snprintf(outcome->wanted, sizeof(outcome->wanted), "%s",
		wanted ? wanted : "");
	(void)vsnprintf(outcome->text, sizeof(outcome->text), format, args);
	for (char *c = outcome->text; *c; c++)
		if (*c == '\n' || *c == '\r')
			*c = ' '; /* a reason is one line */
	atomic_store(settled, 2);
	return true;
}

bool ledger_settle(enum verdict verdict, const char *who, struct ledger_site site,
	const char *got, const char *wanted, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	const bool done = settle(verdict, who ? who : ledger_who(self_slot), site, got,
		wanted, format, args);
	va_end(args);
	return done;
}

void ledger_end(enum verdict verdict, struct ledger_site site, const char *got,
	const char *wanted, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)settle(verdict, ledger_who(self_slot), site, got, wanted, format, args);
	va_end(args);
	atomic_store(&ledger->faults_off, 1);
	(void)fflush(NULL);
	const pid_t body = atomic_load(in_point ? &ledger->point.process : &ledger->body);
	if (body > 0 && body != getpid())
		(void)kill(body, SIGKILL);
	_exit(1);
}

#define TERMINATE(array) ((array)[sizeof(array) - 1] = '\0')

bool ledger_is_sane(void)
{
	struct ledger_outcome *const outcome = &ledger->outcome;

	TERMINATE(outcome->text);
	TERMINATE(outcome->got);
	TERMINATE(outcome->wanted);
	TERMINATE(outcome->who);
	TERMINATE(outcome->site.file);
	TERMINATE(ledger->leftovers);
	TERMINATE(ledger->map);
	for (int i = 0; i < LEDGER_SYSCTLS; i++) {
		TERMINATE(ledger->sysctls[i].name);
		TERMINATE(ledger->sysctls[i].old);
	}
	return ledger->magic == LEDGER_MAGIC && outcome->verdict >= 0 &&
		outcome->verdict < VERDICT_COUNT &&
		ledger->output_used <= LEDGER_OUTPUT_BYTES;
}

const struct rule *ledger_rules(const struct ledger_arming *arming)
{
	return (const struct rule *)((const char *)ledger + arming->rules_at);
}

struct supervisor_tally *ledger_tallies(const struct ledger_arming *arming)
{
	return (struct supervisor_tally *)((char *)ledger + arming->tallies_at);
}

void ledger_word_begins(void)
{
	(void)atomic_fetch_add(&ledger->peers[self_slot].in_word, 1);
}

void ledger_word_ends(void)
{
	(void)atomic_fetch_sub(&ledger->peers[self_slot].in_word, 1);
}

void ledger_waits(const char *file, int line, const char *format, ...)
{
	va_list args;

	ledger_word_begins();
	if (self_slot != 0)
		return;
	va_start(args, format);
	(void)vsnprintf(ledger->waiting_for, sizeof(ledger->waiting_for), format, args);
	va_end(args);
	ledger->waiting_at = ledger_site(file, line);
}

void ledger_waits_no_more(void)
{
	ledger_word_ends();
	if (self_slot == 0)
		ledger->waiting_for[0] = '\0';
}

void ledger_leftover(const char *format, ...)
{
	const size_t used = strlen(ledger->leftovers);
	const size_t room = sizeof(ledger->leftovers) - used;
	va_list args;

	va_start(args, format);
	const int wanted = vsnprintf(ledger->leftovers + used, room, format, args);
	va_end(args);
	if (wanted < 0 || (size_t)wanted + 1 >= room) {
		ledger->leftovers[used] = '\0';
		ledger->leftovers_cut = true;
		return;
	}
	for (char *c = ledger->leftovers + used; *c; c++)
		if (*c == '\n')
			*c = '?'; /* a line is one leftover */
	(void)strcpy(ledger->leftovers + used + wanted, "\n");
}

void ledger_futex_wait(_Atomic int *word, int value)
{
	/* A bounded wait: under emulators a wake-up can be lost, never a re-check. */
	const struct timespec limit = {.tv_nsec = 50 * 1000 * 1000};

	ledger_word_begins();
	if (syscall(SYS_futex, word, FUTEX_WAIT, value, &limit, NULL, 0) == -1 &&
		errno == ENOSYS)
		(void)usleep(1000);
	ledger_word_ends();
}

void ledger_futex_wake(_Atomic int *word)
{
	ledger_word_begins();
	(void)syscall(SYS_futex, word, FUTEX_WAKE, 0x7fffffff, NULL, NULL, 0);
	ledger_word_ends();
}

/*
 * Sweeps whose bad points are known: found, and only there.  Victims are assembly or plain
 * calls, so that a compiler moves no point; survivors look at what the victim left.
 */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "planted_sweep.h"

#ifdef __x86_64__
__asm__(".text\n"
	".globl planted_two_stores\n"
	".type planted_two_stores, @function\n"
	"planted_two_stores:\n"
	"	nop\n"
	"	movl $1, (%rdi)\n"
	"	movl $0, (%rdi)\n"
	"	ret\n"
	".size planted_two_stores, .-planted_two_stores\n"
	".globl planted_counting\n"
	".type planted_counting, @function\n"
	"planted_counting:\n"
	"	movl $5, %ecx\n"
	"1:	incl (%rdi)\n"
	"	decl %ecx\n"
	"	jnz 1b\n"
	"	movl $0, (%rdi)\n"
	"	ret\n"
	".size planted_counting, .-planted_counting\n");
#else
void planted_two_stores(void *state)
{
	((struct planted_state *)state)->word = 1;
	((struct planted_state *)state)->word = 0;
}

void planted_counting(void *state)
{
	for (int i = 1; i <= 5; i++)
		((struct planted_state *)state)->word = i;
	((struct planted_state *)state)->word = 0;
}
#endif

static void word_is_zero(void *state)
{
	ck_assert_int_eq(((struct planted_state *)state)->word, 0);
}

static void word_is_not_three(void *state)
{
	ck_assert_int_ne(((struct planted_state *)state)->word, 3);
}

PLANT_SWEEP(one_bad_instruction, "fail", .attack = ATTACK_EVERY_INSTRUCTION,
	.victim = planted_two_stores, .survivor = word_is_zero,
	.claim = "the one boundary between two stores is found");

PLANT_SWEEP(bad_round_of_a_loop, "fail", .attack = ATTACK_EVERY_INSTRUCTION,
	.victim = planted_counting, .survivor = word_is_not_three,
	.claim = "the third round of a loop is found, by the visits of its address");

PLANT_SWEEP(no_bad_instruction, "pass", .attack = ATTACK_EVERY_INSTRUCTION,
	.victim = planted_counting, .claim = "a sweep without a bad point passes");

SWEEP(planted, sweep, fact,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.victim = planted_two_stores,
	.survivor = word_is_zero,
	.state_bytes = sizeof(struct planted_state),
	.claim = "a fact is counted, never failed",
	.level = LEVEL_FACT,
	.spec = "pass");

/* A waiter that only the victim can wake. */
static void reads_a_byte(void *state)
{
	char byte;

	need(close(((struct planted_state *)state)->ends[1]));
	ck_assert_int_eq(need(read(((struct planted_state *)state)->ends[0], &byte, 1)),
		1);
}

static void pipe_and_reader(void *state)
{
	struct planted_state *const planted = state;

	need(pipe(planted->ends));
	planted->waiter = peer_start(reads_a_byte, planted);
	peer_wait_blocked(&planted->waiter, "read");
}

static void plain_pipe(void *state)
{
	need(pipe(((struct planted_state *)state)->ends));
}

static void writes_a_byte(void *state)
{
	(void)syscall(SYS_getppid);
	(void)syscall(SYS_write, ((struct planted_state *)state)->ends[1], "x", 1);
	(void)syscall(SYS_getppid);
}

static void joins_waiter(void *state)
{
	peer_join(&((struct planted_state *)state)->waiter);
}

PLANT_SWEEP(waiter_is_never_woken, "fail", .attack = ATTACK_EVERY_CALL,
	.setup = pipe_and_reader, .victim = writes_a_byte, .survivor = joins_waiter,
	.claim = "a waiter that nobody can wake any more is a bad point, by proof",
	.deadline_ms = 4000);

/* A byte lies in the pipe from the exit of the write to the entry of the read. */
static void writes_and_reads(void *state)
{
	struct planted_state *const planted = state;
	char byte;

	(void)syscall(SYS_getppid);
	(void)syscall(SYS_write, planted->ends[1], "x", 1);
	(void)syscall(SYS_read, planted->ends[0], &byte, 1);
	(void)syscall(SYS_getppid);
}

static void pipe_is_empty(void *state)
{
	char byte;

	need(fcntl(((struct planted_state *)state)->ends[0], F_SETFL, O_NONBLOCK));
	must_fail(read(((struct planted_state *)state)->ends[0], &byte, 1), EAGAIN);
}

PLANT_SWEEP(two_bad_calls, "fail", .attack = ATTACK_EVERY_CALL, .setup = plain_pipe,
	.victim = writes_and_reads, .survivor = pipe_is_empty,
	.claim = "the exit of one call and the entry of the next are found");

/* Two transfers; the first goes on where a short one stopped, the second does not. */
static void fill_pipe(void *state)
{
	plain_pipe(state);
	need(write(((struct planted_state *)state)->ends[1], "abcdefgh", 8));
}

static void reads_twice(void *state)
{
	struct planted_state *const planted = state;
	char bytes[4] = "";
	long got = 0;

	while (got < 4)
		got += syscall(SYS_read, planted->ends[0], bytes + got, 4 - (size_t)got);
	got = syscall(SYS_read, planted->ends[0], bytes, 4);
	if (got >= 1 && bytes[0] == 'e')
		planted->is_done = (int)got;
}

static void got_four(void *state)
{
	ck_assert_int_eq(((struct planted_state *)state)->is_done, 4);
}

PLANT_SWEEP(bad_short_read, "fail", .attack = ATTACK_SHORT, .setup = fill_pipe,
	.victim = reads_twice, .survivor = got_four,
	.claim = "the read that takes a short transfer for a whole one is found");

/* Three items in one writev, and a count that it relies on afterwards. */
static void writes_a_vector(void *state)
{
	struct planted_state *const planted = state;
	struct {
		const void *at;
		size_t length;
	} items[3] = {{"ab", 2}, {"cde", 3}, {"f", 1}};

	planted->handled = (int)syscall(SYS_writev, planted->ends[1], items, 3);
	planted->is_done = items[0].length + items[1].length + items[2].length == 6;
}

static void vector_is_as_before(void *state)
{
	struct planted_state *const planted = state;
	char bytes[8] = "";

	ck_assert_int_eq(planted->is_done, 1);
	ck_assert_int_eq(need(read(planted->ends[0], bytes, sizeof(bytes))),
		planted->handled);
	ck_assert_int_eq(memcmp(bytes, "abcdef", (size_t)planted->handled), 0);
	ck_assert_int_ge(planted->handled, 3);
}

PLANT_SWEEP(short_vector, "fail", .attack = ATTACK_SHORT, .setup = plain_pipe,
	.victim = writes_a_vector, .survivor = vector_is_as_before,
	.claim = "a vector is cut for one call only, and its bytes arrive in order");

static struct planted_state *handling;

static void count_signal(int number)
{
	(void)number;
	handling->handled++;
}

static void install_handler(void *state)
{
	const struct sigaction action = {.sa_handler = count_signal};

	handling = state;
	need(sigaction(SIGUSR1, &action, NULL));
}

static void raises_signal(void *state)
{
	(void)raise(SIGUSR1);
	((struct planted_state *)state)->is_done = 1;
}

static void signal_was_handled(void *state)
{
	const struct planted_state *const planted = state;

	if (planted->is_done)
		ck_assert_int_eq(planted->handled, 1);
	ck_assert_int_le(planted->handled, 1);
}

PLANT_SWEEP(signals_are_passed_on, "pass", .attack = ATTACK_EVERY_INSTRUCTION,
	.setup = install_handler, .victim = raises_signal, .survivor = signal_was_handled,
	.claim = "a victim that is traced gets its signals");

/* A path that is another one for each process. */
static void turns_with_its_pid(void *state)
{
	volatile int *const word = &((struct planted_state *)state)->word;

	for (int i = (int)(getpid() % 7); i > 0; i--)
		*word = i;
	*word = 0;
}

PLANT_SWEEP(path_changes, "pass", .attack = ATTACK_EVERY_INSTRUCTION,
	.victim = turns_with_its_pid,
	.claim = "a point on another path than the recorded one is counted and tried "
		 "again");

static void does_nothing(void *state)
{
	(void)state;
}

static void set_up_fails(void *state)
{
	(void)state;
	need(close(-1));
}

static void never_holds(void *state)
{
	(void)state;
	ck_assert_int_eq(1, 2);
}

static void exits_early(void *state)
{
	(void)state;
	_exit(0);
}

PLANT_SWEEP(setup_is_broken, "broken", .attack = ATTACK_EVERY_INSTRUCTION,
	.setup = set_up_fails, .victim = does_nothing,
	.claim = "a set-up that fails proves nothing");
PLANT_SWEEP(promise_never_holds, "fail", .attack = ATTACK_EVERY_INSTRUCTION,
	.victim = does_nothing, .survivor = never_holds,
	.claim = "a promise that does not hold without an attack is told from a bad "
		 "point");
PLANT_SWEEP(victim_exits, "broken", .attack = ATTACK_EVERY_INSTRUCTION,
	.victim = exits_early,
	.claim = "a victim that ends before its end cannot be recorded");
PLANT_SWEEP(no_call, "broken", .attack = ATTACK_EVERY_CALL, .victim = does_nothing,
	.claim = "a victim without a call has no point");
PLANT_SWEEP(without_an_attack, "broken", .victim = does_nothing,
	.claim = "a sweep names its attack");
PLANT_SWEEP(sample, "pass", .attack = ATTACK_EVERY_INSTRUCTION,
	.victim = planted_counting, .sample = 3,
	.claim = "three of its points are visited");

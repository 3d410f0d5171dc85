/*
 * Shared memory of a case, its notes, its names and its counting handlers.
 */
#include <fcntl.h>
#include <mqueue.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "planted.h"

static void writes_seven(void *arg)
{
	*(int *)arg = 7;
}

PLANT(arena, is_shared_and_zeroed, "pass", .claim = "peers write where the body reads")
{
	int *shared = arena(sizeof(*shared));

	ck_assert_int_eq(*shared, 0);
	struct peer p = peer_start(writes_seven, shared);
	peer_join(&p);
	ck_assert_int_eq(*shared, 7);
}

PLANT(arena, used_up, "broken", .claim = "more than the arena has is refused by name")
{
	(void)arena(5 << 20);
}

PLANT(arena, used_up_bit_by_bit, "broken", .claim = "an arena that never ends is refused")
{
	for (int i = 0; i < 1 << 20; i++)
		(void)arena(64);
}

PLANT(arena, huge_size, "broken", .claim = "a size near SIZE_MAX does not wrap around")
{
	(void)arena((size_t)-8);
}

PLANT(arena, unreadable_page_refuses_the_kernel, "pass",
	.claim = "the kernel answers EFAULT for the page, and takes the byte before it")
{
	int ends[2];
	char *page = unreadable_page();

	need(pipe(ends));
	page[-1] = 'x';
	must_fail(write(ends[1], page, 1), EFAULT);
	ck_assert_int_eq(need(write(ends[1], page - 1, 1)), 1);
}

PLANT(arena, unreadable_page_kills, "crash", .claim = "touching the page is a crash")
{
	*(volatile char *)unreadable_page() = 1;
}

PLANT(arena, fds_unchanged, "pass", .claim = "equal descriptors are seen as equal")
{
	const struct fds before = fds_snapshot();

	const int fd = need(dup(0));
	need(close(fd));
	ck_assert(fds_unchanged(&before));
}

PLANT(arena, fds_changed, "fail", .claim = "one more descriptor is seen")
{
	const struct fds before = fds_snapshot();

	need(dup(0));
	ck_assert(fds_unchanged(&before));
}

PLANT(arena, one_descriptor_less, "fail", .claim = "one descriptor less is seen")
{
	const struct fds before = fds_snapshot();

	need(close(0));
	ck_assert(fds_unchanged(&before));
}

PLANT(arena, pinned, "pass", .claim = "pin_to_one_cpu leaves one CPU")
{
	cpu_set_t set;

	pin_to_one_cpu();
	need(sched_getaffinity(0, sizeof(set), &set));
	ck_assert_int_eq(CPU_COUNT(&set), 1);
}

static void races_twice(void *arg)
{
	(void)arg;
	race_start(3);
	race_start(3);
}

PLANT(arena, race, "pass", .claim = "as many contestants as were called for start")
{
	struct peer first = peer_start(races_twice, NULL);
	struct peer second = peer_start(races_twice, NULL);

	races_twice(NULL);
	peer_join(&first);
	peer_join(&second);
}

PLANT(arena, race_with_one_missing, "timeout", .claim = "a race waits for all of them",
	.deadline_ms = SOON_MS)
{
	struct peer first = peer_start(races_twice, NULL);

	race_start(3);
	peer_join(&first);
}

PLANT(note, is_kept, "pass",
	.claim = "notes come with the result, the last value of a key")
{
	note("number", "%d", 1);
	note("number", "%d", 2);
	note("errno", "%s and %s", errno_name(EAGAIN), errno_name(0));
	note("markup", "<b>&\"'\001\xff]]>");
}

PLANT(note, of_a_failing_case, "fail", .claim = "notes of a failing case are kept")
{
	note("before", "it failed");
	ck_assert(errno == 3999);
}

static void notes(void *arg)
{
	note("peer", "%s", (const char *)arg);
}

PLANT(note, of_a_peer, "pass", .claim = "a peer can note")
{
	struct peer p = peer_start(notes, (void *)"was here");

	peer_join(&p);
}

PLANT(note, overflow, "pass broken",
	.claim = "more notes than there is room for are counted")
{
	for (int i = 0; i < 40; i++) {
		char key[16];
		(void)snprintf(key, sizeof(key), "key-%02d", i);
		note(key, "%d", i);
	}
}

PLANT(note, too_long, "pass broken",
	.claim = "a key and a value that are too long are cut")
{
	char text[400];

	memset(text, 'n', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	note(text, "%s", text);
}

PLANT(note, choice_allowed, "pass", .claim = "an allowed choice passes")
{
	note_choice("direction", "two-way", "one-way", "two-way");
}

PLANT(note, choice_not_allowed, "fail",
	.claim = "a choice outside the set fails, by name")
{
	note_choice("direction", "sideways", "one-way", "two-way");
}

PLANT(names, are_stable, "pass",
	.claim = "the same tag gives the same name, others another")
{
	char first[256];

	(void)snprintf(first, sizeof(first), "%s", own_name("q"));
	ck_assert_int_eq(first[0], '/');
	ck_assert_str_eq(first, own_name("q"));
	ck_assert_str_ne(first, own_name("r"));
	(void)snprintf(first, sizeof(first), "%s", own_path("f"));
	ck_assert_int_eq(first[0], '/');
	ck_assert_str_eq(first, own_path("f"));
	ck_assert_str_ne(first, own_path("g"));
	ck_assert_int_eq(own_key(1), own_key(1));
	ck_assert_int_ne(own_key(1), own_key(2));
	ck_assert_int_ne(own_key(1), 0);
}

static void names_it_too(void *arg)
{
	ck_assert_str_eq(own_name("q"), arg);
}

PLANT(names, are_the_same_in_a_peer, "pass", .claim = "a peer gets the names of its body")
{
	struct peer p = peer_start(names_it_too, (void *)own_name("q"));

	peer_join(&p);
}

PLANT(names, of_another_tag_in_a_peer, "fail", .claim = "another tag is another name")
{
	struct peer p = peer_start(names_it_too, (void *)own_name("other"));

	peer_join(&p);
}

PLANT(names, with_a_slash, "broken pass",
	.claim = "a tag that is no name is refused or usable")
{
	const int fd = need(shm_open(own_name("a/b"), O_CREAT | O_RDWR, 0600));

	need(close(fd));
}

PLANT(names, of_300_bytes, "broken pass",
	.claim = "a tag that is too long is refused or usable")
{
	char tag[301];

	memset(tag, 't', sizeof(tag) - 1);
	tag[sizeof(tag) - 1] = '\0';
	const int fd = need(shm_open(own_name(tag), O_CREAT | O_RDWR, 0600));
	need(close(fd));
}

static void counts(void *arg)
{
	(void)arg;
	handler_install(SIGUSR1, SA_RESTART);
	peer_rest();
	peer_rest();
	ck_assert_int_eq(handler_count_here(), 2);
}

PLANT(handler, counts, "pass", .claim = "handlers count where they run")
{
	struct peer p = peer_start(counts, NULL);

	peer_wait_resting(&p);
	ck_assert_int_eq(handler_count(&p), 0);
	peer_signal(&p, SIGUSR1);
	handler_wait(&p, 1);
	peer_resume(&p);
	peer_wait_resting(&p);
	peer_signal(&p, SIGUSR1);
	handler_wait(&p, 2);
	peer_resume(&p);
	peer_join(&p);
	ck_assert_int_eq(handler_count_here(), 0);
}

PLANT(handler, wait_without_a_signal, "timeout", .claim = "no signal, no end of the wait",
	.deadline_ms = SOON_MS)
{
	struct peer p = peer_start(counts, NULL);

	handler_wait(&p, 1);
}

static void ends(void *arg)
{
	(void)arg;
}

PLANT(handler, wait_for_a_peer_that_ends, "fail timeout",
	.claim = "a peer that ended runs no more handlers", .deadline_ms = SOON_MS)
{
	struct peer p = peer_start(ends, NULL);

	handler_wait(&p, 1);
}

PLANT(handler, of_sigkill, "broken", .claim = "SIGKILL cannot be handled")
{
	handler_install(SIGKILL, 0);
}

PLANT(handler, of_the_body, "pass", .claim = "the body can handle, too")
{
	handler_install(SIGUSR2, 0);
	need(raise(SIGUSR2));
	ck_assert_int_eq(handler_count_here(), 1);
}

PLANT(handler, counted_too_few, "fail", .claim = "the count is compared")
{
	handler_install(SIGUSR2, 0);
	need(raise(SIGUSR2));
	ck_assert_int_eq(handler_count_here(), 2);
}

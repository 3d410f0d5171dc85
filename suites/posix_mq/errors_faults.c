/*
 * errors_faults: mq_open() and mq_notify() when a system call that they need fails.  With
 * SIGEV_THREAD a C library needs more than the call of that name: something that waits for the
 * kernel's word, and a thread.
 */
#include <assay.h>
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct mq_attr small(void)
{
	return (struct mq_attr){.mq_maxmsg = 2, .mq_msgsize = 8};
}

static int create(void *object)
{
	struct mq_attr attributes = small();
	const mqd_t queue =
		mq_open(own_name("q"), O_RDWR | O_CREAT | O_EXCL, 0600, &attributes);

	*(mqd_t *)object = queue;
	return queue == (mqd_t)-1 ? errno : 0;
}

static void carries_a_message(void *object)
{
	const mqd_t queue = *(mqd_t *)object;
	char got[8] = "";

	must_succeed(mq_send(queue, "x", 1, 0));
	must_move(mq_receive(queue, got, sizeof(got), NULL), 1);
	ck_assert_int_eq(got[0], 'x');
	need(mq_close(queue));
	must_succeed(mq_unlink(own_name("q")));
}

static bool is_there(void)
{
	const mqd_t queue = mq_open(own_name("q"), O_RDONLY);

	if (queue != (mqd_t)-1)
		need(mq_close(queue));
	return queue != (mqd_t)-1;
}

static const struct failing_call creating[] = {
	{"mq-open-emfile", "mq_open", EMFILE, EMFILE, 0, NULL},
	{"mq-open-enfile", "mq_open", ENFILE, ENFILE, 0, NULL},
	{"mq-open-eacces", "mq_open", EACCES, EACCES, 0, NULL},
	{"mq-open-enospc", "mq_open", ENOSPC, ENOSPC, 0, NULL},
	{"mq-open-eintr", "mq_open", EINTR, EINTR, FAILING_MAY_SUCCEED, NULL},
	{"mq-open-enomem", "mq_open", ENOMEM, ENOMEM, 0, NULL},
};

CASE_EACH(posix_mq, errors, mq_open_under_failing_calls_leaves_nothing, creating,
	.claim = "mq_open(O_CREAT | O_EXCL) under a failing call gives the error and "
		 "leaves "
		 "nothing",
	.level = LEVEL_LINUX,
	.spec = "mq_open(3), ERRORS; POSIX.1-2024 mq_open(), ERRORS",
	.needs = NEED_SUPERVISOR | NEED_PROC)
{
	static const struct failing_subject subject = {
		"mq_open(O_CREAT | O_EXCL)", create, carries_a_message, is_there, NULL};

	failing_visit(row, &subject);
}

/* Every process has a descriptor of its own for the queue that the body made. */
static mqd_t queue_of_body(void)
{
	return (mqd_t)need(mq_open(own_name("n"), O_RDWR));
}

struct notice {
	sem_t told;
	pid_t thread; /* that told */
};

static void tell(union sigval value)
{
	struct notice *const notice = value.sival_ptr;

	notice->thread = gettid();
	(void)sem_post(&notice->told);
}

struct request {
	mqd_t queue;
	struct notice *notice;
};

static int ask_for_thread(void *object)
{
	struct request *const request = object;

	request->queue = queue_of_body();
	request->notice = arena(sizeof(*request->notice));
	need(sem_init(&request->notice->told, 1, 0));
	const struct sigevent event = {.sigev_notify = SIGEV_THREAD,
		.sigev_notify_function = tell,
		.sigev_value.sival_ptr = request->notice};
	const int error = mq_notify(request->queue, &event) == -1 ? errno : 0;
	if (error != 0)
		need(mq_close(request->queue));
	return error;
}

static void is_told_of_a_message(void *object)
{
	const struct request *const request = object;
	char got[8];

	must_succeed(mq_send(request->queue, "x", 1, 0));
	/* A notification that never comes ends with the deadline. */
	must_succeed(sem_wait(&request->notice->told));
	/* Nor is its thread taken for one that was left. */
	while (syscall(SYS_tgkill, getpid(), request->notice->thread, 0) == 0)
		(void)sched_yield();
	must_move(mq_receive(request->queue, got, sizeof(got), NULL), 1);
	need(mq_close(request->queue));
}

/* What the C library needs for the first request it keeps for the next; or has given back before
 * it calls the function. */
static void ask_before(void)
{
	struct request request;

	need_zero(ask_for_thread(&request));
	is_told_of_a_message(&request);
}

static const struct failing_subject first_request = {
	"mq_notify(SIGEV_THREAD)", ask_for_thread, is_told_of_a_message, NULL, NULL};
static const struct failing_subject later_request = {"another mq_notify(SIGEV_THREAD)",
	ask_for_thread, is_told_of_a_message, NULL, ask_before};

static void make_queue(void)
{
	struct mq_attr attributes = small();

	const mqd_t queue = need(mq_open(own_name("n"), O_RDWR | O_CREAT | O_EXCL, 0600,
		&attributes));
	need(mq_close(queue));
}

static void visit_mq_notify(const struct failing_call *how,
	const struct failing_subject *subject)
{
	make_queue();
	failing_visit(how, subject);
}

static const struct failing_call out_of_memory[] = {
	{"socket-enomem", "socket", ENOMEM, ENOMEM, 0, NULL},
	{"mmap-enomem", "mmap", ENOMEM, ENOMEM, 0, " if flags&MAP_STACK"},
};

CASE_EACH(posix_mq, errors, mq_notify_thread_without_memory_gives_enomem, out_of_memory,
	.claim = "mq_notify(SIGEV_THREAD) without memory gives ENOMEM and leaves nothing",
	.level = LEVEL_LINUX, .spec = "mq_notify(3), ERRORS: ENOMEM, insufficient memory",
	.needs = NEED_SUPERVISOR | NEED_PROC | NEED_MQ_NOTIFY)
{
	visit_mq_notify(row, &first_request);
}

static const struct failing_call refusing[] = {
	{"mq-notify-ebusy", "mq_notify", EBUSY, EBUSY, 0, NULL},
	{"mq-notify-enomem", "mq_notify", ENOMEM, ENOMEM, 0, NULL},
};

CASE_EACH(posix_mq, errors, mq_notify_thread_under_failing_calls_leaves_nothing, refusing,
	.claim = "mq_notify(SIGEV_THREAD) that the kernel refuses gives its error and "
		 "leaves nothing",
	.level = LEVEL_LINUX,
	.spec = "mq_notify(3), ERRORS; POSIX.1-2024 mq_notify(), ERRORS",
	.needs = NEED_SUPERVISOR | NEED_PROC | NEED_MQ_NOTIFY)
{
	visit_mq_notify(row, &later_request);
}

static const struct failing_call passing[] = {
	{"socket-emfile", "socket", EMFILE, FAILING_ANY, 0, NULL},
	{"socket-enfile", "socket", ENFILE, FAILING_ANY, 0, NULL},
	{"socket-enomem", "socket", ENOMEM, FAILING_ANY, 0, NULL},
	{"fork-eagain", "fork", EAGAIN, FAILING_ANY, 0, NULL},
	{"mmap-enomem", "mmap", ENOMEM, FAILING_ANY, 0, " if flags&MAP_STACK"},
};

CASE_EACH(posix_mq, errors, mq_notify_thread_works_after_a_failure, passing,
	.claim = "mq_notify(SIGEV_THREAD) that failed for want of a resource leaves "
		 "nothing, and "
		 "works once there is enough",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_notify(), DESCRIPTION; ENOSYS is not among its ERRORS",
	.needs = NEED_SUPERVISOR | NEED_PROC | NEED_MQ_NOTIFY)
{
	visit_mq_notify(row, &first_request);
}

#define LOSES_NOTHING(function)                                            \
	.level = LEVEL_LIBC,                                               \
	.spec = function "(3), RETURN VALUE: there is nothing by which a " \
			 "caller could free it",                           \
	.needs = NEED_SUPERVISOR | NEED_MEMCHECK

CASE(posix_mq, errors, mq_open_that_fails_loses_no_memory,
	.claim = "mq_open(O_CREAT | O_EXCL) that fails has lost no block of memory",
	LOSES_NOTHING("mq_open"))
{
	static const struct failing_subject subject = {
		"mq_open(O_CREAT | O_EXCL)", create, carries_a_message, is_there, NULL};

	failing_loses_nothing(creating, &subject);
}

CASE(posix_mq, errors, first_mq_notify_thread_that_fails_loses_no_memory,
	.claim = "the first mq_notify(SIGEV_THREAD) of a process, when it fails, has "
		 "lost no block "
		 "of memory",
	LOSES_NOTHING("mq_notify"))
{
	make_queue();
	failing_loses_nothing(passing, &first_request);
}

CASE(posix_mq, errors, later_mq_notify_thread_that_fails_loses_no_memory,
	.claim = "a later mq_notify(SIGEV_THREAD) of a process, when it fails, has lost "
		 "no block "
		 "of memory",
	LOSES_NOTHING("mq_notify"))
{
	make_queue();
	failing_loses_nothing(refusing, &later_request);
}

/* Asked for before the victim runs, whose calls are those of the function alone. */
struct named {
	const char *name;
	bool is_made;
};

static void name_it(void *state)
{
	((struct named *)state)->name = own_name("q");
}

static void make_named(void *arg)
{
	struct named *const state = arg;
	struct mq_attr attributes = small();

	state->is_made = mq_open(state->name, O_RDWR | O_CREAT | O_EXCL, 0600,
				 &attributes) != (mqd_t)-1;
}

static void is_made_or_absent(void *arg)
{
	const struct named *const state = arg;
	struct mq_attr attributes = small();
	mqd_t queue = mq_open(state->name, O_RDWR);

	ck_assert_int_eq(queue != (mqd_t)-1, state->is_made);
	if (queue == (mqd_t)-1)
		queue = must_succeed(mq_open(state->name, O_RDWR | O_CREAT | O_EXCL, 0600,
			&attributes));
	carries_a_message(&queue);
}

SWEEP(posix_mq, errors, mq_open_under_every_error_of_its_calls_makes_it_or_leaves_none,
	.attack = ATTACK_ERRNO,
	.setup = name_it,
	.victim = make_named,
	.survivor = is_made_or_absent,
	.state_bytes = sizeof(struct named),
	.claim = "mq_open(O_CREAT | O_EXCL) that fails has made no queue, with whichever error "
		 "each of its calls fails",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), RETURN VALUE and ERRORS");

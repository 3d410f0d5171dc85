/*
 * data_times: the times of a queue where a long has 32 bits, and a time two words.
 */
#include <limits.h>
#include <stdint.h>
#include <sys/msg.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "assay.h"
#include "delivery.h"
#include "queue.h"

/* The three times, put together from both words of each. */
struct times {
	uint64_t sent, received, changed;
};

#if ULONG_MAX == UINT32_MAX && defined(SYS_msgctl)
#include <asm/msgbuf.h>
#include <string.h>

#define TIMES_LACK_WORDS NULL

static struct times times_of(int id)
{
	/* Where the call is older than Linux 5.1 a bit asks for this layout, which the later ones
	 * refuse. */
	enum { IPC_64_LAYOUT = 0x100 };
	struct msqid64_ds status;

	memset(&status, 0xaa, sizeof(status));
	if (syscall(SYS_msgctl, id, IPC_STAT | IPC_64_LAYOUT, &status) == -1)
		need(syscall(SYS_msgctl, id, IPC_STAT, &status));
	return (struct times){
		(uint64_t)status.msg_stime_high << 32 | status.msg_stime,
		(uint64_t)status.msg_rtime_high << 32 | status.msg_rtime,
		(uint64_t)status.msg_ctime_high << 32 | status.msg_ctime,
	};
}
#else
#define TIMES_LACK_WORDS "a time is not two words in this ABI"

static struct times times_of(int id)
{
	const struct msqid_ds status = queue_status(id);

	return (struct times){(uint64_t)status.msg_stime, (uint64_t)status.msg_rtime,
		(uint64_t)status.msg_ctime};
}
#endif

CASE(sysv_msg, data, reserved_high_time_fields_zero,
	.claim = "the kernel writes both words of msg_stime, msg_rtime and msg_ctime: together "
		 "they are 0, or the time",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), struct msqid64_ds of 32-bit architectures",
	.lacks = TIMES_LACK_WORDS)
{
	const uint64_t earliest = (uint64_t)time(NULL) - 1;
	const int id = queue_made(1, 0600);

	queue_put(id, {1, "x"});
	const struct times times = times_of(id);
	const uint64_t latest = (uint64_t)time(NULL) + 1;
	ck_assert_uint_ge(times.sent, earliest);
	ck_assert_uint_le(times.sent, latest);
	ck_assert_uint_eq(times.received, 0);
	ck_assert_uint_ge(times.changed, earliest);
	ck_assert_uint_le(times.changed, latest);
}

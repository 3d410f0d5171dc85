/*
 * budget: the bytes that RLIMIT_MSGQUEUE leaves a user for queues, used up by one queue.  Cases
 * that include this say `.alone = "user-mqueue-bytes"`.
 */
#ifndef ASSAY_SUITES_POSIX_MQ_BUDGET_H
#define ASSAY_SUITES_POSIX_MQ_BUDGET_H

enum {
	LARGE = 4000, /* mq_msgsize beside which what the kernel adds counts little */
	ROOM_FOR_ONE = 6000, /* bytes for one queue of one such message, not for two */
};

#endif

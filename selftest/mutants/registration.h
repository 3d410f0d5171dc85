/*
 * registration: for mutants of mq_notify(): what the process that includes it, in its mutant,
 * has asked for, and how many messages there are.
 */
#ifndef ASSAY_SELFTEST_REGISTRATION_H
#define ASSAY_SELFTEST_REGISTRATION_H

#include "mutant.h"

#include <mqueue.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

/* The registration of process WHO, in its memory and that of the children it forks. */
struct registration {
	pid_t who; /* 0: none */
	mqd_t queue;
	struct sigevent event;
};

static inline bool registration_is_own(const struct registration *asked)
{
	return mutant_is_active() && asked->who == getpid();
}

/* mq_notify() that keeps what it was asked for in *ASKED. */
static inline int registration_made(struct registration *asked, mqd_t queue,
	const struct sigevent *event)
{
	const int result = REAL(mq_notify)(queue, event);

	if (result == 0)
		*asked = (struct registration){
			.who = event ? getpid() : 0, .queue = queue};
	if (result == 0 && event)
		asked->event = *event;
	return result;
}

static inline long messages_in(mqd_t queue)
{
	struct mq_attr now = {0};

	(void)mq_getattr(queue, &now);
	return now.mq_curmsgs;
}

#endif

/*
 * status: whether two answers about a queue, of IPC_STAT or MSG_STAT, say the same.
 */
#ifndef ASSAY_SUITES_SYSV_MSG_STATUS_H
#define ASSAY_SUITES_SYSV_MSG_STATUS_H

#include <sys/msg.h>

/** The claim: GOT has the values of WANTED in every member of struct msqid_ds. */
#define status_must_equal(got, wanted) \
	status_must_equal_at((got), (wanted), __FILE__, __LINE__)
void status_must_equal_at(struct msqid_ds got, struct msqid_ds wanted, const char *file,
	int line);

#endif

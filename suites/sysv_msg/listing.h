/*
 * listing: what /proc says of the queues of a namespace.
 */
#ifndef ASSAY_SUITES_SYSV_MSG_LISTING_H
#define ASSAY_SUITES_SYSV_MSG_LISTING_H

/** A line of /proc/sysvipc/msg. */
struct listed {
	int key, id;
	unsigned mode;
	unsigned long cbytes, qnum;
	int lspid, lrpid;
	unsigned uid, gid, cuid, cgid;
	long long stime, rtime, ctime;
};

/** How many lines of /proc/sysvipc/msg are about the queue ID; the last of them in *LINE. */
int queue_listed(int id, struct listed *line);

#endif

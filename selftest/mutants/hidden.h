/*
 * hidden: the process outside all cases that holds descriptors and answers system calls for
 * a mutant.  Used by mutant.c only.
 */
#ifndef ASSAY_SELFTEST_HIDDEN_H
#define ASSAY_SELFTEST_HIDDEN_H

enum hidden_order {
	HIDDEN_RELEASE, /* close all that is held */
	HIDDEN_HOLD,    /* keep the descriptor that comes with it */
	HIDDEN_LISTEN,  /* answer for the listener that comes with it */
};

/** Starts the process, a child of the caller; the other end of its socket becomes the
 *  descriptor SOCKET.  It ends when nobody has that end any more. */
void hidden_start(int socket);

/** Sends an order, with FD if it is not negative. */
void hidden_tell(int socket, enum hidden_order order, int fd);

struct mutant_calls;

/** Filters CALLS of the caller and what it starts; their listener is sent to the hidden
 *  process.  Does nothing where the caller already has a listener. */
void hidden_filter(int socket, const struct mutant_calls *calls);

#endif

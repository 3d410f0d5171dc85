/*
 * notification: to be told of a message by a signal.  The signal is held back and taken when
 * the case asks: the kernel sends it inside mq_send(), so that once this has returned there is
 * a signal or there never will be.
 */
#ifndef ASSAY_SUITES_POSIX_MQ_NOTIFICATION_H
#define ASSAY_SUITES_POSIX_MQ_NOTIFICATION_H

#include <mqueue.h>
#include <signal.h>

enum { NOTICE = SIGUSR1 };

/** Holds SIGNAL back in the caller, which has a handler with SA_SIGINFO for it: only then does
 *  POSIX promise that it is queued and has a value (XSH 2.4.1). */
void signal_hold(int signal);

/** What mq_notify() is given for SIGNAL with VALUE. */
struct sigevent by_signal(int signal, int value);

/** What mq_notify() gives when the caller asks to be told of QUEUE by NOTICE, which is held
 *  back from then on. */
int notice_asked(mqd_t queue);

/** How many NOTICEs were pending for the caller, 0 or 1.  It takes them. */
int notices_taken(void);

/** Takes SIGNAL where it is pending; si_signo is 0 where it is not. */
siginfo_t signal_taken(int signal);

/** How many threads the caller's process has.  Wants NEED_PROC. */
long threads_now(void);

/** What mq_notify() gives to another process that asks to be told of own_name(TAG): 0 or its
 *  errno.  That process has ended on return, and its registration with it. */
int notice_asked_elsewhere(const char *tag);

#endif

/*
 * host_calls: the system calls of the machine that emulates this one.  /proc shows a process
 * of an emulated program in the calls that the emulator makes for it.
 */
#ifndef ASSAY_WORKER_HOST_CALLS_H
#define ASSAY_WORKER_HOST_CALLS_H

/** Where this program is emulated by one that makes its calls in the same thread (qemu-user),
 *  lets proofs of blocking use them (observe_through). */
void host_calls_use(void);

#endif

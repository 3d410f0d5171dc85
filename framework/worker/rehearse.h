/*
 * rehearse: does once in the worker what every case does around its body.  Where the program
 * is translated as it runs, a process that is forked finds translated what its parent has
 * executed, and nothing of what an earlier child has.  No verdict depends on it.
 */
#ifndef ASSAY_WORKER_REHEARSE_H
#define ASSAY_WORKER_REHEARSE_H

/** Called once, before the first case; does nothing where the processor runs the worker. */
void rehearse(void);

#endif

/*
 * answer: the lines that a worker writes (docs/protocol.md).
 */
#ifndef ASSAY_WORKER_ANSWER_H
#define ASSAY_WORKER_ANSWER_H

#include "text.h"
#include "worker.h"

/** Appends ,"KEY":"VALUE" to LINE. */
void answer_string(struct text *line, const char *key, const char *value);

#endif

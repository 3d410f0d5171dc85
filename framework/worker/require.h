/*
 * require: what this target can offer its cases, found out by doing it, once, in children
 * that are confined like a case.
 */
#ifndef ASSAY_WORKER_REQUIRE_H
#define ASSAY_WORKER_REQUIRE_H

#include "author/ledger.h"
#include "confine.h"
#include "observe.h"

struct abilities {
	unsigned has; /* NEED_ bits */
	enum proof proof;
	char why_not[NEED_COUNT][160]; /* for each bit that is not in has */
};

/** Tries everything.  OWN_KERNEL: the user says that global sysctls may be changed. */
void require_probe(const struct confinement *with, bool own_kernel,
	struct abilities *out);

/** What ENTRY needs: its .needs, and what every sweep needs. */
unsigned require_needs(const struct case_entry *entry);

/** The isolation that ENTRY runs in: that of the worker, without the user namespace where it
 *  needs to be root on the host, or real-time priorities as root. */
unsigned require_isolation(const struct confinement *with,
	const struct case_entry *entry);

/** Why ENTRY cannot run here, or NULL: its .lacks, or the first of its needs that is
 *  missing. */
const char *require_missing(const struct abilities *abilities,
	const struct case_entry *entry);

#endif

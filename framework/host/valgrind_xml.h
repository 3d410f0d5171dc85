/*
 * valgrind_xml: the XML that one process under valgrind writes, taken apart as it comes.  A
 * process that dies leaves it unfinished, one that was forked begins in the middle.
 */
#ifndef ASSAY_HOST_VALGRIND_XML_H
#define ASSAY_HOST_VALGRIND_XML_H

#include <stdbool.h>
#include <stddef.h>

/** One error; texts are owned, never NULL. */
struct finding {
	char *kind; /* "InvalidRead" */
	char *what; /* "Invalid read of size 4" */
	char *about; /* "Address 0x0 is not stack'd, malloc'd or (recently) free'd", or "" */
	char *where; /* the function of a suite, or else of assay, in which it arose, or "" */
	char *file; /* and this place */
	int line;
	char *story; /* all of it up to the case, in lines for a person */
};

void finding_free(struct finding *finding);

/** Gets each error, and owns it. */
typedef void (*finding_sink)(void *to, const struct finding *finding);

struct valgrind_xml;

/** Whether this build can read XML. */
bool valgrind_xml_is_readable(void);

/** A reader that gives to SINK(TO, ...) what it finds. */
struct valgrind_xml *valgrind_xml_open(finding_sink sink, void *to);

/** Takes the next piece.  One that begins a document ends the one before: the process has
 *  executed another program.  Of what is no XML the rest is passed over. */
void valgrind_xml_feed(struct valgrind_xml *xml, const char *bytes, size_t count);

/** The process is gone: an error that it did not finish counts as far as it was told.
 *  Releases XML. */
void valgrind_xml_close(struct valgrind_xml *xml);

#endif

/*
 * tree: pictures of directories, to find out what a program made, changed and removed, and
 * copies of them.
 */
#ifndef ASSAY_WORKER_TREE_H
#define ASSAY_WORKER_TREE_H

#include "problem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>

/** Bounds of a directory that is copied for each run. */
enum { TREE_ENTRIES_MAX = 20000, TREE_BYTES_MAX = 64 << 20 };

/** One file, directory or other object that has a name. */
struct tree_entry {
	char *path; /* as it is reported */
	mode_t mode;
	uint64_t digest; /* of what a file holds, a link points to */
	off_t size;
	ino_t inode;
	struct timespec changed; /* st_ctim */
};

struct tree {
	struct tree_entry *entries; /* sorted by path once tree_sort() was called */
	size_t count, room;
	uint64_t bytes;
	bool is_cut; /* there were more than TREE_ENTRIES_MAX */
};

void tree_free(struct tree *tree);
void tree_sort(struct tree *tree);

/** Adds an object that is no file. */
void tree_add(struct tree *tree, const char *path, uint64_t digest);

/** Adds what lies below the directory FD, its paths after PREFIX.  A file of KNOWN (may be
 *  NULL; sorted) with the same path, inode, size and time of change is not read again when
 *  KNOWN holds more than a mebibyte: only what a shared mapping wrote is then missed. */
void tree_read(struct tree *tree, int fd, const char *prefix, const struct tree *known);

enum tree_difference { TREE_NEW, TREE_CHANGED, TREE_GONE };
typedef void (*tree_visitor)(void *context, enum tree_difference difference,
	const struct tree_entry *entry);

/** Visits in what AFTER differs from BEFORE, both sorted, in order; the entry is AFTER's, or
 *  the one that is gone.  Returns how many differences there are. */
size_t tree_compare(const struct tree *before, const struct tree *after,
	tree_visitor visitor, void *context);

/** Copies what lies in directory FROM into directory TO: files, directories, symbolic links
 *  and FIFOs, with their modes, owners where allowed, and times.  False with *WHY when it is
 *  more than the bounds, or a file cannot be read or written. */
bool tree_copy(int from, int to, struct problem *why);

/** Removes what lies in directory FD, without following links. */
void tree_empty(int fd);

/** A digest of SIZE bytes. */
uint64_t tree_digest(const void *bytes, size_t size);

#endif

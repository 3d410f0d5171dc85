#include "tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { DEPTH_MAX = 64, PATH_BYTES = 4096, TRUSTED_BYTES = 1 << 20 };

void tree_free(struct tree *tree)
{
	for (size_t i = 0; i < tree->count; i++)
		free(tree->entries[i].path);
	free(tree->entries);
	*tree = (struct tree){.count = 0};
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct tree_entry *)a)->path,
		((const struct tree_entry *)b)->path);
}

void tree_sort(struct tree *tree)
{
	if (tree->count > 1)
		qsort(tree->entries, tree->count, sizeof(tree->entries[0]), by_path);
}

/* Multiplied and rotated, eight bytes at a time: files are compared by it, nobody attacks
 * it. */
uint64_t tree_digest(const void *bytes, size_t size)
{
	const unsigned char *at = bytes;
	uint64_t digest = 0x9e3779b97f4a7c15ULL ^ size, word;

	for (; size >= sizeof(word); size -= sizeof(word), at += sizeof(word)) {
		(void)memcpy(&word, at, sizeof(word));
		digest = (digest ^ word) * 0xff51afd7ed558ccdULL;
		digest ^= digest >> 29;
	}
	word = 0;
	(void)memcpy(&word, at, size);
	digest = (digest ^ word) * 0xc4ceb9fe1a85ec53ULL;
	return digest ^ digest >> 32;
}

static struct tree_entry *append(struct tree *tree, const char *path)
{
	if (tree->count == TREE_ENTRIES_MAX) {
		tree->is_cut = true;
		return NULL;
	}
	if (tree->count == tree->room) {
		const size_t room = tree->room ? 2 * tree->room : 64;
		struct tree_entry *const larger =
			realloc(tree->entries, room * sizeof(*larger));
		if (!larger) {
			tree->is_cut = true;
			return NULL;
		}
		tree->entries = larger;
		tree->room = room;
	}
	struct tree_entry *const entry = &tree->entries[tree->count];
	*entry = (struct tree_entry){.path = strdup(path)};
	if (!entry->path) {
		tree->is_cut = true;
		return NULL;
	}
	tree->count++;
	return entry;
}

void tree_add(struct tree *tree, const char *path, uint64_t digest)
{
	struct tree_entry *const entry = append(tree, path);

	if (entry)
		entry->digest = digest;
}

static uint64_t digest_of_file(int directory, const char *name, off_t size)
{
	const int fd =
		openat(directory, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	uint64_t digest = 1;

	if (fd < 0)
		return digest;
	void *const bytes = size > 0
		? mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, fd, 0)
		: MAP_FAILED;
	if (bytes != MAP_FAILED) {
		digest = tree_digest(bytes, (size_t)size);
		(void)munmap(bytes, (size_t)size);
	} else {
		/* What cannot be mapped (a message queue) is read: a line. */
		char text[512];
		const ssize_t got = read(fd, text, sizeof(text));
		digest = tree_digest(text, got > 0 ? (size_t)got : 0);
	}
	(void)close(fd);
	return digest;
}

static uint64_t digest_of_link(int directory, const char *name)
{
	char target[PATH_BYTES];
	const ssize_t length = readlinkat(directory, name, target, sizeof(target));

	return tree_digest(target, length > 0 ? (size_t)length : 0);
}

static const struct tree_entry *find(const struct tree *tree, const char *path)
{
	const struct tree_entry wanted = {.path = (char *)(uintptr_t)path};

	return tree && tree->count
		? bsearch(&wanted, tree->entries, tree->count, sizeof(wanted), by_path)
		: NULL;
}

/* The digest of ENTRY as KNOWN has it, if the file has not been changed since. */
static bool is_known(const struct tree *known, struct tree_entry *entry)
{
	const struct tree_entry *const old =
		known && known->bytes > TRUSTED_BYTES ? find(known, entry->path) : NULL;

	if (!old || old->inode != entry->inode || old->size != entry->size ||
		old->changed.tv_sec != entry->changed.tv_sec ||
		old->changed.tv_nsec != entry->changed.tv_nsec)
		return false;
	entry->digest = old->digest;
	return true;
}

static int open_directory(int parent, const char *name)
{
	return openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static bool is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static void read_entry(struct tree *tree, int directory, const char *name,
	const char *path, const struct tree *known)
{
	struct stat about;
	struct tree_entry *const entry = append(tree, path);

	if (!entry || fstatat(directory, name, &about, AT_SYMLINK_NOFOLLOW) != 0)
		return;
	entry->mode = about.st_mode;
	entry->inode = about.st_ino;
	entry->changed = about.st_ctim;
	if (S_ISREG(about.st_mode)) {
		entry->size = about.st_size;
		tree->bytes += (uint64_t)about.st_size;
		if (!is_known(known, entry))
			entry->digest = digest_of_file(directory, name, about.st_size);
	} else if (S_ISLNK(about.st_mode)) {
		entry->digest = digest_of_link(directory, name);
	}
}

static void read_below(struct tree *tree, int fd, const char *prefix,
	const struct tree *known, int depth)
{
	DIR *const directory = fd >= 0 ? fdopendir(fd) : NULL;
	char path[PATH_BYTES];

	if (!directory && fd >= 0)
		(void)close(fd);
	for (const struct dirent *entry; directory && (entry = readdir(directory));) {
		if (is_dots(entry->d_name))
			continue;
		(void)snprintf(path, sizeof(path), "%s%s", prefix, entry->d_name);
		read_entry(tree, dirfd(directory), entry->d_name, path, known);
		if (entry->d_type != DT_DIR || depth == DEPTH_MAX)
			continue;
		const size_t length = strlen(path);
		(void)snprintf(path + length, sizeof(path) - length, "/");
		read_below(tree, open_directory(dirfd(directory), entry->d_name), path,
			known, depth + 1);
	}
	if (directory)
		(void)closedir(directory);
}

void tree_read(struct tree *tree, int fd, const char *prefix, const struct tree *known)
{
	/* An open file of its own: FD's may stand anywhere. */
	read_below(tree, openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), prefix,
		known, 0);
}

size_t tree_compare(const struct tree *before, const struct tree *after,
	tree_visitor visitor, void *context)
{
	size_t a = 0, b = 0, count = 0;

	while (a < before->count || b < after->count) {
		const struct tree_entry *const old = &before->entries[a];
		const struct tree_entry *const now = &after->entries[b];
		const int order = a == before->count ? 1
			: b == after->count          ? -1
						     : strcmp(old->path, now->path);
		a += order <= 0;
		b += order >= 0;
		if (order == 0 && old->mode == now->mode && old->size == now->size &&
			old->digest == now->digest)
			continue;
		count++;
		if (visitor)
			visitor(context,
				order < 0           ? TREE_GONE
					: order > 0 ? TREE_NEW
						    : TREE_CHANGED,
				order < 0 ? old : now);
	}
	return count;
}

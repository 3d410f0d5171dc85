/*
 * The key that ftok() makes of a file and a number.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <sys/ipc.h>
#include <unistd.h>

#include "assay.h"
#include "queue.h"

/* Creates the empty file own_path(TAG), whose name below the working directory is TAG. */
static const char *file_made(const char *tag)
{
	const char *path = own_path(tag);

	const int fd = need(open(path, O_CREAT | O_EXCL | O_WRONLY, 0600));
	need(close(fd));
	return path;
}

static const struct path_row {
	const char *name;
	const char *path; /* a tag of own_path() */
} path_rows[] = {
	{"same-path", "f"},
	{"hard-link", "hard"},
	{"symbolic-link", "soft"},
};

struct lookup {
	const char *path;
	key_t key;
};

static void make_key(void *arg)
{
	struct lookup *lookup = arg;

	lookup->key = must_succeed(ftok(lookup->path, 'a'));
}

CASE_EACH(sysv_msg, open, ftok_same_file_same_id_same_key, path_rows,
	.claim = "ftok() gives one key for every path of one file, in every process",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 ftok(), DESCRIPTION")
{
	const char *file = file_made("f");
	struct lookup *lookup = arena(sizeof(*lookup));

	need(link(file, own_path("hard")));
	need(symlink(file, own_path("soft")));
	const key_t key = must_succeed(ftok(file, 'a'));

	lookup->path = own_path(row->path);
	struct peer other = peer_start(make_key, lookup);
	peer_join(&other);
	ck_assert_int_eq(lookup->key, key);
	need(chdir("/"));
	ck_assert_int_eq(must_succeed(ftok(lookup->path + 1, 'a')), key);
}

enum { IDS = 256 };

CASE(sysv_msg, open, ftok_different_id_different_key,
	.claim = "whether ftok() gives different keys for one file and the ids 1 to 255",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 ftok(), DESCRIPTION: should")
{
	const char *file = file_made("f");
	key_t keys[IDS];
	bool distinct = true;

	for (int id = 1; id < IDS; id++) {
		keys[id] = must_succeed(ftok(file, id));
		for (int other = 1; other < id; other++)
			distinct = distinct && keys[other] != keys[id];
	}
	note_choice("keys of ids 1 to 255", distinct ? "all different" : "some equal",
		"all different", "some equal");
}

static const struct {
	const char *name;
	int id; /* its low eight bits are those of 'A' */
} wide_rows[] = {
	{"bits-above", 'A' + 256},
	{"all-bits-above", 'A' - 256},
	{"highest-bit-above", 'A' + 0x40000000},
};

CASE_EACH(sysv_msg, open, ftok_uses_low_eight_bits, wide_rows,
	.claim = "ftok() ignores all but the low-order eight bits of its id",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 ftok(), DESCRIPTION")
{
	const char *file = file_made("f");
	const key_t key = must_succeed(ftok(file, 'A'));

	ck_assert_int_eq(must_succeed(ftok(file, row->id)), key);
}

static const struct {
	const char *name;
	int id;
} zero_rows[] = {
	{"zero", 0},
	{"low-bits-zero", 256},
};

CASE_EACH(sysv_msg, open, ftok_zero_id, zero_rows,
	.claim = "whether ftok() gives a key when the low eight bits of the id are zero",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 ftok(), DESCRIPTION: unspecified")
{
	note_choice("id zero", ftok(file_made("f"), row->id) == -1 ? "-1" : "a key", "-1",
		"a key");
}

CASE(sysv_msg, open, ftok_different_files_different_keys,
	.claim = "whether ftok() gives different keys for two files that exist at once",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 ftok(), DESCRIPTION: should")
{
	const key_t first = must_succeed(ftok(file_made("f"), 'a'));
	const key_t second = must_succeed(ftok(file_made("g"), 'a'));

	note_choice("keys of two files", first != second ? "different" : "equal",
		"different", "equal");
}

#include "targets.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool parse(const char *text, struct targets *out, struct problem *why)
{
	*out = (struct targets){.count = 0};
	return targets_parse("f.ini", text, strlen(text), out, why);
}

START_TEST(a_file_is_understood)
{
	struct targets targets;
	struct problem why;

	ck_assert_msg(parse("# systems\n"
			    "; more of it\n"
			    "[ musl ]\n"
			    "command = build/musl/assay-worker --a=b # c\n"
			    "\tjobs=3\r\n"
			    "hello = 60s\n"
			    "scale = 8\n"
			    "expect = my file.txt\n"
			    "\n"
			    "[box.2]\n"
			    "command=ssh box assay-worker",
			      &targets, &why),
		"%s", why.text);
	ck_assert_uint_eq(targets.count, 2);
	ck_assert_str_eq(targets.all[0].name, "musl");
	ck_assert_str_eq(targets.all[0].command, "build/musl/assay-worker --a=b # c");
	ck_assert_int_eq(targets.all[0].jobs, 3);
	ck_assert_int_eq(targets.all[0].hello_ms, 60000);
	ck_assert(targets.all[0].scale == 8.0);
	ck_assert_str_eq(targets.all[0].expect, "my file.txt");
	ck_assert_str_eq(targets.all[1].name, "box.2");
	ck_assert_int_eq(targets.all[1].jobs, 0);
	ck_assert_ptr_null(targets.all[1].expect);
	targets_free(&targets);
}
END_TEST

static const struct {
	const char *text, *named;
} refused[] = {
	{"", "f.ini: it has no targets"},
	{"# nothing\n", "f.ini: it has no targets"},
	{"command = x", "f.ini:1: a section"},
	{"[a", "f.ini:1: a section ends"},
	{"[]", "f.ini:1: a target's name is missing"},
	{"[a/b]", "f.ini:1: 'a/b'"},
	{"[local]", "f.ini:1: 'local'"},
	{"[a]", "f.ini:1: target a has no command"},
	{"[a]\n[b]\ncommand=x", "f.ini:2: target a has no command"},
	{"[a]\ncommand=x\n[a]\ncommand=y", "f.ini:3: target a comes twice"},
	{"[a]\ncommand=", "f.ini:2: command has no value"},
	{"[a]\ncommand=x\ncommand=y", "f.ini:3: command comes twice"},
	{"[a]\nx", "f.ini:2: want [NAME] or KEY = VALUE"},
	{"[a]\nx=1", "f.ini:2: 'x' is no key"},
	{"[a]\n=1", "f.ini:2: '' is no key"},
	{"[a]\njobs=0", "f.ini:2: jobs = 0"},
	{"[a]\njobs=257", "f.ini:2: jobs = 257"},
	{"[a]\nhello=soon", "f.ini:2: hello = soon"},
	{"[a]\nscale=0.5", "f.ini:2: scale = 0.5"},
	{"[a]\ncommand=x\001", "f.ini:2: a control character"},
};

START_TEST(bad_files_are_refused_by_line)
{
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		struct targets targets;
		struct problem why = {""};

		ck_assert_msg(!parse(refused[i].text, &targets, &why), "%s",
			refused[i].text);
		ck_assert_msg(strstr(why.text, refused[i].named) == why.text, "%s: %s",
			refused[i].text, why.text);
		targets_free(&targets);
	}
}
END_TEST

START_TEST(words_choose_from_the_file)
{
	char path[] = "/tmp/assay-unit-XXXXXX";
	const int fd = mkstemp(path);
	const char *words[] = {"b", "local", "c=true"};
	struct targets_asked asked = {.words = words, .count = 3, .file = path};
	struct targets targets;
	struct problem why;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_gt(dprintf(fd, "[a]\ncommand=one\n[b]\ncommand=two\njobs=4\n"), 0);
	ck_assert_int_eq(close(fd), 0);
	ck_assert_msg(targets_resolve(&asked, &targets, &why), "%s", why.text);
	ck_assert_uint_eq(targets.count, 3);
	ck_assert_str_eq(targets.all[0].name, "b");
	ck_assert_str_eq(targets.all[0].command, "two");
	ck_assert_int_eq(targets.all[0].jobs, 4);
	ck_assert_ptr_null(targets.all[1].command);
	ck_assert_str_eq(targets.all[2].command, "true");
	targets_free(&targets);

	asked.count = 0;
	ck_assert(targets_resolve(&asked, &targets, &why));
	ck_assert_uint_eq(targets.count, 2);
	ck_assert_str_eq(targets.all[0].name, "a");
	targets_free(&targets);

	words[0] = "d";
	asked.count = 1;
	ck_assert(!targets_resolve(&asked, &targets, &why));
	ck_assert_ptr_nonnull(strstr(why.text, "'d' is no target of the file"));
	targets_free(&targets);
	ck_assert_int_eq(unlink(path), 0);
}
END_TEST

Suite *suite_of_targets(void)
{
	return suite_with("targets", a_file_is_understood, bad_files_are_refused_by_line,
		words_choose_from_the_file, NULL);
}

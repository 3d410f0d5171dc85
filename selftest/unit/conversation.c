#include "conversation.h"
#include "unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A worker whose output is a pipe that the test writes. */
static struct process worker_with_output(int *write_end)
{
	struct process process = PROCESS_NONE;
	int ends[2];

	ck_assert_int_eq(pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
	process.answers = ends[0];
	*write_end = ends[1];
	return process;
}

static void say(int fd, const char *bytes, size_t count)
{
	ck_assert_int_eq(write(fd, bytes, count), (ssize_t)count);
}

START_TEST(lines_come_in_pieces)
{
	static const char line[] = "{\"type\":\"bye\"}\n";
	struct conversation talk = {0};
	struct problem why;
	json_t *message = NULL;
	int fd;
	struct process process = worker_with_output(&fd);

	for (size_t i = 0; line[i]; i++) {
		ck_assert_int_eq(conversation_next(&talk, &message, &why),
			CONVERSATION_NOTHING);
		say(fd, line + i, 1);
		conversation_read_answers(&talk, &process);
	}
	ck_assert_int_eq(conversation_next(&talk, &message, &why), CONVERSATION_MESSAGE);
	ck_assert_str_eq(conversation_type(message), "bye");
	json_decref(message);
	ck_assert_int_eq(conversation_next(&talk, &message, &why), CONVERSATION_NOTHING);
	(void)close(fd);
	conversation_read_answers(&talk, &process);
	ck_assert(talk.ended);
	ck_assert_int_eq(conversation_next(&talk, &message, &why), CONVERSATION_END);
	conversation_free(&talk);
}
END_TEST

START_TEST(several_lines_come_at_once)
{
	static const char lines[] = "{\"type\":\"a\"}\n{\"type\":\"b\"}\n{\"ty";
	struct conversation talk = {0};
	struct problem why;
	json_t *message = NULL;
	int fd;
	struct process process = worker_with_output(&fd);

	say(fd, lines, sizeof(lines) - 1);
	conversation_read_answers(&talk, &process);
	ck_assert_int_eq(conversation_next(&talk, &message, &why), CONVERSATION_MESSAGE);
	ck_assert_str_eq(conversation_type(message), "a");
	json_decref(message);
	ck_assert(conversation_has_more(&talk));
	ck_assert_int_eq(conversation_next(&talk, &message, &why), CONVERSATION_MESSAGE);
	ck_assert_str_eq(conversation_type(message), "b");
	json_decref(message);
	ck_assert_int_eq(conversation_next(&talk, &message, &why), CONVERSATION_NOTHING);
	conversation_free(&talk);
}
END_TEST

static const struct {
	const char *line;
	size_t length;
} nonsense[] = {
	{"\n", 1},
	{"hello\n", 6},
	{"[]\n", 3},
	{"7\n", 2},
	{"{}\n", 3},
	{"{\"type\":7}\n", 11},
	{"{\"type\":\"a\"} trailing\n", 22},
	{"{\"type\":\"a\",\"type\":\"b\"}\n", 24},
	{"{\"type\":\"\xff\"}\n", 13},
	{"{\"type\":\"\0\"}\n", 13},
	{"{\"type\":'a'}\n", 13},
	{"\xef\xbb\xbf{\"type\":\"a\"}\n", 16},
};

START_TEST(nonsense_is_named)
{
	for (size_t i = 0; i < sizeof(nonsense) / sizeof(nonsense[0]); i++) {
		struct conversation talk = {0};
		struct problem why = {.text = ""};
		json_t *message = NULL;
		int fd;
		struct process process = worker_with_output(&fd);
		say(fd, nonsense[i].line, nonsense[i].length);
		conversation_read_answers(&talk, &process);
		ck_assert_msg(conversation_next(&talk, &message, &why) ==
				CONVERSATION_NONSENSE,
			"row %zu", i);
		ck_assert_str_ne(why.text, "");
		ck_assert_ptr_null(strpbrk(why.text, "\n\033\xff"));
		conversation_free(&talk);
		process_close(&process);
		(void)close(fd);
	}
}
END_TEST

START_TEST(a_line_has_a_longest_length)
{
	struct conversation talk = {0};
	struct problem why;
	json_t *message = NULL;
	char bytes[4096];
	int fd;
	struct process process = worker_with_output(&fd);
	enum conversation_event event = CONVERSATION_NOTHING;

	memset(bytes, ' ', sizeof(bytes));
	for (int i = 0; i < 1000 && event == CONVERSATION_NOTHING; i++) {
		say(fd, bytes, sizeof(bytes));
		conversation_read_answers(&talk, &process);
		event = conversation_next(&talk, &message, &why);
	}
	ck_assert_int_eq(event, CONVERSATION_NONSENSE);
	ck_assert_uint_le(talk.size, 4 * CONVERSATION_LINE_BYTES);
	conversation_free(&talk);
}
END_TEST

START_TEST(half_a_line_before_the_end_is_no_message)
{
	struct conversation talk = {0};
	struct problem why = {.text = ""};
	json_t *message = NULL;
	int fd;
	struct process process = worker_with_output(&fd);

	say(fd, "{\"type\":\"bye\"}", 14);
	(void)close(fd);
	conversation_read_answers(&talk, &process);
	conversation_read_answers(&talk, &process);
	ck_assert_int_eq(conversation_next(&talk, &message, &why), CONVERSATION_END);
	ck_assert_str_ne(why.text, "");
	conversation_free(&talk);
}
END_TEST

START_TEST(the_last_errors_are_kept)
{
	struct conversation talk = {0};
	struct process process = PROCESS_NONE;
	char bytes[3000];
	int fd;

	process = worker_with_output(&fd);
	process.errors = process.answers;
	process.answers = -1;
	memset(bytes, 'e', sizeof(bytes));
	for (int i = 0; i < 3; i++)
		say(fd, bytes, sizeof(bytes));
	say(fd, "\nthe \033 last\n", 12);
	conversation_read_errors(&talk, &process);
	ck_assert_uint_eq(talk.errors_used, CONVERSATION_ERRORS_BYTES);
	char *last = conversation_last_words(&talk);
	ck_assert_str_eq(last, "the \\x1b last");
	free(last);
	char *all = conversation_errors(&talk);
	ck_assert_ptr_nonnull(strstr(all, "e\nthe \\x1b last"));
	free(all);
	conversation_free(&talk);
}
END_TEST

Suite *suite_of_conversation(void)
{
	return suite_with("conversation", lines_come_in_pieces,
		several_lines_come_at_once, nonsense_is_named,
		a_line_has_a_longest_length, half_a_line_before_the_end_is_no_message,
		the_last_errors_are_kept, NULL);
}

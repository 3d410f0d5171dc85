#include "valgrind_xml.h"

#include "memory.h"
#include "text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__has_include)
#if __has_include(<expat.h>)
#include <expat.h>
#define HAS_EXPAT 1
#endif
#endif

enum {
	WORD_BYTES = 1024,
	STORY_BYTES = 8192,
};

void finding_free(struct finding *finding)
{
	char *const texts[] = {finding->kind, finding->what, finding->about,
		finding->where, finding->file, finding->story};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		free(texts[i]);
	*finding = (struct finding){0};
}

#ifdef HAS_EXPAT

/* One call of a stack, as its elements tell it. */
struct frame {
	char object[WORD_BYTES], function[WORD_BYTES], folder[WORD_BYTES],
		file[WORD_BYTES], line[16];
};

struct valgrind_xml {
	XML_Parser parser; /* NULL before the first piece */
	finding_sink sink;
	void *to;
	bool is_in_error;
	char word[WORD_BYTES]; /* the text of the element that is open */
	size_t word_used;
	char kind[WORD_BYTES], what[WORD_BYTES], about[WORD_BYTES];
	struct frame frame, place; /* the current one, and the program's innermost */
	size_t depth;              /* frames of the current stack before this one */
	size_t stacks;             /* of the error, with the current one */
	bool was_in_case;          /* the frame before this one */
	bool is_left;              /* the stack has left the case for what started it */
	char story[STORY_BYTES];
	struct text told;
};

bool valgrind_xml_is_readable(void)
{
	return true;
}

static void begin_error(struct valgrind_xml *xml)
{
	xml->is_in_error = true;
	xml->kind[0] = xml->what[0] = xml->about[0] = '\0';
	xml->stacks = 0;
	xml->place = (struct frame){.file = ""};
	xml->told = TEXT_OVER(xml->story);
}

/* Below the current directory as verdicts name it, else from the root. */
static char *path_of(const struct frame *frame)
{
	char here[PATH_MAX];
	const char *folder = frame->folder;

	if (getcwd(here, sizeof(here)) != NULL &&
		strncmp(folder, here, strlen(here)) == 0 && folder[strlen(here)] == '/')
		folder += strlen(here) + 1;
	return memory_format("%s%s%s", folder, folder[0] != '\0' ? "/" : "", frame->file);
}

static void give(struct valgrind_xml *xml)
{
	const struct frame *place = &xml->place;
	const struct finding finding = {
		.kind = memory_text(xml->kind),
		.what = memory_text(xml->what),
		.about = memory_text(xml->about),
		.where = memory_text(place->function),
		.file = path_of(place),
		.line = (int)strtol(place->line, NULL, 10),
		.story = memory_text(xml->story),
	};

	xml->is_in_error = false;
	xml->sink(xml->to, &finding);
}

static void tell(struct valgrind_xml *xml, const char *sentence)
{
	text_add(&xml->told, "%s\n", sentence);
}

static const char *base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

static bool is_known(const struct frame *frame)
{
	return frame->file[0] != '\0' && strstr(base(frame->object), ".so") == NULL;
}

static bool is_of_framework(const struct frame *frame)
{
	return strstr(frame->folder, "framework/") != NULL;
}

/* A stack begins in the tool's own replacements, in the C library or in a word of the
 * framework, and ends in what started the case.  The place is the innermost of the case;
 * what is below the case is the same for all of them. */
static void end_frame(struct valgrind_xml *xml)
{
	const struct frame *frame = &xml->frame;
	const bool has_file = frame->file[0] != '\0';
	struct frame *place = &xml->place;

	if (is_known(frame) && is_of_framework(frame) && xml->was_in_case)
		xml->is_left = true;
	if (xml->is_left)
		return;
	xml->was_in_case = is_known(frame) && !is_of_framework(frame);
	text_add(&xml->told, "   %s %s (%s%s%s)\n", xml->depth++ == 0 ? "at" : "by",
		frame->function[0] != '\0' ? frame->function : "?",
		has_file ? frame->file : base(frame->object), has_file ? ":" : "",
		has_file ? frame->line : "");
	if (is_known(frame) && xml->stacks == 1 &&
		(!is_known(place) || (is_of_framework(place) && !is_of_framework(frame))))
		*place = *frame;
}

static void begin_stack(struct valgrind_xml *xml)
{
	xml->stacks++;
	xml->depth = 0;
	xml->was_in_case = xml->is_left = false;
}

static void begin_element(void *data, const char *name, const char **attributes)
{
	struct valgrind_xml *xml = data;

	(void)attributes; /* there are none */
	xml->word_used = 0;
	if (strcmp(name, "error") == 0)
		begin_error(xml);
	else if (strcmp(name, "stack") == 0)
		begin_stack(xml);
	else if (strcmp(name, "frame") == 0)
		xml->frame = (struct frame){.file = ""};
}

static void keep(char *to, size_t size, const char *word)
{
	if (to[0] == '\0')
		(void)text_add(&(struct text){.at = to, .size = size}, "%s", word);
}

/* What an element within a frame is kept as, or NULL. */
static char *field_of(struct frame *frame, const char *name)
{
	const struct {
		const char *name;
		char *field;
	} fields[] = {
		{"obj", frame->object},
		{"fn", frame->function},
		{"dir", frame->folder},
		{"file", frame->file},
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (strcmp(fields[i].name, name) == 0)
			return fields[i].field;
	return NULL;
}

static void end_element(void *data, const char *name)
{
	struct valgrind_xml *xml = data;
	char *const field = field_of(&xml->frame, name);

	xml->word[xml->word_used] = '\0';
	xml->word_used = 0;
	if (!xml->is_in_error)
		return;
	if (strcmp(name, "error") == 0) {
		give(xml);
	} else if (strcmp(name, "frame") == 0) {
		end_frame(xml);
	} else if (strcmp(name, "kind") == 0) {
		keep(xml->kind, sizeof(xml->kind), xml->word);
	} else if (strcmp(name, "what") == 0 ||
		(strcmp(name, "text") == 0 && xml->what[0] == '\0')) {
		keep(xml->what, sizeof(xml->what), xml->word);
		tell(xml, xml->word);
	} else if (strcmp(name, "auxwhat") == 0 || strcmp(name, "text") == 0) {
		keep(xml->about, sizeof(xml->about), xml->word);
		tell(xml, xml->word);
	} else if (strcmp(name, "line") == 0) {
		keep(xml->frame.line, sizeof(xml->frame.line), xml->word);
	} else if (field != NULL) {
		keep(field, WORD_BYTES, xml->word);
	}
}

static void add_text(void *data, const char *bytes, int length)
{
	struct valgrind_xml *xml = data;
	const size_t room = sizeof(xml->word) - 1 - xml->word_used;
	const size_t count = (size_t)length < room ? (size_t)length : room;

	memcpy(xml->word + xml->word_used, bytes, count);
	xml->word_used += count;
}

struct valgrind_xml *valgrind_xml_open(finding_sink sink, void *to)
{
	struct valgrind_xml *xml = memory_new(1, sizeof(*xml));

	xml->sink = sink;
	xml->to = to;
	return xml;
}

/* An error without its end is worth telling once its place is known. */
static void end_document(struct valgrind_xml *xml)
{
	if (xml->is_in_error && xml->place.file[0] != '\0') {
		tell(xml, "(the process ended before all was told)");
		give(xml);
	}
	xml->is_in_error = false;
	if (xml->parser != NULL)
		XML_ParserFree(xml->parser);
	xml->parser = NULL;
}

/* A forked process goes on in the middle of its parent's document. */
static void begin_document(struct valgrind_xml *xml, bool is_in_the_middle)
{
	static const char root[] = "<valgrindoutput>";

	xml->parser = XML_ParserCreate("UTF-8");
	if (xml->parser == NULL)
		abort(); /* out of memory, as in memory.c */
	XML_SetUserData(xml->parser, xml);
	XML_SetElementHandler(xml->parser, begin_element, end_element);
	XML_SetCharacterDataHandler(xml->parser, add_text);
	if (is_in_the_middle)
		(void)XML_Parse(xml->parser, root, (int)strlen(root), 0); /* it is XML */
}

void valgrind_xml_feed(struct valgrind_xml *xml, const char *bytes, size_t count)
{
	static const char prolog[] = "<?xml ";
	const bool begins =
		count >= strlen(prolog) && memcmp(bytes, prolog, strlen(prolog)) == 0;

	if (begins)
		end_document(xml);
	if (xml->parser == NULL)
		begin_document(xml, !begins);
	/* After an error it takes no more, until a document begins. */
	(void)XML_Parse(xml->parser, bytes, (int)count, 0);
}

void valgrind_xml_close(struct valgrind_xml *xml)
{
	end_document(xml);
	free(xml);
}

#else

bool valgrind_xml_is_readable(void)
{
	return false;
}

struct valgrind_xml *valgrind_xml_open(finding_sink sink, void *to)
{
	(void)sink, (void)to;
	return NULL;
}

void valgrind_xml_feed(struct valgrind_xml *xml, const char *bytes, size_t count)
{
	(void)xml, (void)bytes, (void)count;
}

void valgrind_xml_close(struct valgrind_xml *xml)
{
	(void)xml;
}

#endif

#include "valgrind.h"

#include "install.h"
#include "memory.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const tools[] = {"memcheck", "helgrind", "drd"};

const char *valgrind_tool(const char *name, struct problem *why)
{
	if (name == NULL)
		return tools[0];
	for (size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++)
		if (strcmp(tools[i], name) == 0)
			return tools[i];
	problem_set(why, "'%s' is not memcheck, helgrind or drd", name);
	return NULL;
}

/* Whether PROGRAM is in a folder of $PATH. */
static bool is_in_path(const char *program)
{
	const char *path = getenv("PATH");
	char *copy = memory_text(path != NULL ? path : "/usr/bin:/bin"), *save = NULL;
	bool found = false;

	for (char *folder = strtok_r(copy, ":", &save); folder != NULL && !found;
		folder = strtok_r(NULL, ":", &save)) {
		char *file = memory_format("%s/%s", folder, program);
		found = access(file, X_OK) == 0;
		free(file);
	}
	free(copy);
	return found;
}

bool valgrind_is_available(struct problem *why)
{
	if (!valgrind_xml_is_readable())
		return problem_set(why,
			"built without libexpat, which reads what valgrind reports: "
			"install libexpat1-dev (expat-devel, expat-dev) and build again");
	return is_in_path("valgrind") ||
		problem_set(why,
			"valgrind is not in $PATH: install the package valgrind");
}

char *valgrind_words(const char *tool)
{
	/* With XML memcheck looks for leaks, asked or not.  What the C library gives back for
	 * that calls futex, which a case may have forbidden. */
	const bool is_memcheck = strcmp(tool, tools[0]) == 0;

	return memory_format("valgrind -q --vgdb=no --trace-children=yes --tool=%s%s "
			     "--run-libc-freeres=no --xml=yes --xml-fd=%d "
			     "--suppressions=/proc/self/fd/%d",
		tool,
		is_memcheck ? " --show-leak-kinds=none --errors-for-leak-kinds=none" : "",
		VALGRIND_FD, VALGRIND_SUPPRESSIONS_FD);
}

bool valgrind_place(int reports)
{
	char *path = install_suppressions();
	const int file = open(path, O_RDONLY | O_CLOEXEC);

	free(path);
	return dup2(reports, VALGRIND_FD) >= 0 &&
		dup2(file, VALGRIND_SUPPRESSIONS_FD) >= 0;
}

bool valgrind_holds(const struct report_target *about, struct problem *why)
{
	for (size_t i = 0; i < about->environment_count; i++)
		if (strcmp(about->environment[i], "valgrind") == 0)
			return true;
	return problem_set(why,
		"its worker does not run under valgrind: the command must execute it "
		"here, itself");
}

static bool starts_with_any(const char *id, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(id, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

static bool has_any(const char *id, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strstr(id, words[i]) != NULL)
			return true;
	return false;
}

/* Injected faults are aimed at one thread. */
static bool injects_faults(const struct catalog_case *c)
{
	for (size_t i = 0; i < c->need_count; i++)
		if (strcmp(c->needs[i], "supervisor") == 0 ||
			strcmp(c->needs[i], "trace") == 0)
			return true;
	return false;
}

/* A detector of races sees what threads of one process share.  It does not see what another
 * process does to the same object, nor that a dead owner handed it over. */
bool valgrind_suits(const char *tool, const struct catalog_case *c)
{
	static const char *const of_threads[] = {
		"mutex/", "cond/", "rwlock/", "barrier/", "spinlock/", "posix-sem/"};
	static const char *const beyond[] = {
		"/peer-death/", "robust", "shared", "process"};

	if (strcmp(tool, tools[0]) == 0)
		return true;
	return starts_with_any(c->id, of_threads,
		       sizeof(of_threads) / sizeof(of_threads[0])) &&
		!has_any(c->id, beyond, sizeof(beyond) / sizeof(beyond[0])) &&
		!injects_faults(c);
}

/* The body of a case is called so in every verdict. */
static const char *name_of(const char *function)
{
	static const char body[] = "__body", call[] = "__call";
	const size_t length = strlen(function);

	if (length < strlen(body))
		return function;
	const char *end = function + length - strlen(body);
	return strcmp(end, body) == 0 || strcmp(end, call) == 0 ? "body" : function;
}

/* "Invalid read of size 4 in queue_made (suites/posix_mq/queue.c:41)". */
static char *line_of(const struct finding *finding)
{
	if (finding->file[0] == '\0')
		return memory_text(finding->what);
	return memory_format("%s in %s (%s:%d)", finding->what, name_of(finding->where),
		finding->file, finding->line);
}

/* All stories after OUTPUT; both are released.  */
static char *add_stories(char *output, const char *tool, const struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		const size_t used = strlen(output);
		const bool is_open = used > 0 && output[used - 1] != '\n';
		char *longer = memory_format("%s%s%s: %s", output, is_open ? "\n" : "",
			tool, findings->all[i].story);
		free(output);
		output = longer;
	}
	return output;
}

static void replace(char **text, char *other)
{
	free(*text);
	*text = other;
}

/* The verdict line of a case that passed but for FINDING. */
static void fail(struct outcome *outcome, const struct finding *finding)
{
	outcome->verdict = VERDICT_FAIL;
	if (finding->file[0] == '\0')
		return;
	replace(&outcome->file, memory_text(finding->file));
	replace(&outcome->who, memory_text(name_of(finding->where)));
	outcome->line = finding->line;
}

void valgrind_judge(const char *tool, struct findings *findings, struct outcome *outcome)
{
	findings_end(findings);
	if (findings == NULL || findings->count == 0)
		return;
	const bool passed = outcome->verdict == VERDICT_PASS;
	const size_t more = findings->count - 1 + findings->dropped;
	char *line = line_of(&findings->all[0]);
	char others[40] = "";

	if (more > 0)
		(void)snprintf(others, sizeof(others), ", and %zu more", more);
	if (passed)
		fail(outcome, &findings->all[0]);
	replace(&outcome->text,
		memory_format("%s%s%s: %s%s", outcome->text, passed ? "" : "; ", tool,
			line, others));
	outcome->output = add_stories(outcome->output, tool, findings);
	free(line);
	findings_clear(findings);
}

char *valgrind_tell(struct findings *findings)
{
	findings_end(findings);
	if (findings == NULL || findings->count == 0)
		return NULL;
	char *line = line_of(&findings->all[0]);

	findings_clear(findings);
	return line;
}

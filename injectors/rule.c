#include "rule.h"

#include "errno_name.h"
#include "printable.h"
#include "resource_name.h"
#include "rule_condition.h"
#include "rule_scan.h"
#include "text.h"

#include <seccomp.h>
#include <string.h>

/*
 * The grammar.  One blank where a blank is shown, none elsewhere; names as they are written
 * here and in the manual pages, capitals included.
 *
 *     RULE      = fail:SELECTION=ERRNO
 *               | kill:CALL#K[:PLACE][CONDITIONS]
 *               | kill:call=K[:PLACE]
 *               | kill:insn=K
 *               | stall:SELECTION=TIME
 *               | stall:SELECTION=until:EVENT
 *               | interrupt:SELECTION=SIGNAL
 *               | shorten:SELECTION=BYTES
 *               | limit:RESOURCE=NUMBER
 *               | fill:PLENTY
 *               | count:CALL[CONDITIONS]
 *     SELECTION = CALL[WHICH][CONDITIONS]
 *     CALL      = a family of shared/call.c, else a system call known to libseccomp
 *     WHICH     = #K | #K..L | #K+S            the K-th, K-th to L-th, K-th and each S-th on
 *     CONDITIONS= " if " COND, up to three times " and " COND
 *     COND      = ARG OP VALUE | ARG^PREFIX    OP: = != < >= &
 *     ARG       = an argument of CALL in shared/call_argument.c | arg0 .. arg5
 *     VALUE     = TERM, any number of times "|" TERM
 *     TERM      = NUMBER | a name for that argument in shared/constant.c | -NUMBER (alone)
 *     PREFIX    = bytes without blank = " \    | "bytes, with \" \\ \xNN"
 *     NUMBER    = decimal without leading zeros | 0xHEX
 *     K L S     = NUMBER from 1; L not below K
 *     PLACE     = entry | exit
 *     TIME      = NUMBERms | NUMBERs           from 1ms to 3600s
 *     EVENT     = blocked(PEER,CALL) | exit(PEER)
 *     PEER      = letters, digits, _ . -
 *     BYTES     = NUMBER from 1
 *     ERRNO     = a name: ENOSPC               numbers differ between architectures
 *     SIGNAL    = a name: SIGUSR1, SIGRTMIN+3  (numbers of real-time ones: C libraries, too)
 *     RESOURCE  = a name in shared/resource_name.c
 *     PLENTY    = tmpfs-blocks | tmpfs-inodes | fds
 *
 * A parser of recursive descent: each function takes one of these off the text, or refuses
 * what is there and returns false.
 */

static const char *const verbs[RULE_VERB_COUNT] = {
	[RULE_FAIL] = "fail",
	[RULE_KILL] = "kill",
	[RULE_STALL] = "stall",
	[RULE_INTERRUPT] = "interrupt",
	[RULE_SHORTEN] = "shorten",
	[RULE_LIMIT] = "limit",
	[RULE_FILL] = "fill",
	[RULE_COUNT] = "count",
};

static const char *const plenties[] = {"tmpfs-blocks", "tmpfs-inodes", "fds"};

/* The largest number is left to mean "no end". */
enum { CALL_BYTES = sizeof(((struct rule *)0)->call) };
static const struct scan_range from_1 = {1, UINT64_MAX - 1, "a number from 1"};

/* CALL into NAME, CALL_BYTES. */
static bool take_call(struct scan *scan, char *name)
{
	const size_t start = scan->at;
	const char *members[CALL_FAMILY_MAX];

	if (scan_word(scan, SCAN_WORD, name, CALL_BYTES) &&
		(call_family_names(name, members) > 0 ||
			seccomp_syscall_resolve_name(name) != __NR_SCMP_ERROR))
		return true;
	return scan_refuse(scan, start,
		"a system call or a family of them, such as open");
}

static bool take_which(struct scan *scan, struct rule_which *which)
{
	scan->also = "'#', ' if ' or ";
	if (!scan_take(scan, "#"))
		return true;
	if (!scan_number(scan, from_1, &which->first))
		return false;
	scan->also = "' if ' or ";
	if (scan_take(scan, "+"))
		return scan_number(scan, from_1, &which->step);
	which->last = which->first;
	if (scan_take(scan, ".."))
		return scan_number(scan,
			(struct scan_range){which->first, UINT64_MAX - 1,
				"a number not below the first"},
			&which->last);
	scan->also = "'..', '+', ' if ' or ";
	return true;
}

/* SELECTION and the = behind it. */
static bool take_selection(struct scan *scan, struct rule *rule)
{
	if (!take_call(scan, rule->call) || !take_which(scan, &rule->which) ||
		!rule_take_conditions(scan, rule))
		return false;
	if (!scan_take(scan, "="))
		return scan_refuse_next(scan, "'='");
	scan->also = "";
	return true;
}

static bool take_fail(struct scan *scan, struct rule *rule)
{
	char name[24];

	if (!take_selection(scan, rule))
		return false;
	const size_t start = scan->at;
	return (scan_word(scan, SCAN_WORD, name, sizeof(name)) &&
		       errno_find(name, &rule->error)) ||
		scan_refuse(scan, start, "an errno such as ENOSPC");
}

static bool take_interrupt(struct scan *scan, struct rule *rule)
{
	char name[24];

	if (!take_selection(scan, rule))
		return false;
	const size_t start = scan->at;
	return (scan_word(scan, SCAN_WORD "+-", name, sizeof(name)) &&
		       signal_find(name, &rule->signal)) ||
		scan_refuse(scan, start, "a signal such as SIGUSR1");
}

static bool take_place(struct scan *scan, struct rule *rule)
{
	const bool has_call = rule->point == RULE_POINT_CALL;

	scan->also = has_call ? "':entry', ':exit', ' if ' or " : "':entry', ':exit' or ";
	if (!scan_take(scan, ":"))
		return true;
	scan->also = has_call ? "' if ' or " : "";
	if (scan_take(scan, "entry"))
		return true;
	rule->place = RULE_AT_EXIT;
	return scan_demand(scan, "exit", "'entry' or 'exit'");
}

static bool take_kill(struct scan *scan, struct rule *rule)
{
	struct rule_which *const which = &rule->which;

	rule->point = scan_take(scan, "call=") ? RULE_POINT_ANY_CALL
		: scan_take(scan, "insn=")     ? RULE_POINT_INSTRUCTION
					       : RULE_POINT_CALL;
	if (rule->point == RULE_POINT_CALL &&
		!(take_call(scan, rule->call) &&
			scan_demand(scan, "#", "'#' and which call")))
		return false;
	if (!scan_number(scan, from_1, &which->first))
		return false;
	which->last = which->first;
	if (rule->point == RULE_POINT_INSTRUCTION)
		return true;
	return take_place(scan, rule) &&
		(rule->point != RULE_POINT_CALL || rule_take_conditions(scan, rule));
}

static bool take_peer(struct scan *scan, struct rule *rule)
{
	return scan_word(scan, SCAN_WORD ".-", rule->event_peer,
		       sizeof(rule->event_peer)) ||
		scan_refuse(scan, scan->at, "the name of a peer (at most 39 bytes)");
}

static bool take_event(struct scan *scan, struct rule *rule)
{
	if (scan_take(scan, "exit(")) {
		rule->event = RULE_EVENT_EXIT;
		return take_peer(scan, rule) && scan_demand(scan, ")", "')'");
	}
	rule->event = RULE_EVENT_BLOCKED;
	return scan_demand(scan, "blocked(", "blocked(PEER,CALL) or exit(PEER)") &&
		take_peer(scan, rule) && scan_demand(scan, ",", "',' and a call") &&
		take_call(scan, rule->event_call) && scan_demand(scan, ")", "')'");
}

static bool take_stall(struct scan *scan, struct rule *rule)
{
	static const char wanted[] = "a time from 1ms to 3600s, or until:EVENT";
	uint64_t number;

	if (!take_selection(scan, rule))
		return false;
	if (scan_take(scan, "until:"))
		return take_event(scan, rule);
	const size_t start = scan->at;
	if (!scan_number(scan, (struct scan_range){1, RULE_STALL_MAX_MS, wanted},
		    &number))
		return false;
	if (scan_take(scan, "s"))
		number *= 1000;
	else if (!scan_demand(scan, "ms", "ms or s"))
		return false;
	rule->stall_ms = (long)number;
	return number <= RULE_STALL_MAX_MS || scan_refuse(scan, start, wanted);
}

/* Only what can be short without a byte lost or invented. */
static bool take_shorten(struct scan *scan, struct rule *rule)
{
	const size_t start = scan->at;
	struct call_argument transfer;

	if (!take_selection(scan, rule))
		return false;
	if (!call_argument_transfer_any(rule->call, &transfer))
		return scan_refuse(scan, start,
			"a call that can transfer less, such as read or write");
	return scan_number(scan, from_1, &rule->bytes);
}

static bool take_limit(struct scan *scan, struct rule *rule)
{
	static const struct scan_range any = {0, UINT64_MAX - 1, "a number"};
	const size_t start = scan->at;
	int resource;

	if (!scan_word(scan, SCAN_WORD, rule->resource, sizeof(rule->resource)) ||
		!resource_find(rule->resource, &resource))
		return scan_refuse(scan, start, "a limit such as nofile");
	return scan_demand(scan, "=", "'='") && scan_number(scan, any, &rule->limit);
}

static bool take_fill(struct scan *scan, struct rule *rule)
{
	const size_t start = scan->at;

	if (scan_word(scan, SCAN_WORD "-", rule->resource, sizeof(rule->resource)))
		for (size_t i = 0; i < sizeof(plenties) / sizeof(plenties[0]); i++)
			if (strcmp(plenties[i], rule->resource) == 0)
				return true;
	return scan_refuse(scan, start, "tmpfs-blocks, tmpfs-inodes or fds");
}

static bool take_count(struct scan *scan, struct rule *rule)
{
	scan->also = "' if ' or ";
	return take_call(scan, rule->call) && rule_take_conditions(scan, rule);
}

static bool take_verb(struct scan *scan, enum rule_verb *verb)
{
	char name[12];

	if (scan_word(scan, SCAN_WORD, name, sizeof(name)))
		for (int i = 0; i < RULE_VERB_COUNT; i++) {
			*verb = (enum rule_verb)i;
			if (strcmp(verbs[i], name) == 0)
				return scan_demand(scan, ":", "':' after the verb");
		}
	return scan_refuse(scan, 0,
		"fail, kill, stall, interrupt, shorten, limit, fill or count");
}

static bool take_rule(struct scan *scan, struct rule *rule)
{
	static bool (*const take_rest[RULE_VERB_COUNT])(struct scan *, struct rule *) = {
		[RULE_FAIL] = take_fail,
		[RULE_KILL] = take_kill,
		[RULE_STALL] = take_stall,
		[RULE_INTERRUPT] = take_interrupt,
		[RULE_SHORTEN] = take_shorten,
		[RULE_LIMIT] = take_limit,
		[RULE_FILL] = take_fill,
		[RULE_COUNT] = take_count,
	};

	if (!take_verb(scan, &rule->verb) || !take_rest[rule->verb](scan, rule))
		return false;
	if (*scan_rest(scan) == '\0')
		return true;
	return scan_refuse_next(scan, "the end");
}

/* Whether TEXT, of LENGTH bytes, is a line that any report can hold as it is. */
static bool is_line(const struct scan *scan, size_t length)
{
	char shown[RULE_TEXT_BYTES * 4];
	struct text text = TEXT_OVER(shown);
	size_t at = 0;

	text_add_printable(&text, scan->text, length);
	while (at < length && shown[at] == scan->text[at])
		at++;
	return at == length ||
		scan_refuse(scan, at, "printable text (in a quoted path write \\xNN)");
}

bool rule_parse(const char *text, struct rule *out, struct problem *why)
{
	struct scan scan = {.text = text, .also = "", .why = why};
	const size_t length = strnlen(text, RULE_TEXT_BYTES);
	char canonical[RULE_TEXT_BYTES + 1];

	memset(out, 0, sizeof(*out));
	out->which = (struct rule_which){1, UINT64_MAX, 1};
	if (length == RULE_TEXT_BYTES)
		return problem_set(why,
			"at %d: expected the end, a rule has at most %d bytes",
			RULE_TEXT_BYTES, RULE_TEXT_BYTES - 1);
	if (!is_line(&scan, length) || !take_rule(&scan, out))
		return false;
	memcpy(out->text, text, length + 1);
	/* An alias may be shorter than the name that it stands for. */
	rule_format(out, canonical, sizeof(canonical));
	return strlen(canonical) < RULE_TEXT_BYTES ||
		problem_set(why,
			"at %zu: expected the end: written in full, the rule has more "
			"than %d bytes",
			length + 1, RULE_TEXT_BYTES - 1);
}

const char *rule_verb_name(enum rule_verb verb)
{
	return verbs[verb];
}

size_t rule_call_names(const struct rule *rule, const char *names[CALL_FAMILY_MAX])
{
	const size_t count = call_family_names(rule->call, names);

	if (count > 0 || rule->call[0] == '\0')
		return count;
	names[0] = rule->call;
	return 1;
}

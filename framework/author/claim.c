#include "claim.h"

#include "errno_name.h"
#include "ledger.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool has_failed(struct claim_value got)
{
	return got.value == -1 || (got.is_pointer && got.value == 0);
}

void claim_mark(const char *file, int line)
{
	if (ledger_self() == 0)
		ledger->last_mark = ledger_site(file, line);
}

static void need_failed(int error, const char *call, const char *file, int line)
	__attribute__((noreturn));

static void need_failed(int error, const char *call, const char *file, int line)
{
	const struct ledger_site site = ledger_site(file, line);

	if (error == ENOSYS)
		ledger_end(VERDICT_UNSUPPORTED, site, "ENOSYS", "",
			"%s gave ENOSYS: the target does not have this call", call);
	ledger_end(VERDICT_BROKEN, site, errno_name(error), "", "%s gave %s (%s)", call,
		errno_name(error), strerror(error));
}

void claim_need(struct claim_value got, int error, const char *call, const char *file,
	int line)
{
	claim_mark(file, line);
	if (has_failed(got))
		need_failed(error, call, file, line);
}

int claim_need_zero(int error, const char *call, const char *file, int line)
{
	claim_mark(file, line);
	if (error != 0)
		need_failed(error, call, file, line);
	return 0;
}

int claim_need_option(int error, const char *call, const char *file, int line)
{
	if (error == ENOTSUP)
		ledger_end(VERDICT_UNSUPPORTED, ledger_site(file, line), "ENOTSUP", "",
			"%s gave ENOTSUP: the target does not have this option", call);
	return claim_need_zero(error, call, file, line);
}

void claim_must_fail(struct claim_value got, int error, int wanted, const char *call,
	const char *file, int line)
{
	const struct ledger_site site = ledger_site(file, line);

	claim_mark(file, line);
	if (!has_failed(got)) {
		char value[40];
		(void)snprintf(value, sizeof(value), got.is_pointer ? "%#jx" : "%jd",
			(intmax_t)got.value);
		char name[40];
		(void)snprintf(name, sizeof(name), "%s", errno_name(wanted));
		ledger_end(VERDICT_FAIL, site, value, name,
			"%s succeeded with %s, wanted %s", call, value, name);
	}
	if (error != wanted) {
		char name[40];
		(void)snprintf(name, sizeof(name), "%s", errno_name(error));
		ledger_end(VERDICT_FAIL, site, name, errno_name(wanted),
			"%s gave %s, wanted %s", call, name, errno_name(wanted));
	}
}

void claim_must_return(int got, int wanted, const char *call, const char *file, int line)
{
	char name[40];

	claim_mark(file, line);
	if (got == wanted)
		return;
	(void)snprintf(name, sizeof(name), "%s", errno_name(got));
	ledger_end(VERDICT_FAIL, ledger_site(file, line), name, errno_name(wanted),
		"%s returned %s, wanted %s", call, name, errno_name(wanted));
}

void claim_must_succeed(struct claim_value got, int error, const char *call,
	const char *file, int line)
{
	claim_mark(file, line);
	if (has_failed(got))
		ledger_end(VERDICT_FAIL, ledger_site(file, line), errno_name(error),
			"success", "%s gave %s, wanted success", call, errno_name(error));
}

void claim_must_move(long long moved, int error, long long wanted, const char *call,
	const char *file, int line)
{
	char got[40], count[32];

	claim_mark(file, line);
	if (moved == wanted)
		return;
	(void)snprintf(count, sizeof(count), "%lld", wanted);
	if (moved == -1)
		(void)snprintf(got, sizeof(got), "%s", errno_name(error));
	else
		(void)snprintf(got, sizeof(got), "%lld", moved);
	ledger_end(VERDICT_FAIL, ledger_site(file, line), got, count,
		"%s gave %s, wanted %s", call, got, count);
}

void claim_assert_failed(const char *file, int line, const char *expression,
	const char *format, ...)
{
	char text[800];
	va_list args;

	(void)snprintf(text, sizeof(text), "%s", expression);
	if (format) {
		va_start(args, format);
		(void)vsnprintf(text, sizeof(text), format, args);
		va_end(args);
	}
	ledger_end(VERDICT_FAIL, ledger_site(file, line), "", "", "%s", text);
}

static void value_text(uintmax_t value, bool is_signed, char text[32])
{
	if (is_signed)
		(void)snprintf(text, 32, "%jd", (intmax_t)value);
	else
		(void)snprintf(text, 32, "%ju", value);
}

void claim_compare_failed(const struct claim_comparison *what, const char *file, int line)
{
	char got[32], right[32], wanted[40];

	value_text(what->left_value, what->is_signed, got);
	value_text(what->right_value, what->is_signed, right);
	const bool is_equality = strcmp(what->operator, "==") == 0;
	(void)snprintf(wanted, sizeof(wanted), "%s%s%s",
		is_equality ? "" : what->operator, is_equality ? "" : " ", right);
	const bool is_literal = strcmp(right, what->right) == 0;
	const bool is_failed_call = what->is_signed &&
		what->left_value == (uintmax_t)-1 && strchr(what->left, '(') &&
		what->error != 0;
	ledger_end(VERDICT_FAIL, ledger_site(file, line), got, wanted,
		"%s is %s%s%s, wanted %s%s%s%s", what->left, got,
		is_failed_call ? " with " : "",
		is_failed_call ? errno_name(what->error) : "", wanted,
		is_literal ? "" : " (", is_literal ? "" : what->right,
		is_literal ? "" : ")");
}

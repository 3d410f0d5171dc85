#include "word_site.h"

#include "errno_name.h"

#include <errno.h>
#include <string.h>

static _Thread_local const char *word_file = "";
static _Thread_local int word_line;

void word_at(const char *file, int line)
{
	word_file = file;
	word_line = line;
}

struct ledger_site word_site(void)
{
	return ledger_site(word_file, word_line);
}

long word_checked(long value, const char *call)
{
	const int error = errno;

	if (value != -1)
		return value;
	ledger_end(error == ENOSYS ? VERDICT_UNSUPPORTED : VERDICT_BROKEN, word_site(),
		errno_name(error), "", "%s gave %s (%s)", call, errno_name(error),
		strerror(error));
}

#include "names.h"

#include "word_site.h"

#include <stdio.h>
#include <string.h>

/* The functions themselves, which stand behind the macros. */
#undef own_name
#undef own_path

/* Finds TEXT among the names handed out, or adds it.  Two processes that add the same name
 * at once may add it twice, which does no harm. */
static const char *handed_out(const char *text)
{
	const unsigned count = atomic_load(&ledger->name_count);

	for (unsigned i = 0; i < count && i < LEDGER_NAMES; i++)
		if (atomic_load(&ledger->names[i].ready) &&
			strcmp(ledger->names[i].text, text) == 0)
			return ledger->names[i].text;
	const unsigned index = atomic_fetch_add(&ledger->name_count, 1);
	if (index >= LEDGER_NAMES) {
		atomic_store(&ledger->name_count, LEDGER_NAMES);
		word_broken("more than %d names or paths in one case", LEDGER_NAMES);
	}
	struct ledger_name *const name = &ledger->names[index];
	(void)snprintf(name->text, sizeof(name->text), "%s", text);
	atomic_store(&name->ready, 1);
	return name->text;
}

const char *own_name(const char *tag)
{
	char text[112];

	(void)snprintf(text, sizeof(text), "/%s%s", ledger->unique, tag);
	return handed_out(text);
}

const char *own_path(const char *tag)
{
	char text[112];

	(void)snprintf(text, sizeof(text), "%s/%s", ledger->tmp, tag);
	return handed_out(text);
}

key_t own_key(int n)
{
	const unsigned index = (unsigned)n & 0xff;

	atomic_fetch_or(&ledger->keys_given[index / 64], 1ULL << (index % 64));
	return (key_t)(ledger->key_base + index);
}

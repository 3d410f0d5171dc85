#include "note.h"

#include "ledger.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static struct ledger_note *note_with(const char *key)
{
	const unsigned count = atomic_load(&ledger->note_count);

	for (unsigned i = 0; i < count && i < LEDGER_NOTES; i++)
		if (atomic_load(&ledger->notes[i].ready) &&
			strcmp(ledger->notes[i].key, key) == 0)
			return &ledger->notes[i];
	return NULL;
}

static void note_arguments(const char *key, bool is_choice, const char *format,
	va_list args) __attribute__((format(printf, 3, 0)));

static void note_arguments(const char *key, bool is_choice, const char *format,
	va_list args)
{
	struct ledger_note *slot = note_with(key);

	if (!slot) {
		const unsigned index = atomic_fetch_add(&ledger->note_count, 1);
		if (index >= LEDGER_NOTES) {
			atomic_store(&ledger->note_count, LEDGER_NOTES);
			atomic_fetch_add(&ledger->notes_dropped, 1);
			return;
		}
		slot = &ledger->notes[index];
		(void)snprintf(slot->key, sizeof(slot->key), "%s", key);
	}
	slot->is_choice = is_choice;
	static const char mark[] = " [cut]";
	const int length = vsnprintf(slot->value, sizeof(slot->value), format, args);
	if (length >= (int)sizeof(slot->value))
		(void)strcpy(slot->value + sizeof(slot->value) - sizeof(mark), mark);
	atomic_store(&slot->ready, 1);
}

void note(const char *key, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	note_arguments(key, false, format, args);
	va_end(args);
}

static void note_as_choice(const char *key, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void note_as_choice(const char *key, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	note_arguments(key, true, format, args);
	va_end(args);
}

void note_choice_at(const char *key, const char *got, const char *const *allowed,
	const char *file, int line)
{
	char list[400] = "";

	note_as_choice(key, "%s", got);
	for (; *allowed; allowed++) {
		if (strcmp(*allowed, got) == 0)
			return;
		const size_t used = strlen(list);
		(void)snprintf(list + used, sizeof(list) - used, "%s%s",
			used ? " or " : "", *allowed);
	}
	ledger_end(VERDICT_FAIL, ledger_site(file, line), got, list,
		"%s is '%s', which is none of the choices left open: %s", key, got, list);
}

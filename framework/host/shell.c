#include "shell.h"

#include "memory.h"

#include <stdlib.h>
#include <string.h>

char *shell_word(const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_-+=./:,@%";
	char *text = memory_new(strlen(word) * 4 + 3, 1);
	char *to = text;

	if (word[0] != '\0' && word[strspn(word, plain)] == '\0')
		return strcpy(text, word);
	*to++ = '\'';
	for (; *word != '\0'; word++) {
		if (*word == '\'')
			to = stpcpy(to, "'\\''");
		else
			*to++ = *word;
	}
	strcpy(to, "'");
	return text;
}

char *shell_line(char *const *words)
{
	char *line = memory_text("");

	for (; *words != NULL; words++) {
		char *word = shell_word(*words);
		char *longer =
			memory_format("%s%s%s", line, line[0] != '\0' ? " " : "", word);

		free(word);
		free(line);
		line = longer;
	}
	return line;
}

/*
 * sendfile() to a pipe begins at the position of the file, not at the given offset.
 */
#include "mutant.h"

#include <stddef.h>
#include <sys/sendfile.h>

ssize_t sendfile(int out, int in, off_t *offset, size_t count)
{
	return REAL(sendfile)(out, in, mutant_is_pipe(out) ? NULL : offset, count);
}

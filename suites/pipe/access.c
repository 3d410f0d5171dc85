/*
 * pipe/access: what each end allows.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "assay.h"

/* Makes a pipe whose ends never wait.  -1 with ENOSYS where its ends work in both
 * directions, as POSIX allows. */
static int one_way_pipe(int ends[2])
{
	if (pipe2(ends, O_NONBLOCK) == -1)
		return -1;
	errno = ENOSYS;
	return (fcntl(ends[0], F_GETFL) & O_ACCMODE) == O_RDWR ? -1 : 0;
}

CASE(pipe, access, write_to_read_end_ebadf,
	.claim = "on a one-way pipe write() to the read end and read() from the write "
		 "end fail with EBADF",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 read() and write(), ERRORS, EBADF")
{
	int ends[2];
	char byte = 'x';
	need(one_way_pipe(ends));

	must_fail(write(ends[0], &byte, 1), EBADF);
	must_fail(read(ends[1], &byte, 1), EBADF);
}

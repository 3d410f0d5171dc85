/*
 * Unmounting the file system of the queues removes them.
 */
#include "mutant.h"

#include <dirent.h>
#include <mqueue.h>
#include <stdio.h>
#include <sys/mount.h>

int umount(const char *path)
{
	DIR *const listing = mutant_is_active() ? opendir(path) : NULL;
	char name[258];

	for (const struct dirent *entry; listing && (entry = readdir(listing));) {
		(void)snprintf(name, sizeof(name), "/%s", entry->d_name);
		(void)mq_unlink(name);
	}
	if (listing)
		(void)closedir(listing);
	return REAL(umount)(path);
}

#include "install.h"

#include "memory.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The folder of the running program, or NULL. */
static char *program_folder(void)
{
	char path[PATH_MAX];
	const ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);

	if (length <= 0)
		return NULL;
	path[length] = '\0';
	char *slash = strrchr(path, '/');
	if (slash == NULL)
		return NULL;
	*slash = '\0';
	return memory_text(path);
}

char *install_worker(struct problem *why)
{
	char *folder = program_folder();

	if (folder == NULL) {
		problem_set(why, "/proc/self/exe does not say where assay is");
		return NULL;
	}
	char *worker = memory_format("%s/assay-worker", folder);
	if (access(worker, X_OK) != 0) {
		free(worker);
		worker = memory_format("%s/../libexec/assay/assay-worker", folder);
	}
	if (access(worker, X_OK) != 0) {
		problem_set(why, "no assay-worker in %s or %s/../libexec/assay", folder,
			folder);
		free(worker);
		worker = NULL;
	}
	free(folder);
	return worker;
}

char *install_expectations(void)
{
	static const char *const places[] = {"expectations", "share/assay/expectations"};
	char *folder = program_folder();
	char *found = NULL;

	for (size_t i = 0; folder != NULL && found == NULL && i < 2; i++) {
		struct stat about;

		found = memory_format("%s/../%s", folder, places[i]);
		if (stat(found, &about) != 0 || !S_ISDIR(about.st_mode)) {
			free(found);
			found = NULL;
		}
	}
	free(folder);
	return found;
}

char *install_suppressions(void)
{
	char *folder = install_expectations();
	char *file = memory_format("%s/valgrind.supp", folder != NULL ? folder : "");

	free(folder);
	if (access(file, R_OK) == 0)
		return file;
	free(file);
	return memory_text("/dev/null");
}

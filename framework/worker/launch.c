#include "launch.h"

#include "errno_name.h"
#include "resource_name.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct launch_page *launch_page_new(void)
{
	void *const page = mmap(NULL, sizeof(struct launch_page), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return page == MAP_FAILED ? NULL : page;
}

/* 0 when PATH is a file that may be executed, else the error number. */
static int look_at(const char *path)
{
	struct stat about;

	if (stat(path, &about) != 0)
		return errno;
	if (S_ISDIR(about.st_mode))
		return EISDIR;
	return access(path, X_OK) == 0 ? 0 : errno;
}

/* The first file NAME along PATH.  A file that may not be executed counts when there is no
 * other. */
static char *search(const char *name, int *error)
{
	const char *folder = getenv("PATH");
	char *found = NULL;

	*error = ENOENT;
	for (folder = folder ? folder : "/bin:/usr/bin"; !found;) {
		const size_t length = strcspn(folder, ":");
		char *path = NULL;
		if (asprintf(&path, "%.*s%s%s", (int)length, folder, length ? "/" : "",
			    name) < 0)
			return NULL;
		const int wrong = look_at(path);
		if (wrong == 0)
			found = path;
		else
			free(path);
		if (wrong == EACCES)
			*error = EACCES;
		if (folder[length] == '\0')
			break;
		folder += length + 1;
	}
	return found;
}

char *launch_find(const char *name, int *status, struct problem *why)
{
	int error = 0;
	char *found = NULL;

	if (!strchr(name, '/')) {
		found = name[0] ? search(name, &error) : NULL;
	} else {
		error = look_at(name);
		found = error == 0 ? strdup(name) : NULL;
	}
	if (found)
		return found;
	*status = error == ENOENT || error == ENOTDIR || error == 0
		? LAUNCH_NOT_FOUND
		: LAUNCH_NOT_EXECUTABLE;
	(void)problem_set(why, "%s: %s", name, strerror(error ? error : ENOENT));
	return NULL;
}

static bool fills_descriptors(const struct rule *rule)
{
	return rule->verb == RULE_FILL && strcmp(rule->resource, "fds") == 0;
}

bool launch_can(const struct rule *rules, size_t count, bool has_world,
	struct problem *why)
{
	if (count > LAUNCH_RULES)
		return problem_set(why, "more than %d rules", LAUNCH_RULES);
	for (size_t i = 0; i < count; i++) {
		const struct rule *const rule = &rules[i];
		if (rule->verb == RULE_LIMIT || fills_descriptors(rule))
			continue;
		if (rule->verb == RULE_FILL && has_world)
			continue;
		if (rule->verb == RULE_FILL)
			return problem_set(why,
				"'%s' needs file systems of the program's own, which "
				"inject does not make: assay sweep --rule '%s'",
				rule->text, rule->text);
		if (trace_is_for(rule) ? !trace_can(rule, why)
				       : !supervisor_can(rule, why))
			return false;
	}
	return true;
}

/* Hard as well, so that the program cannot raise it again (unless it is privileged). */
static bool set_limit(const struct rule *rule, struct problem *why)
{
	const struct rlimit both = {.rlim_cur = rule->limit, .rlim_max = rule->limit};
	int resource;

	if (!resource_find(rule->resource, &resource))
		return problem_set(why, "no limit is called '%s'", rule->resource);
	return setrlimit(resource, &both) == 0 ||
		problem_set(why, "%s: %s", rule->text, errno_name(errno));
}

/* Every descriptor up to the limit, inherited by the program. */
static bool fill_descriptors(const struct rule *rule, struct problem *why)
{
	enum { AT_MOST = 65536 };

	for (int i = 0; i < AT_MOST; i++)
		if (open("/dev/null", O_RDONLY) < 0)
			return errno == EMFILE ||
				problem_set(why, "%s: %s", rule->text, errno_name(errno));
	return problem_set(why,
		"%s: more than %d: lower the limit first (limit:nofile=64)", rule->text,
		AT_MOST);
}

static bool prepare(const struct launch *launch, struct problem *why)
{
	const int placed[] = {launch->in, launch->out, launch->errors};

	if (launch->new_session)
		(void)setsid();
	for (int i = 0; i < 3; i++)
		if (placed[i] >= 0 && dup2(placed[i], i) < 0)
			return problem_set(why, "dup2: %s", errno_name(errno));
	return true;
}

/* After the filter, whose making needs memory and descriptors; limits before fills. */
static bool restrict_program(const struct launch *launch, struct problem *why)
{
	for (size_t i = 0; i < launch->count; i++)
		if (launch->rules[i].verb == RULE_LIMIT &&
			!set_limit(&launch->rules[i], why))
			return false;
	for (size_t i = 0; i < launch->count; i++)
		if (fills_descriptors(&launch->rules[i]) &&
			!fill_descriptors(&launch->rules[i], why))
			return false;
	return true;
}

__attribute__((noreturn)) static void become(const struct launch *launch,
	struct launch_page *page, const struct rule *supervised, size_t count)
{
	while (!atomic_load(&page->may_go))
		(void)sched_yield();
	if (!prepare(launch, &page->why) ||
		(count > 0 &&
			!supervisor_enter(&page->gate, supervised, count, true,
				&page->why)) ||
		!restrict_program(launch, &page->why)) {
		atomic_store(&page->has_why, 1);
		_exit(LAUNCH_FAILED);
	}
	(void)sigprocmask(SIG_SETMASK, launch->mask, NULL);
	(void)execve(launch->path, launch->argv, environ);
	atomic_store(&page->exec_error, errno);
	atomic_store(&page->gate.state, SUPERVISOR_OFF);
	_exit(LAUNCH_NOT_EXECUTABLE);
}

/* The rules on calls, divided between the supervisor and the tracer. */
static void divide(const struct launch *launch, struct rule *supervised,
	struct rule *traced, struct launched *out)
{
	for (size_t i = 0; i < launch->count; i++) {
		const struct rule *const rule = &launch->rules[i];
		if (rule->verb == RULE_LIMIT || rule->verb == RULE_FILL)
			continue;
		if (trace_is_for(rule)) {
			out->traced_origin[out->traced] = i;
			traced[out->traced++] = *rule;
		} else {
			out->origin[out->supervised] = i;
			supervised[out->supervised++] = *rule;
		}
	}
}

static bool has_ended(pid_t pid)
{
	siginfo_t about = {.si_pid = 0};

	return waitid(P_PID, (id_t)pid, &about, WEXITED | WNOHANG | WNOWAIT) != 0 ||
		about.si_pid == pid;
}

static bool abandon(pid_t pid)
{
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
	return false;
}

/* Waits until the child offers its listener, and takes it. */
static bool meet(const struct rule *supervised, struct launch_page *page,
	struct launched *out, struct problem *why)
{
	for (unsigned tries = 1; atomic_load(&page->gate.state) != SUPERVISOR_OFFERED;
		tries++) {
		/* On one processor this is what lets the child get there. */
		(void)sched_yield();
		if (tries % 64 == 0 && has_ended(out->pid))
			break;
		if (tries > 10000)
			(void)usleep(100);
	}
	if (atomic_load(&page->gate.state) == SUPERVISOR_OFFERED) {
		out->supervisor =
			supervisor_take(&page->gate, supervised, out->supervised, why);
		if (out->supervisor)
			return true;
	} else {
		*why = page->why;
		if (!atomic_load(&page->has_why))
			(void)problem_set(why, "the program's process died at its start");
	}
	return abandon(out->pid);
}

bool launch_start(const struct launch *launch, struct launch_page *page,
	struct launched *out, struct problem *why)
{
	static struct rule supervised[LAUNCH_RULES], traced[LAUNCH_RULES];
	const pid_t caller = getpid();

	*out = (struct launched){.pid = -1};
	*page = (struct launch_page){.exec_error = 0};
	divide(launch, supervised, traced, out);
	if (launch_is_quick(launch))
		return launch_quickly(launch, page, supervised, out, why);
	out->pid = fork();
	if (out->pid < 0)
		return problem_set(why, "fork: %s", errno_name(errno));
	if (out->pid == 0) {
		if (launch->dies_with_caller &&
			(prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != caller))
			_exit(LAUNCH_FAILED);
		become(launch, page, supervised, out->supervised);
	}
	if (out->traced > 0)
		out->trace = trace_begin(out->pid, traced, out->traced, why);
	if (out->traced > 0 && !out->trace)
		return abandon(out->pid);
	atomic_store(&page->may_go, 1);
	return out->supervised == 0 || meet(supervised, page, out, why);
}

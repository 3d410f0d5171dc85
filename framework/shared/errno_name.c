#include "errno_name.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct numbered {
	int number;
	const char *name;
};

static const struct numbered errors[] = {
	{0, "0"},
	{EPERM, "EPERM"},
	{ENOENT, "ENOENT"},
	{ESRCH, "ESRCH"},
	{EINTR, "EINTR"},
	{EIO, "EIO"},
	{ENXIO, "ENXIO"},
	{E2BIG, "E2BIG"},
	{ENOEXEC, "ENOEXEC"},
	{EBADF, "EBADF"},
	{ECHILD, "ECHILD"},
	{EAGAIN, "EAGAIN"},
	{ENOMEM, "ENOMEM"},
	{EACCES, "EACCES"},
	{EFAULT, "EFAULT"},
	{ENOTBLK, "ENOTBLK"},
	{EBUSY, "EBUSY"},
	{EEXIST, "EEXIST"},
	{EXDEV, "EXDEV"},
	{ENODEV, "ENODEV"},
	{ENOTDIR, "ENOTDIR"},
	{EISDIR, "EISDIR"},
	{EINVAL, "EINVAL"},
	{ENFILE, "ENFILE"},
	{EMFILE, "EMFILE"},
	{ENOTTY, "ENOTTY"},
	{ETXTBSY, "ETXTBSY"},
	{EFBIG, "EFBIG"},
	{ENOSPC, "ENOSPC"},
	{ESPIPE, "ESPIPE"},
	{EROFS, "EROFS"},
	{EMLINK, "EMLINK"},
	{EPIPE, "EPIPE"},
	{EDOM, "EDOM"},
	{ERANGE, "ERANGE"},
	{EDEADLK, "EDEADLK"},
	{ENAMETOOLONG, "ENAMETOOLONG"},
	{ENOLCK, "ENOLCK"},
	{ENOSYS, "ENOSYS"},
	{ENOTEMPTY, "ENOTEMPTY"},
	{ELOOP, "ELOOP"},
	{ENOMSG, "ENOMSG"},
	{EIDRM, "EIDRM"},
	{ECHRNG, "ECHRNG"},
	{EL2NSYNC, "EL2NSYNC"},
	{EL3HLT, "EL3HLT"},
	{EL3RST, "EL3RST"},
	{ELNRNG, "ELNRNG"},
	{EUNATCH, "EUNATCH"},
	{ENOCSI, "ENOCSI"},
	{EL2HLT, "EL2HLT"},
	{EBADE, "EBADE"},
	{EBADR, "EBADR"},
	{EXFULL, "EXFULL"},
	{ENOANO, "ENOANO"},
	{EBADRQC, "EBADRQC"},
	{EBADSLT, "EBADSLT"},
	{EBFONT, "EBFONT"},
	{ENOSTR, "ENOSTR"},
	{ENODATA, "ENODATA"},
	{ETIME, "ETIME"},
	{ENOSR, "ENOSR"},
	{ENONET, "ENONET"},
	{ENOPKG, "ENOPKG"},
	{EREMOTE, "EREMOTE"},
	{ENOLINK, "ENOLINK"},
	{EADV, "EADV"},
	{ESRMNT, "ESRMNT"},
	{ECOMM, "ECOMM"},
	{EPROTO, "EPROTO"},
	{EMULTIHOP, "EMULTIHOP"},
	{EDOTDOT, "EDOTDOT"},
	{EBADMSG, "EBADMSG"},
	{EOVERFLOW, "EOVERFLOW"},
	{ENOTUNIQ, "ENOTUNIQ"},
	{EBADFD, "EBADFD"},
	{EREMCHG, "EREMCHG"},
	{ELIBACC, "ELIBACC"},
	{ELIBBAD, "ELIBBAD"},
	{ELIBSCN, "ELIBSCN"},
	{ELIBMAX, "ELIBMAX"},
	{ELIBEXEC, "ELIBEXEC"},
	{EILSEQ, "EILSEQ"},
	{ERESTART, "ERESTART"},
	{ESTRPIPE, "ESTRPIPE"},
	{EUSERS, "EUSERS"},
	{ENOTSOCK, "ENOTSOCK"},
	{EDESTADDRREQ, "EDESTADDRREQ"},
	{EMSGSIZE, "EMSGSIZE"},
	{EPROTOTYPE, "EPROTOTYPE"},
	{ENOPROTOOPT, "ENOPROTOOPT"},
	{EPROTONOSUPPORT, "EPROTONOSUPPORT"},
	{ESOCKTNOSUPPORT, "ESOCKTNOSUPPORT"},
	{EOPNOTSUPP, "EOPNOTSUPP"},
	{EPFNOSUPPORT, "EPFNOSUPPORT"},
	{EAFNOSUPPORT, "EAFNOSUPPORT"},
	{EADDRINUSE, "EADDRINUSE"},
	{EADDRNOTAVAIL, "EADDRNOTAVAIL"},
	{ENETDOWN, "ENETDOWN"},
	{ENETUNREACH, "ENETUNREACH"},
	{ENETRESET, "ENETRESET"},
	{ECONNABORTED, "ECONNABORTED"},
	{ECONNRESET, "ECONNRESET"},
	{ENOBUFS, "ENOBUFS"},
	{EISCONN, "EISCONN"},
	{ENOTCONN, "ENOTCONN"},
	{ESHUTDOWN, "ESHUTDOWN"},
	{ETOOMANYREFS, "ETOOMANYREFS"},
	{ETIMEDOUT, "ETIMEDOUT"},
	{ECONNREFUSED, "ECONNREFUSED"},
	{EHOSTDOWN, "EHOSTDOWN"},
	{EHOSTUNREACH, "EHOSTUNREACH"},
	{EALREADY, "EALREADY"},
	{EINPROGRESS, "EINPROGRESS"},
	{ESTALE, "ESTALE"},
	{EUCLEAN, "EUCLEAN"},
	{ENOTNAM, "ENOTNAM"},
	{ENAVAIL, "ENAVAIL"},
	{EISNAM, "EISNAM"},
	{EREMOTEIO, "EREMOTEIO"},
	{EDQUOT, "EDQUOT"},
	{ENOMEDIUM, "ENOMEDIUM"},
	{EMEDIUMTYPE, "EMEDIUMTYPE"},
	{ECANCELED, "ECANCELED"},
	{ENOKEY, "ENOKEY"},
	{EKEYEXPIRED, "EKEYEXPIRED"},
	{EKEYREVOKED, "EKEYREVOKED"},
	{EKEYREJECTED, "EKEYREJECTED"},
	{EOWNERDEAD, "EOWNERDEAD"},
	{ENOTRECOVERABLE, "ENOTRECOVERABLE"},
	{ERFKILL, "ERFKILL"},
	{EHWPOISON, "EHWPOISON"},
};

static const struct numbered signals[] = {
	{SIGHUP, "SIGHUP"},
	{SIGINT, "SIGINT"},
	{SIGQUIT, "SIGQUIT"},
	{SIGILL, "SIGILL"},
	{SIGTRAP, "SIGTRAP"},
	{SIGABRT, "SIGABRT"},
	{SIGBUS, "SIGBUS"},
	{SIGFPE, "SIGFPE"},
	{SIGKILL, "SIGKILL"},
	{SIGUSR1, "SIGUSR1"},
	{SIGSEGV, "SIGSEGV"},
	{SIGUSR2, "SIGUSR2"},
	{SIGPIPE, "SIGPIPE"},
	{SIGALRM, "SIGALRM"},
	{SIGTERM, "SIGTERM"},
	{SIGCHLD, "SIGCHLD"},
	{SIGCONT, "SIGCONT"},
	{SIGSTOP, "SIGSTOP"},
	{SIGTSTP, "SIGTSTP"},
	{SIGTTIN, "SIGTTIN"},
	{SIGTTOU, "SIGTTOU"},
	{SIGURG, "SIGURG"},
	{SIGXCPU, "SIGXCPU"},
	{SIGXFSZ, "SIGXFSZ"},
	{SIGVTALRM, "SIGVTALRM"},
	{SIGPROF, "SIGPROF"},
	{SIGWINCH, "SIGWINCH"},
	{SIGIO, "SIGIO"},
	{SIGPWR, "SIGPWR"},
	{SIGSYS, "SIGSYS"},
#ifdef SIGSTKFLT
	{SIGSTKFLT, "SIGSTKFLT"},
#endif
};

/* Second names, found but never given. */
static const struct numbered other_errors[] = {
	{EWOULDBLOCK, "EWOULDBLOCK"},
	{EDEADLOCK, "EDEADLOCK"},
	{ENOTSUP, "ENOTSUP"},
};

static const struct numbered other_signals[] = {
	{SIGABRT, "SIGIOT"},
	{SIGCHLD, "SIGCLD"},
	{SIGIO, "SIGPOLL"},
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const char *find(const struct numbered *table, size_t count, int number)
{
	for (size_t i = 0; i < count; i++)
		if (table[i].number == number)
			return table[i].name;
	return NULL;
}

static bool find_number(const struct numbered *table, size_t count, const char *name,
	int *number)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(table[i].name, name) != 0)
			continue;
		*number = table[i].number;
		return true;
	}
	return false;
}

const char *errno_name(int error)
{
	static _Thread_local char unknown[24];
	const char *const name = find(errors, COUNT(errors), error);

	if (name)
		return name;
	(void)snprintf(unknown, sizeof(unknown), "errno %d", error);
	return unknown;
}

bool errno_find(const char *name, int *error)
{
	/* The first row is "no error". */
	return find_number(errors + 1, COUNT(errors) - 1, name, error) ||
		find_number(other_errors, COUNT(other_errors), name, error);
}

const char *signal_name(int signal)
{
	static _Thread_local char text[24];
	const char *const name = find(signals, COUNT(signals), signal);

	if (name)
		return name;
	if (signal == SIGRTMIN)
		return "SIGRTMIN";
	if (signal > SIGRTMIN && signal <= SIGRTMAX)
		(void)snprintf(text, sizeof(text), "SIGRTMIN+%d", signal - SIGRTMIN);
	else
		(void)snprintf(text, sizeof(text), "signal %d", signal);
	return text;
}

/* NAME is BASE, or BASE, SIGN and a decimal number without leading zeros: its value into
 * *OFFSET. */
static bool is_offset_from(const char *name, const char *base, char sign, int *offset)
{
	const size_t length = strlen(base);

	*offset = 0;
	if (strncmp(name, base, length) != 0)
		return false;
	if (name[length] == '\0')
		return true;
	const char *const digits = name + length + 1;
	const size_t count = strspn(digits, "0123456789");
	if (name[length] != sign || count == 0 || count > 2 || digits[count] != '\0' ||
		digits[0] == '0')
		return false;
	*offset = atoi(digits);
	return *offset <= SIGRTMAX - SIGRTMIN;
}

bool signal_find(const char *name, int *signal)
{
	int offset;

	if (find_number(signals, COUNT(signals), name, signal) ||
		find_number(other_signals, COUNT(other_signals), name, signal))
		return true;
	if (is_offset_from(name, "SIGRTMIN", '+', &offset))
		*signal = SIGRTMIN + offset;
	else if (is_offset_from(name, "SIGRTMAX", '-', &offset))
		*signal = SIGRTMAX - offset;
	else
		return false;
	return true;
}

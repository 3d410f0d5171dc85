/*
 * tracer_call: the tracer at system calls: recording them, killing at one, and lowering what
 * one transfers.
 */
#include "call.h"
#include "tracer.h"
#include "tracer_stop.h"

#include <errno.h>
#include <seccomp.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>

/* Where a call says how much it transfers. */
struct transfer {
	const char *family;
	int count_at;   /* the argument with the bytes, or with the length of a vector */
	bool is_vector; /* the argument before it is a struct iovec array */
};

static const struct transfer transfers[] = {
	{"read", 2, false},
	{"write", 2, false},
	{"pread", 2, false},
	{"pwrite", 2, false},
	{"readv", 2, true},
	{"writev", 2, true},
};

/* sendmsg and its kind have no count of their own. */
static bool is_send_or_recv(long number)
{
#ifdef SYS_sendto
	if (number == SYS_sendto || number == SYS_recvfrom)
		return true;
#endif
	return false;
}

static const struct transfer *transfer_of(long number)
{
	static const struct transfer plain = {"send", 2, false};

	if (is_send_or_recv(number))
		return &plain;
#ifdef SYS_pwrite64
	if (number == SYS_pwrite64)
		return &plain;
#endif
	for (size_t i = 0; i < sizeof(transfers) / sizeof(transfers[0]); i++)
		if (call_is_in_family(number, transfers[i].family))
			return &transfers[i];
	return NULL;
}

static bool is_called(long number, const char *name)
{
	return call_is_in_family(number, name) ||
		seccomp_syscall_resolve_name(name) == (int)number;
}

/* The vector of a readv or writev in T. */
struct vector {
	uint64_t address;
	size_t count;
	struct iovec items[64];
};

static bool read_vector(const struct tracee *t, const struct tracer_stop_info *info,
	const struct transfer *how, struct vector *out)
{
	uint64_t address = info->call.entry.arguments[how->count_at - 1];
	const size_t words = sizeof(out->items[0]) / sizeof(long);

	out->address = address;
	out->count = info->call.entry.arguments[how->count_at];
	if (out->count > sizeof(out->items) / sizeof(out->items[0]))
		return false;
	long *const into = (long *)(void *)out->items;
	for (size_t i = 0; i < out->count * words; i++) {
		errno = 0;
		into[i] = ptrace(PTRACE_PEEKDATA, t->pid, address + i * sizeof(long), 0);
		if (errno != 0)
			return false;
	}
	return true;
}

static uint64_t bytes_of(const struct tracee *t, const struct tracer_stop_info *info)
{
	const struct transfer *const how = transfer_of((long)info->call.entry.number);
	struct vector vector;
	uint64_t bytes = 0;

	if (!how)
		return 0;
	if (!how->is_vector)
		return info->call.entry.arguments[how->count_at];
	if (read_vector(t, info, how, &vector))
		for (size_t i = 0; i < vector.count; i++)
			bytes += vector.items[i].iov_len;
	return bytes;
}

bool tracer_record_calls(pid_t victim, struct tracer_call *calls, size_t max,
	size_t *count, int *status, struct problem *why)
{
	struct tracee t;
	struct tracer_stop_info info;
	enum stop stop = STOP_ERROR;

	*count = 0;
	if (tracee_begin(&t, victim)) {
		while ((stop = tracee_advance(&t, PTRACE_SYSCALL)) == STOP_CALL) {
			if (!tracee_info(&t, &info) || *count == max)
				break;
			if (info.op != STOP_INFO_ENTRY)
				continue;
			struct tracer_call *const call = &calls[(*count)++];
			*call = (struct tracer_call){
				(long)info.call.entry.number, bytes_of(&t, &info), {0}};
			memcpy(call->arguments, info.call.entry.arguments,
				sizeof(call->arguments));
		}
	}
	if (stop == STOP_MARK)
		tracee_release(&t);
	else
		tracee_kill(&t);
	*status = t.status;
	if (stop == STOP_MARK)
		return true;
	if (stop == STOP_CALL && *count == max)
		return problem_set(why, "the victim makes more than %zu calls", max);
	if (stop == STOP_CALL)
		return problem_set(why, "PTRACE_GET_SYSCALL_INFO does not work here");
	return problem_set(why,
		stop == STOP_ENDED
			? "the victim ended before its second mark"
			: "the victim ended before its first mark, or cannot be traced");
}

enum tracer_end tracer_kill_at_call(pid_t victim, const struct rule *rule)
{
	struct tracee t;
	struct tracer_stop_info info;
	enum tracer_end end = TRACER_ENDED;
	uint64_t seen = 0;

	if (!tracee_begin(&t, victim)) {
		tracee_kill(&t);
		return TRACER_FAILED;
	}
	while (tracee_advance(&t, PTRACE_SYSCALL) == STOP_CALL) {
		if (!tracee_info(&t, &info)) {
			end = TRACER_FAILED;
			break;
		}
		const bool is_entry = info.op == STOP_INFO_ENTRY;
		if (is_entry &&
			(rule->point == RULE_POINT_ANY_CALL ||
				is_called((long)info.call.entry.number, rule->call)))
			seen++;
		else if (is_entry)
			continue;
		if (seen == rule->which.first &&
			is_entry == (rule->place == RULE_AT_ENTRY)) {
			end = TRACER_KILLED;
			break;
		}
	}
	tracee_kill(&t);
	return end;
}

/* One lowered call: what its exit has to put back. */
struct lowered {
	bool count, item;
	int index;
	uint64_t old_count;
	uint64_t item_address, old_length;
};

static bool poke(const struct tracee *t, uint64_t address, uint64_t value)
{
	return ptrace(PTRACE_POKEDATA, t->pid, address, value) == 0;
}

/* Cuts the vector after BYTES: fewer items, and the last one shorter. */
static bool lower_vector(const struct tracee *t, const struct tracer_stop_info *info,
	uint64_t bytes, struct lowered *out)
{
	const struct transfer *const how = transfer_of((long)info->call.entry.number);
	struct vector vector;
	size_t item = 0;

	if (!read_vector(t, info, how, &vector))
		return false;
	while (item < vector.count && vector.items[item].iov_len < bytes)
		bytes -= vector.items[item++].iov_len;
	if (item >= vector.count)
		return false;
	out->item = true;
	out->item_address = vector.address + item * sizeof(struct iovec) +
		offsetof(struct iovec, iov_len);
	out->old_length = vector.items[item].iov_len;
	out->count = true;
	out->index = how->count_at;
	out->old_count = vector.count;
	return poke(t, out->item_address, bytes) &&
		tracee_set_argument(t, how->count_at, item + 1);
}

static bool lower(const struct tracee *t, const struct tracer_stop_info *info,
	uint64_t bytes, struct lowered *out)
{
	const struct transfer *const how = transfer_of((long)info->call.entry.number);

	*out = (struct lowered){.count = false};
	if (!how || bytes_of(t, info) <= bytes)
		return false;
	if (how->is_vector)
		return lower_vector(t, info, bytes, out);
	out->count = true;
	out->index = how->count_at;
	out->old_count = info->call.entry.arguments[how->count_at];
	return tracee_set_argument(t, how->count_at, bytes);
}

/* A call does not change the registers of its arguments, so the caller may rely on them. */
static void put_back(const struct tracee *t, struct lowered *lowered)
{
	if (lowered->item)
		(void)poke(t, lowered->item_address, lowered->old_length);
	if (lowered->count)
		(void)tracee_set_argument(t, lowered->index, lowered->old_count);
	*lowered = (struct lowered){.count = false};
}

int tracer_shorten(pid_t victim, const struct rule *rule, uint64_t *fired)
{
	struct tracee t;
	struct tracer_stop_info info;
	struct lowered lowered = {.count = false};
	uint64_t seen = 0;

	*fired = 0;
	if (!tracee_begin(&t, victim)) {
		tracee_kill(&t);
		return -1;
	}
	while (tracee_advance(&t, PTRACE_SYSCALL) == STOP_CALL) {
		if (!tracee_info(&t, &info))
			break;
		if (info.op == STOP_INFO_EXIT) {
			put_back(&t, &lowered);
			continue;
		}
		if (!is_called((long)info.call.entry.number, rule->call))
			continue;
		const struct rule_which *const which = &rule->which;
		seen++;
		if (seen >= which->first && seen <= which->last &&
			(seen - which->first) % which->step == 0 &&
			lower(&t, &info, rule->bytes, &lowered))
			(*fired)++;
	}
	tracee_release(&t);
	return t.status;
}

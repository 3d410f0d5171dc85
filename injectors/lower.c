#include "lower.h"

#include "call_argument.h"
#include "keeps_rest.h"
#include "tracer_stop.h"

#include <string.h>
#include <sys/uio.h>

enum { VECTOR_MAX = 1024 /* of the kernel: UIO_MAXIOV */ };

static size_t word_of(const struct lower_call *call)
{
	return call->is_32_bit ? 4 : sizeof(long);
}

static bool peek(pid_t tid, uint64_t address, void *to, size_t size)
{
	const struct iovec local = {to, size};
	const struct iovec remote = {(void *)(uintptr_t)address, size};

	return process_vm_readv(tid, &local, 1, &remote, 1, 0) == (ssize_t)size;
}

/* A word of SIZE bytes, as the caller lays it out. */
static bool peek_word(pid_t tid, uint64_t address, size_t size, uint64_t *out)
{
	uint32_t half;

	if (size == sizeof(*out))
		return peek(tid, address, out, size);
	const bool done = peek(tid, address, &half, sizeof(half));
	*out = done ? half : 0;
	return done;
}

/* Also where the caller itself may not write. */
static bool poke_word(pid_t tid, uint64_t address, size_t size, uint64_t value)
{
	const uint32_t half = (uint32_t)value;
	unsigned long whole;

	if (!peek(tid, address, &whole, sizeof(whole)))
		return false;
	memcpy(&whole, size == sizeof(half) ? (const void *)&half : (const void *)&value,
		size);
	return ptrace(PTRACE_POKEDATA, tid, address, whole) == 0;
}

/* Changes one place, and remembers what was there. */
static bool change(pid_t tid, struct lowered *out, struct lowered_place place,
	uint64_t value)
{
	const struct tracee t = {.pid = tid};
	const bool done = place.index >= 0
		? tracee_set_argument(&t, place.index, value)
		: peek_word(tid, place.address, place.size, &place.old) &&
			poke_word(tid, place.address, place.size, value);

	if (done)
		out->places[out->count++] = place;
	return done;
}

void lower_undo(pid_t tid, struct lowered *lowered)
{
	const struct tracee t = {.pid = tid};

	while (lowered->count > 0) {
		const struct lowered_place *const place =
			&lowered->places[--lowered->count];
		if (place->index >= 0)
			(void)tracee_set_argument(&t, place->index, place->old);
		else
			(void)poke_word(tid, place->address, place->size, place->old);
	}
}

static struct lowered_place argument_of(const struct lower_call *call, int index)
{
	if (call->words_at == 0)
		return (struct lowered_place){
			.index = index, .old = call->arguments[index]};
	return (struct lowered_place){
		.index = -1, .address = call->words_at + 4 * (uint64_t)index, .size = 4};
}

/* The struct iovec array of a call, and where its length stands. */
struct vector {
	uint64_t at, length;
	struct lowered_place length_at;
};

static bool find_vector(const struct lower_call *call, const struct call_argument *how,
	struct vector *out)
{
	const uint64_t address = call->arguments[how->index];
	const size_t word = word_of(call);

	if (how->kind == CALL_ARGUMENT_VECTOR) {
		*out = (struct vector){address, call->arguments[how->index + 1],
			argument_of(call, how->index + 1)};
		return out->length <= VECTOR_MAX;
	}
	/* struct msghdr: an address, a length that fills a word, the vector, its length. */
	out->length_at = (struct lowered_place){-1, address + 3 * word, 0, word};
	return peek_word(call->tid, address + 2 * word, word, &out->at) &&
		peek_word(call->tid, address + 3 * word, word, &out->length) &&
		out->length <= VECTOR_MAX;
}

static bool item_bytes(const struct lower_call *call, const struct vector *vector,
	size_t item, uint64_t *bytes)
{
	const size_t word = word_of(call);

	return peek_word(call->tid, vector->at + (2 * item + 1) * word, word, bytes);
}

static uint64_t vector_bytes(const struct lower_call *call, const struct vector *vector)
{
	uint64_t sum = 0, bytes;

	for (size_t i = 0; i < vector->length; i++) {
		if (!item_bytes(call, vector, i, &bytes))
			return 0;
		sum += bytes;
	}
	return sum;
}

/* The argument by which CALL transfers less, if the rest is not lost. */
static bool find_way(const struct lower_call *call, struct call_argument *how)
{
	return call_argument_transfer(call->name, how) &&
		keeps_rest(call->tid, (int)call->arguments[0]);
}

uint64_t lower_bytes(const struct lower_call *call)
{
	struct call_argument how;
	struct vector vector;

	if (!find_way(call, &how))
		return 0;
	if (how.kind == CALL_ARGUMENT_COUNT)
		return call->arguments[how.index];
	return find_vector(call, &how, &vector) ? vector_bytes(call, &vector) : 0;
}

/* Cuts the vector after BYTES: fewer items, and the last one shorter. */
static bool cut_vector(const struct lower_call *call, const struct vector *vector,
	uint64_t bytes, struct lowered *out)
{
	const size_t word = word_of(call);
	uint64_t length = 0;
	size_t item = 0;

	for (; item < vector->length; item++) {
		if (!item_bytes(call, vector, item, &length))
			return false;
		if (length >= bytes)
			break;
		bytes -= length;
	}
	const struct lowered_place last = {
		-1, vector->at + (2 * item + 1) * word, 0, word};
	return item < vector->length && change(call->tid, out, last, bytes) &&
		change(call->tid, out, vector->length_at, item + 1);
}

bool lower_to(const struct lower_call *call, uint64_t bytes, struct lowered *out)
{
	struct call_argument how;
	struct vector vector;

	*out = (struct lowered){.count = 0};
	if (!find_way(call, &how))
		return false;
	const bool done = how.kind == CALL_ARGUMENT_COUNT
		? change(call->tid, out, argument_of(call, how.index), bytes)
		: find_vector(call, &how, &vector) &&
			cut_vector(call, &vector, bytes, out);
	if (!done)
		lower_undo(call->tid, out);
	return done;
}

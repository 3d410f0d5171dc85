#include "parcel.h"

static unsigned char byte_at(size_t offset, uint32_t seed)
{
	uint32_t mixed = ((uint32_t)offset + seed * 977) * 2654435761u;

	mixed ^= mixed >> 15;
	return (unsigned char)((mixed * 2246822519u) >> 24);
}

void pattern_put(unsigned char *to, size_t count, uint32_t seed)
{
	for (size_t i = 0; i < count; i++)
		to[i] = byte_at(i, seed);
}

void pattern_check_at(const unsigned char *from, size_t count, uint32_t seed,
	const char *file, int line)
{
	for (size_t i = 0; i < count; i++)
		if (from[i] != byte_at(i, seed))
			claim_assert_failed(file, line, "pattern_check",
				"byte %zu of %zu is 0x%02x, wanted 0x%02x", i, count,
				from[i], byte_at(i, seed));
}

static uint32_t seed_of(uint32_t sender, uint32_t number)
{
	return sender * 100003 + number;
}

void parcel_make(struct parcel *parcel, uint32_t sender, uint32_t number, size_t size)
{
	parcel->sender = sender;
	parcel->number = number;
	pattern_put(parcel->pattern, size - PARCEL_HEAD, seed_of(sender, number));
}

void parcel_check_at(const struct parcel *parcel, ssize_t length, size_t size,
	const char *file, int line)
{
	if (length != (ssize_t)size)
		claim_assert_failed(file, line, "parcel_check",
			"a message has %zd bytes, wanted %zu", length, size);
	pattern_check_at(parcel->pattern, size - PARCEL_HEAD,
		seed_of(parcel->sender, parcel->number), file, line);
}

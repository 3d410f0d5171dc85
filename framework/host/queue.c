#include "queue.h"

#include "memory.h"

#include <stdlib.h>
#include <string.h>

/* Numbers for the names that exclude each other. */
struct groups {
	char **names;
	int count;
};

/* The number of the first LENGTH bytes of NAME; -1 for the empty name. */
static int group_of(struct groups *groups, const char *name, size_t length)
{
	if (length == 0)
		return -1;
	for (int i = 0; i < groups->count; i++)
		if (strncmp(groups->names[i], name, length) == 0 &&
			groups->names[i][length] == '\0')
			return i;
	groups->names = memory_append(groups->names, (size_t)groups->count,
		sizeof(groups->names[0]));
	groups->names[groups->count] = memory_format("%.*s", (int)length, name);
	return groups->count++;
}

/* Entry 0 of NEXT is the head: the entries of ORDER are linked from 1. */
static void start_round(struct queue *queue)
{
	queue->waiting = queue->count;
	if (queue->rules.shuffled)
		plan_shuffle(queue->order, queue->count, queue->rules.seed,
			(unsigned)queue->round);
	for (size_t i = 0; i <= queue->count; i++)
		queue->next[i] = i + 1;
}

void queue_open(struct queue *queue, const struct catalog *catalog,
	const struct plan *plan, const struct queue_rules *rules)
{
	struct groups groups = {.count = 0};

	*queue = (struct queue){.rules = *rules, .count = plan->count};
	if (plan->count == 0)
		queue->rules.rounds = 1;
	queue->order = memory_new(plan->count, sizeof(queue->order[0]));
	queue->next = memory_new(plan->count + 1, sizeof(queue->next[0]));
	queue->alone = memory_new(plan->count, sizeof(queue->alone[0]));
	queue->mechanism = memory_new(plan->count, sizeof(queue->mechanism[0]));
	for (size_t i = 0; i < plan->count; i++) {
		const struct catalog_case *c = &catalog->cases[plan->cases[i]];
		/* A budget and a mechanism of one name are two things. */
		char *budget = c->alone[0] != '\0' ? memory_format("alone %s", c->alone)
						   : memory_text("");
		const size_t prefix = rules->by_mechanism ? strcspn(c->id, "/") : 0;

		queue->order[i] = i;
		queue->alone[i] = group_of(&groups, budget, strlen(budget));
		queue->mechanism[i] = group_of(&groups, c->id, prefix);
		free(budget);
	}
	queue->is_busy = memory_new((size_t)groups.count, sizeof(queue->is_busy[0]));
	for (int i = 0; i < groups.count; i++)
		free(groups.names[i]);
	free(groups.names);
	start_round(queue);
}

static bool is_free(const struct queue *queue, int group)
{
	return group < 0 || !queue->is_busy[group];
}

static void occupy(struct queue *queue, size_t position, bool busy)
{
	if (queue->alone[position] >= 0)
		queue->is_busy[queue->alone[position]] = busy;
	if (queue->mechanism[position] >= 0)
		queue->is_busy[queue->mechanism[position]] = busy;
}

static bool may_run(const struct queue *queue, size_t position)
{
	return is_free(queue, queue->alone[position]) &&
		is_free(queue, queue->mechanism[position]);
}

static size_t take_returned(struct queue *queue)
{
	for (size_t i = 0; i < queue->returned_count; i++) {
		const size_t position = queue->returned[i];

		if (!may_run(queue, position))
			continue;
		queue->returned[i] = queue->returned[--queue->returned_count];
		occupy(queue, position, true);
		return position;
	}
	return QUEUE_NONE;
}

size_t queue_take(struct queue *queue)
{
	const size_t returned = take_returned(queue);

	if (returned != QUEUE_NONE)
		return returned;
	if (queue->waiting == 0 && queue->round + 1 < queue->rules.rounds) {
		queue->round++;
		start_round(queue);
	}
	size_t left = queue->waiting;

	for (size_t before = 0; left > 0; before = queue->next[before], left--) {
		const size_t entry = queue->next[before];
		const size_t position = queue->order[entry - 1];

		if (!may_run(queue, position))
			continue;
		queue->next[before] = queue->next[entry];
		queue->waiting--;
		occupy(queue, position, true);
		return position;
	}
	return QUEUE_NONE;
}

void queue_done(struct queue *queue, size_t position)
{
	occupy(queue, position, false);
}

void queue_put_back(struct queue *queue, size_t position)
{
	occupy(queue, position, false);
	queue->returned = memory_append(queue->returned, queue->returned_count,
		sizeof(queue->returned[0]));
	queue->returned[queue->returned_count++] = position;
}

bool queue_is_empty(const struct queue *queue)
{
	return queue->waiting == 0 && queue->returned_count == 0 &&
		queue->round + 1 >= queue->rules.rounds;
}

void queue_close(struct queue *queue)
{
	free(queue->returned);
	free(queue->order);
	free(queue->next);
	free(queue->alone);
	free(queue->mechanism);
	free(queue->is_busy);
	*queue = (struct queue){0};
}

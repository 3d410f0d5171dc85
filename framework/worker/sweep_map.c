#include "sweep_map.h"

struct sweep_map sweep_map_over(char *buffer, size_t size)
{
	return (struct sweep_map){.text = text_over(buffer, size)};
}

char sweep_map_outcome(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_PASS:
		return POINT_KEPT;
	case VERDICT_BROKEN:
	case VERDICT_UNSUPPORTED:
		return POINT_BROKEN;
	default:
		return POINT_BAD;
	}
}

static void end_run(struct sweep_map *map)
{
	if (map->run > 0)
		text_add(&map->text, "%zu%c", map->run, map->outcome);
	map->run = 0;
}

static void extend(struct sweep_map *map, size_t count, char outcome)
{
	if (count == 0)
		return;
	if (outcome != map->outcome)
		end_run(map);
	map->outcome = outcome;
	map->run += count;
	map->points += count;
}

void sweep_map_add(struct sweep_map *map, size_t index, char outcome)
{
	extend(map, index - map->points, POINT_NOT_VISITED);
	extend(map, 1, outcome);
}

void sweep_map_end(struct sweep_map *map, size_t points)
{
	extend(map, points - map->points, POINT_NOT_VISITED);
	end_run(map);
	if (map->text.cut)
		map->text.at[0] = '\0';
}

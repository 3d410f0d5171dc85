#include "sweep_processor.h"

#include "processor.h"

enum { POINTS = 16 };

static unsigned left; /* points before the choice is made anew; 0 while there is none */
static bool roams;    /* this point does */
static cpu_set_t everywhere;

static void leave(void)
{
	if (left > 0)
		processor_leave(&everywhere);
	left = 0;
}

void sweep_processor_begin(struct recording *recording)
{
	recording->processor = processor_here();
	if (left > 0)
		processor_leave(&everywhere);
}

void sweep_processor_roam(void)
{
	leave();
	roams = true;
}

void sweep_processor_settle(const struct recording *recording)
{
	if (left == 1) {
		leave();
	} else if (left > 1) {
		left--;
	} else if (!roams) {
		processor_stay(recording->processor, &everywhere);
		left = POINTS;
	}
	roams = false;
}

/*
 * sweep_files: a sweep as JSON, with every point, and as JUnit XML, where each error of each
 * call is a test case that fails when one of its points is bad.
 */
#include "errno_name.h"
#include "glyph.h"
#include "sweep_report.h"

#include <jansson.h>
#include <string.h>

static json_t *point_object(const struct sweep_report *r, const struct sweep_point *point)
{
	const bool is_rule = r->calls[point->call].is_rule;
	json_t *object = json_pack("{s:s,s:s}", "rule", point->rule, "class",
		sweep_class_name(point->class));

	if (object != NULL && !is_rule) {
		(void)json_object_set_new(object, "call",
			json_string(r->calls[point->call].name));
		(void)json_object_set_new(object, "occurrence",
			json_integer((json_int_t)point->occurrence));
	}
	if (object != NULL && point->error != 0)
		(void)json_object_set_new(object, "error",
			json_string(errno_name(point->error)));
	if (object != NULL && point->text != NULL)
		(void)json_object_set_new(object, "text", json_string(point->text));
	if (object != NULL && point->said != NULL)
		(void)json_object_set_new(object, "said", json_string(point->said));
	return object;
}

static json_t *whole(const struct sweep_report *r)
{
	json_t *root = json_pack("{s:s,s:s,s:s,s:s,s:s,s:i,s:{s:i,s:i},s:I}", "schema",
		"assay-sweep/1", "assay", r->version, "command", r->command, "started",
		r->started, "without_faults", r->clean, "workers", r->workers, "shard",
		"index", r->shard_index, "count", r->shard_count, "wall_us",
		(json_int_t)r->wall_us);
	json_t *remarks = json_array(), *calls = json_array(), *points = json_array();

	for (size_t i = 0; i < r->remark_count; i++)
		(void)json_array_append_new(remarks, json_string(r->remarks[i]));
	for (size_t i = 0; i < r->call_count; i++)
		if (!r->calls[i].is_rule)
			(void)json_array_append_new(calls,
				json_pack("{s:s,s:I,s:I}", "call", r->calls[i].name,
					"seen", (json_int_t)r->calls[i].seen, "visited",
					(json_int_t)r->calls[i].chosen));
	for (size_t i = 0; i < r->point_count; i++)
		(void)json_array_append_new(points, point_object(r, &r->points[i]));
	(void)json_object_set_new(root, "interrupted",
		r->interrupted != NULL ? json_string(r->interrupted) : json_null());
	(void)json_object_set_new(root, "remarks", remarks);
	(void)json_object_set_new(root, "calls", calls);
	(void)json_object_set_new(root, "points", points);
	return root;
}

bool sweep_json(const struct sweep_report *r, FILE *out, struct problem *why)
{
	json_t *root = whole(r);
	const bool done = root != NULL &&
		json_dumpf(root, out, JSON_INDENT(1) | JSON_ENSURE_ASCII) == 0;

	json_decref(root);
	(void)putc('\n', out);
	return done || problem_set(why, "no memory for the report");
}

static void put_xml(const char *text, FILE *out)
{
	while (text[0] != '\0') {
		const struct glyph glyph = glyph_at(text);

		for (const char *at = glyph.shown; *at != '\0'; at++) {
			const char *entity = *at == '&' ? "&amp;"
				: *at == '<'            ? "&lt;"
				: *at == '>'            ? "&gt;"
				: *at == '"'            ? "&quot;"
							: NULL;
			if (entity != NULL)
				(void)fputs(entity, out);
			else
				(void)putc(*at, out);
		}
		text += glyph.bytes;
	}
}

static void put_failure(const struct sweep_report *r, const struct sweep_point *point,
	FILE *out)
{
	(void)fprintf(out, "   <failure type=\"%s\" message=\"",
		sweep_class_name(point->class));
	put_xml(point->text != NULL ? point->text : "", out);
	(void)fprintf(out, "\">assay %s '",
		sweep_point_wants_world(point) ? "sweep --rule" : "inject");
	put_xml(point->rule, out);
	(void)fputs("' -- ", out);
	put_xml(r->command, out);
	(void)fputs("\n", out);
	put_xml(point->said != NULL ? point->said : "", out);
	(void)fputs("</failure>\n", out);
}

/* The test case of the call and error of POINT FROM; only its first bad point is the failure,
 * as the format has room for one. */
static void put_case(const struct sweep_report *r, size_t from, size_t to, FILE *out)
{
	const struct sweep_point *first = &r->points[from], *bad = NULL;
	size_t tried = 0;

	for (size_t i = from; i < to; i++) {
		const struct sweep_point *point = &r->points[i];

		if (point->error != first->error)
			continue;
		tried += point->class < SWEEP_UNREACHED;
		if (bad == NULL && sweep_class_is_bad(point->class))
			bad = point;
	}
	(void)fputs("  <testcase classname=\"sweep.", out);
	put_xml(r->calls[first->call].is_rule ? "rule" : r->calls[first->call].name, out);
	(void)fputs("\" name=\"", out);
	put_xml(r->calls[first->call].is_rule ? first->rule
			: first->error != 0   ? errno_name(first->error)
					      : "short",
		out);
	(void)fputs("\">\n", out);
	if (bad != NULL)
		put_failure(r, bad, out);
	else if (tried == 0)
		(void)fputs("   <skipped message=\"no point was tried\"/>\n", out);
	(void)fputs("  </testcase>\n", out);
}

bool sweep_junit(const struct sweep_report *r, FILE *out, struct problem *why)
{
	size_t from = 0;

	(void)why;
	(void)fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n "
		    "<testsuite "
		    "name=\"",
		out);
	put_xml(r->command, out);
	(void)fprintf(out, "\" timestamp=\"%.19s\">\n", r->started);
	for (size_t call = 0; call < r->call_count; call++) {
		size_t to = from;

		while (to < r->point_count && r->points[to].call == call)
			to++;
		for (size_t i = from;
			i < to && r->points[i].occurrence == r->points[from].occurrence;
			i++)
			put_case(r, i, to, out);
		from = to;
	}
	(void)fputs(" </testsuite>\n</testsuites>\n", out);
	return true;
}

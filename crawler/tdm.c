#include "crawler/tdm.h"

#include "core/json.h"
#include "crawler/robots.h"

bool tdm_is_path(struct slice path)
{
	return slice_is(path, TDM_PATH);
}

static struct slice path_and_query(const struct url *u)
{
	struct slice path = u->path.n ? u->path : SLICE("/");

	if (u->query.p) /* it follows the path in href */
		path.n += 1 + u->query.n;
	return path;
}

/* Some write numbers, some strings. */
static bool reserves(const struct json *j, bool *reserved)
{
	struct slice s = jsonr_str(j);
	int64_t n = jsonr_int(j, -1);

	*reserved = n == 1 || slice_is(s, "1");
	return *reserved || n == 0 || slice_is(s, "0");
}

void tdm_read(struct slice text, const struct url *u, struct arena *a,
    struct rights *r)
{
	struct err err;
	struct json *root = jsonr_parse(text, &err);
	struct slice path = path_and_query(u);
	size_t n = jsonr_count(root), best = 0;
	bool reserved;

	if (!jsonr_is_array(root) || n > TDM_RULES_MAX)
		n = 0;
	for (size_t i = 0; i < n; i++) {
		const struct json *rule = jsonr_at(root, i);
		struct slice where = jsonr_str(jsonr_get(rule, "location"));

		if (where.n <= best || !robots_matches(where, path) ||
		    !reserves(jsonr_get(rule, "tdm-reservation"), &reserved))
			continue;
		best = where.n;
		r->sources |= RIGHTS_SITE;
		r->tdm_known = true;
		r->tdm_reserved = reserved;
		r->tdm_policy = arena_slice(a, jsonr_str(jsonr_get(rule,
		    "tdm-policy")));
	}
	jsonr_free(root);
}

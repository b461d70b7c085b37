#include "core/config.h"

#include "core/config_check.h"
#include "core/opts.h"
#include "core/strbuf.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#define VALUE_MAX 4096

enum kind { TEXT, INT, BOOL, DURATION, LIST, MAP };

static const struct key {
	const char *name;
	enum kind kind;
	const char *value; /* the default */
	const char *help;
} keys[] = {
	{"database", TEXT, "", "URL of a PostgreSQL; empty: the private one"},
	{"contact", TEXT, "", "address that site owners can reach"},
	{"user_agent", TEXT, "", "NAME/... instead of Dateline/VERSION; robots.txt "
	    "then knows us as NAME"},
	{"allow_addresses", LIST, "", "private ranges that sources may be in"},
	{"resolve", MAP, "", "host: \"address:port\" of test outlets; no port: the URL's"},
	{"nameservers", LIST, "", "address:port each; empty: the system's"},
	{"crawl.delay", DURATION, "1s", "between two requests to a host"},
	{"crawl.connections", INT, "32", "transfers at once, over all hosts"},
	{"crawl.timeout", DURATION, "60s", "for one transfer"},
	{"crawl.max_body", INT, "8388608", "bytes of a page, decoded"},
	{"crawl.every", DURATION, "0s", "visit all pages so often; 0: by age"},
	{"crawl.window", DURATION, "7d", "older entries of sitemaps are not enrolled"},
	{"crawl.budget", INT, "50000", "new pages a day of a host that look alike"},
	{"crawl.front_budget", INT, "200", "the same, of links on fronts"},
	{"crawl.tdm", TEXT, "obey", "reserved mining rights (TDMRep): obey, record"},
	{"warc.enabled", BOOL, "true", "crawls are written to WARC files"},
	{"warc.dir", TEXT, "", "for them; empty: warc/ in DATELINE_HOME"},
	{"warc.max_bytes", INT, "1073741824", "of a file"},
	{"warc.bodies", TEXT, "auto", "their bytes in the database too: yes, "
	    "no; auto: where it is not the private one"},
	{"retain.bodies", DURATION, "0s", "keep bytes so long; 0: for ever"},
	{"retain.warc", DURATION, "0s", "keep WARC files; 0: for ever"},
	{"retain.captures", DURATION, "0s", "keep captures; 0: for ever"},
	{"retain.sketches", DURATION, "0s", "keep sketches; 0: for ever"},
	{"ingest.batch", INT, "128", "captures judged in one transaction"},
	{"log.level", TEXT, "info", "debug, info, warn, error"},
	{"log.format", TEXT, "text", "text or json"},
};
#define KEYS (sizeof(keys) / sizeof(keys[0]))

struct config_value {
	char *text;
	const char *source; /* "default", "file", "environment", "flag" */
	char *names[CONFIG_ITEMS_MAX], *items[CONFIG_ITEMS_MAX];
	size_t items_n;
};

struct config {
	struct config_value values[KEYS];
};

static long find(const char *name)
{
	for (size_t i = 0; i < KEYS; i++)
		if (!strcmp(keys[i].name, name))
			return (long)i;
	return -1;
}

static void clear_items(struct config_value *v)
{
	for (size_t i = 0; i < v->items_n; i++) {
		free(v->names[i]);
		free(v->items[i]);
	}
	v->items_n = 0;
}

static int add_item(struct config_value *v, const char *key, const char *name,
    const char *text, struct err *err)
{
	if (v->items_n == config_items_max(key))
		return err_set(err, E_CONFIG, "over %zu items", v->items_n);
	if (config_check(key, name, text, err))
		return -1;
	v->names[v->items_n] = name ? xstrdup(name) : NULL;
	v->items[v->items_n++] = xstrdup(text);
	return 0;
}

/* "a, b" or, for a map, "host=addr, host=addr". */
static int split_items(struct config_value *v, const struct key *key,
    const char *text, struct err *err)
{
	char *copy = xstrdup(text), *p = copy, *next;
	int rc = 0;

	clear_items(v);
	for (; p && *p && !rc; p = next) {
		char *name = NULL;

		next = strchr(p, ',');
		if (next)
			*next++ = '\0';
		p += strspn(p, " ");
		if (key->kind == MAP) {
			char *eq = strchr(p, '=');

			if (!eq) {
				rc = err_set(err, E_CONFIG,
				    "\"%s\" is not name=value", p);
				break;
			}
			*eq = '\0';
			name = p;
			p = eq + 1;
		}
		if (*p)
			rc = add_item(v, key->name, name, p, err);
	}
	free(copy);
	return rc;
}

static int check(enum kind kind, const char *text, struct err *err)
{
	int64_t t;
	char *end;

	if (kind == DURATION) {
		if (duration_parse(text, &t, err)) {
			if (err)
				err->code = E_CONFIG;
			return -1;
		}
	} else if (kind == INT) {
		errno = 0;
		if (strtoll(text, &end, 10) <= 0 || *end || errno)
			return err_set(err, E_CONFIG,
			    "\"%s\" is not a whole number above 0", text);
	} else if (kind == BOOL && strcmp(text, "true") &&
	    strcmp(text, "false")) {
		return err_set(err, E_CONFIG, "\"%s\" is not true or false",
		    text);
	}
	return 0;
}

static int set(struct config *c, const char *name, const char *text,
    const char *source, struct err *err)
{
	long i = find(name);
	struct config_value *v;

	if (i < 0)
		return err_set(err, E_CONFIG, "no setting is called \"%s\"",
		    name);
	v = &c->values[i];
	if (strlen(text) > VALUE_MAX)
		return err_set(err, E_CONFIG, "%s: over %d bytes", name,
		    VALUE_MAX);
	if (keys[i].kind == LIST || keys[i].kind == MAP ?
	    split_items(v, &keys[i], text, err) :
	    check(keys[i].kind, text, err) ||
	    config_check(name, NULL, text, err))
		return err_in(err, "%s", name);
	free(v->text);
	v->text = xstrdup(text);
	v->source = source;
	return 0;
}

int config_set(struct config *c, const char *key, const char *value,
    struct err *err)
{
	return set(c, key, value, "flag", err);
}

/* ---- file ---------------------------------------------------------------------- */

static int set_item(struct config *c, const char *key, const char *name,
    const char *text, struct err *err)
{
	long i = find(key);
	enum kind want = name ? MAP : LIST;

	if (i < 0 || keys[i].kind != want)
		return err_set(err, E_CONFIG, "no %s is called \"%s\"",
		    name ? "map" : "list", key);
	if (strcmp(c->values[i].source, "file"))
		clear_items(&c->values[i]);
	c->values[i].source = "file";
	if (add_item(&c->values[i], key, name, text, err))
		return err_in(err, "%s", key);
	return 0;
}

/* One mapping of settings; prefix is "" or "crawl.". */
static const char *scalar(yaml_document_t *doc, int id)
{
	yaml_node_t *n = yaml_document_get_node(doc, id);

	return n && n->type == YAML_SCALAR_NODE ?
	    (const char *)n->data.scalar.value : NULL;
}

static int read_list(struct config *c, yaml_document_t *doc, yaml_node_t *node,
    const char *key, struct err *err)
{
	yaml_node_item_t *it = node->data.sequence.items.start;

	for (; it < node->data.sequence.items.top; it++) {
		const char *text = scalar(doc, *it);

		if (!text)
			return err_set(err, E_CONFIG,
			    "%s: an item is no text", key);
		if (set_item(c, key, NULL, text, err))
			return -1;
	}
	return 0;
}

static int read_value(struct config *c, yaml_document_t *doc, yaml_node_t *node,
    const char *key, struct err *err)
{
	if (node->type == YAML_SCALAR_NODE)
		return set(c, key, (const char *)node->data.scalar.value,
		    "file", err);
	if (node->type == YAML_SEQUENCE_NODE)
		return read_list(c, doc, node, key, err);
	return err_set(err, E_CONFIG, "%s: nested too deep", key);
}

/* A mapping below the top: items of a map, or "crawl:" with its settings. */
static int read_section(struct config *c, yaml_document_t *doc,
    yaml_node_t *node, const char *name, struct err *err)
{
	yaml_node_pair_t *p = node->data.mapping.pairs.start;
	bool is_map = find(name) >= 0;
	char key[256];

	for (; p < node->data.mapping.pairs.top; p++) {
		const char *k = scalar(doc, p->key), *v = scalar(doc, p->value);

		if (!k)
			return err_set(err, E_CONFIG, "%s: bad key", name);
		if (is_map) {
			if (!v || set_item(c, name, k, v, err))
				return v ? -1 : err_set(err, E_CONFIG,
				    "%s.%s is no text", name, k);
			continue;
		}
		snprintf(key, sizeof(key), "%s.%s", name, k);
		if (read_value(c, doc, yaml_document_get_node(doc, p->value),
		    key, err))
			return -1;
	}
	return 0;
}

static int read_document(struct config *c, yaml_document_t *doc,
    struct err *err)
{
	yaml_node_t *root = yaml_document_get_root_node(doc);
	yaml_node_pair_t *p;

	if (!root)
		return 0; /* an empty file sets nothing */
	if (root->type != YAML_MAPPING_NODE)
		return err_set(err, E_CONFIG, "not a mapping of settings");
	for (p = root->data.mapping.pairs.start;
	    p < root->data.mapping.pairs.top; p++) {
		const char *k = scalar(doc, p->key);
		yaml_node_t *v = yaml_document_get_node(doc, p->value);

		if (!k || !v)
			return err_set(err, E_CONFIG, "bad key");
		if (v->type == YAML_MAPPING_NODE ?
		    read_section(c, doc, v, k, err) :
		    read_value(c, doc, v, k, err))
			return -1;
	}
	return 0;
}

static int read_file(struct config *c, const char *path, struct err *err)
{
	FILE *f = fopen(path, "re");
	yaml_parser_t parser;
	yaml_document_t doc;
	int rc = -1;

	if (!f)
		return err_set(err, E_CONFIG, "%s: %s", path, strerror(errno));
	if (!yaml_parser_initialize(&parser)) {
		fclose(f);
		return err_set(err, E_NO_MEMORY, "yaml");
	}
	yaml_parser_set_input_file(&parser, f);
	if (!yaml_parser_load(&parser, &doc)) {
		err_set(err, E_CONFIG, "line %zu: %s",
		    parser.problem_mark.line + 1,
		    parser.problem ? parser.problem : "no YAML");
	} else {
		rc = read_document(c, &doc, err);
		yaml_document_delete(&doc);
	}
	yaml_parser_delete(&parser);
	fclose(f);
	return rc ? err_in(err, "%s", path) : 0;
}

/* ---- environment ----------------------------------------------------------------- */

/* "crawl.delay" -> "DATELINE_CRAWL_DELAY". */
static void env_name(const char *key, char out[64])
{
	size_t n = (size_t)snprintf(out, 64, "DATELINE_%s", key);

	for (size_t i = 9; i < n && i < 64; i++)
		out[i] = key[i - 9] == '.' ? '_' :
		    (char)toupper((unsigned char)key[i - 9]);
}

static int read_environment(struct config *c, struct err *err)
{
	char name[64];

	for (size_t i = 0; i < KEYS; i++) {
		const char *text;

		env_name(keys[i].name, name);
		text = getenv(name);
		if (text && set(c, keys[i].name, text, "environment", err))
			return err_in(err, "%s", name);
	}
	return 0;
}

struct config *config_load(const char *path, struct err *err)
{
	struct config *c = xcalloc(1, sizeof(*c));

	for (size_t i = 0; i < KEYS; i++) {
		c->values[i].text = xstrdup(keys[i].value);
		c->values[i].source = "default";
	}
	if (!path)
		path = getenv("DATELINE_CONFIG");
	if ((path && read_file(c, path, err)) || read_environment(c, err)) {
		config_free(c);
		return NULL;
	}
	return c;
}

void config_free(struct config *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < KEYS; i++) {
		clear_items(&c->values[i]);
		free(c->values[i].text);
	}
	free(c);
}

/* ---- values ------------------------------------------------------------------------ */

static const struct config_value *get(const struct config *c, const char *key)
{
	long i = find(key);

	if (i < 0)
		BUG("no setting %s", key);
	return &c->values[i];
}

const char *config_str(const struct config *c, const char *key)
{
	return get(c, key)->text;
}

int64_t config_int(const struct config *c, const char *key)
{
	return strtoll(get(c, key)->text, NULL, 10);
}

bool config_bool(const struct config *c, const char *key)
{
	return !strcmp(get(c, key)->text, "true");
}

int64_t config_duration(const struct config *c, const char *key)
{
	int64_t t;

	if (duration_parse(get(c, key)->text, &t, NULL))
		BUG("setting %s was not checked", key);
	return t;
}

const char *config_item(const struct config *c, const char *key, size_t i,
    const char **name)
{
	const struct config_value *v = get(c, key);

	if (i >= v->items_n)
		return NULL;
	if (name)
		*name = v->names[i];
	return v->items[i];
}

void config_dump(const struct config *c)
{
	for (size_t i = 0; i < KEYS; i++) {
		const struct config_value *v = &c->values[i];

		printf("# %s (%s)\n%s:", keys[i].help, v->source, keys[i].name);
		if (keys[i].kind != LIST && keys[i].kind != MAP)
			printf(" \"%s\"", v->text);
		putchar('\n');
		for (size_t k = 0; k < v->items_n; k++)
			printf("  %s%s\"%s\"\n",
			    v->names[k] ? v->names[k] : "- ",
			    v->names[k] ? ": " : "", v->items[k]);
	}
}

#ifndef CORE_CONFIG_H
#define CORE_CONFIG_H
#include "core/arena.h"
#include "core/err.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Settings: a YAML file (libyaml inside), flattened to dotted keys
 * ("crawl.delay", "allow_addresses.0", "resolve.wire-a.test"). Every key can be set
 * by environment (DATELINE_CRAWL_DELAY) or flag; the later wins: default,
 * file, environment, flag. One table in config.c names every key, its type,
 * default, and line of help; unknown keys of a file are refused (CONFIG).
 */
struct config;

/* Items of a list or map; of allow_addresses, of resolve. */
#define CONFIG_ITEMS_MAX   256
#define CONFIG_RANGES_MAX  32
#define CONFIG_RESOLVE_MAX 128

/* path NULL: $DATELINE_CONFIG, else no file. */
struct config *config_load(const char *path, struct err *err) MUST_CHECK;
void config_free(struct config *c);
/* Refuses unknown keys, values of the wrong type and those that would be read
 * as something else (CONFIG). */
int config_set(struct config *c, const char *key, const char *value,
    struct err *err) MUST_CHECK;

/* The value as text, "" if unset; key must be in the table (else BUG). */
const char *config_str(const struct config *c, const char *key);
int64_t config_int(const struct config *c, const char *key);
bool config_bool(const struct config *c, const char *key);
/* Microseconds. */
int64_t config_duration(const struct config *c, const char *key);
/* Items of a list or map key: i-th, in order; NULL past the end. For a map
 * *name is the item's name, else NULL. */
const char *config_item(const struct config *c, const char *key, size_t i,
    const char **name);
/* Every key with value and source, as YAML, to stdout (config dump). */
void config_dump(const struct config *c);

#endif

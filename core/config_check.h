#ifndef CORE_CONFIG_CHECK_H
#define CORE_CONFIG_CHECK_H
#include "core/err.h"

#include <stddef.h>

/* What a setting may be beyond its kind, so that `config check` refuses what a
 * crawl would refuse later, or read as something else. Inside core/config.c. */

/* A text, a number or a duration that is one, or an item of a list or map (name:
 * the item's, of a map; else NULL). CONFIG. */
int config_check(const char *key, const char *name, const char *text,
    struct err *err) MUST_CHECK;
/* How many items the key may have: CONFIG_ITEMS_MAX at most. */
size_t config_items_max(const char *key);

#endif

#ifndef CORE_ZONE_H
#define CORE_ZONE_H
#include "core/clock.h"

/*
 * Time zones from the system's TZif files (RFC 8536), never from TZ or
 * localtime(). A struct zone is immutable once loaded.
 */
struct zone;

/* "Asia/Kolkata", "UTC", "+05:30". NULL and *err where there is none. */
struct zone *zone_load(const char *name, struct err *err) MUST_CHECK;
void zone_free(struct zone *z);
const char *zone_name(const struct zone *z);
/* Seconds east of UTC at t. */
int zone_offset(const struct zone *z, usec_t t);
/*
 * The instant of a wall clock reading in z. In a gap, the reading is taken
 * with the offset before it; in a fold, the first of the two.
 */
usec_t zone_to_utc(const struct zone *z, const struct civil *local);

/* A zone's abbreviation as pages print it. */
struct zone_abbr {
	const char *name;
	int offset_s;
	bool ambiguous; /* IST, CST, BST ...: the outlet's zone decides */
};
/* Case-sensitive, upper case as printed; NULL if unknown. */
const struct zone_abbr *zone_abbr_find(struct slice name);

#endif

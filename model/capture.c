#include "model/capture.h"

static const char *const names[] = {"article", "unchanged", "gone", "killed",
    "emptied", "noindex", "no_article", "links", "redirect", "to_front",
    "truncated", "robots", "http_error", "fetch_error", "refused"};

const char *outcome_name(enum outcome o)
{
	return names[o];
}

struct hash128 capture_id(const struct capture *c)
{
	unsigned char key[32];
	struct hash128 h;
	uint64_t t = (uint64_t)c->fetched_at;

	memcpy(key, c->url_key.b, 16);
	if (c->fetched_at == TIME_NONE) {
		h = hash128(c->bytes.p, c->bytes.n);
		memcpy(key + 16, h.b, 16);
		return hash128(key, 32);
	}
	for (int i = 0; i < 8; i++)
		key[16 + i] = (unsigned char)(t >> (56 - 8 * i));
	return hash128(key, 24);
}

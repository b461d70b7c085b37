#include "core/digest.h"

#include "core/err.h"

#include <openssl/evp.h>

#define SHA1_BYTES 20

/* RFC 4648, 6. 20 bytes are 32 digits: nothing to pad. */
static void base32(const unsigned char b[SHA1_BYTES], char *to)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

	for (int i = 0; i < SHA1_BYTES * 8 / 5; i++) {
		int bit = i * 5, at = bit / 8;
		unsigned pair = (unsigned)b[at] << 8 |
		    (at + 1 < SHA1_BYTES ? b[at + 1] : 0u);

		to[i] = digits[pair >> (11 - bit % 8) & 31];
	}
	to[SHA1_BYTES * 8 / 5] = '\0';
}

const char *digest_sha1(const struct slice *parts, size_t n,
    char text[DIGEST_TEXT])
{
	unsigned char b[EVP_MAX_MD_SIZE];
	EVP_MD_CTX *c = EVP_MD_CTX_new();

	if (!c || !EVP_DigestInit_ex(c, EVP_sha1(), NULL))
		BUG("sha1");
	for (size_t i = 0; i < n; i++)
		EVP_DigestUpdate(c, parts[i].p ? parts[i].p : "", parts[i].n);
	EVP_DigestFinal_ex(c, b, NULL);
	EVP_MD_CTX_free(c);
	memcpy(text, "sha1:", 5);
	base32(b, text + 5);
	return text;
}

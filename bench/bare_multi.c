/*
 * bare_multi [-c CONNECTIONS] FILE: a bare curl_multi loop over a file of
 * URLs, as libcurl's examples have it: curl_multi_perform and curl_multi_poll,
 * handles used again, bodies counted and dropped. Prints one JSON object.
 */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define URLS_MAX 1000000

static char *urls[URLS_MAX];
static size_t urls_n, next_url;
static long long bytes;

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void read_urls(const char *path)
{
	FILE *f = fopen(path, "r");
	char line[512];

	if (!f) {
		perror(path);
		exit(1);
	}
	while (urls_n < URLS_MAX && fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		urls[urls_n++] = strdup(line);
	}
	fclose(f);
}

static size_t on_body(char *p, size_t size, size_t n, void *self)
{
	(void)p;
	(void)self;
	bytes += (long long)(size * n);
	return size * n;
}

static int begin(CURLM *m, CURL *e)
{
	if (next_url == urls_n)
		return 0;
	curl_easy_setopt(e, CURLOPT_URL, urls[next_url++]);
	curl_multi_add_handle(m, e);
	return 1;
}

static size_t collect(CURLM *m, size_t *good)
{
	CURLMsg *msg;
	size_t n = 0;
	int left;

	while ((msg = curl_multi_info_read(m, &left)) != NULL) {
		long status = 0;
		CURL *e = msg->easy_handle;

		if (msg->msg != CURLMSG_DONE)
			continue;
		n++;
		curl_easy_getinfo(e, CURLINFO_RESPONSE_CODE, &status);
		*good += msg->data.result == CURLE_OK && status == 200;
		curl_multi_remove_handle(m, e);
		begin(m, e);
	}
	return n;
}

int main(int argc, char **argv)
{
	long connections = argc > 3 && !strcmp(argv[1], "-c") ?
	    strtol(argv[2], NULL, 10) : 64;
	size_t good = 0, done = 0;
	double began, cpu, s;
	struct rusage u;
	int running;
	CURLM *m;

	if (argc < 2)
		return 2;
	read_urls(argv[argc - 1]);
	curl_global_init(CURL_GLOBAL_DEFAULT);
	m = curl_multi_init();
	began = now();
	for (long i = 0; i < connections; i++) {
		CURL *e = curl_easy_init();

		curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, on_body);
		curl_easy_setopt(e, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
		curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
		curl_easy_setopt(e, CURLOPT_USERAGENT, "bare");
		if (!begin(m, e))
			break;
	}
	while (done < urls_n) {
		curl_multi_perform(m, &running);
		done += collect(m, &good);
		if (done < urls_n)
			curl_multi_poll(m, NULL, 0, 1000, NULL);
	}
	s = now() - began;
	getrusage(RUSAGE_SELF, &u);
	cpu = (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	      (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
	printf("{\"pages\": %zu, \"failed\": %zu, \"bytes\": %lld, "
	       "\"seconds\": %.3f, \"rate\": %.1f, \"cpu_s\": %.3f, "
	       "\"pages_per_cpu_s\": %.0f, \"rss_mb\": %.1f}\n",
	    good, done - good, bytes, s, (double)good / s, cpu,
	    (double)good / cpu, (double)u.ru_maxrss / 1024);
	return 0;
}

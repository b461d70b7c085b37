#include "store/server.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool server_runs(pid_t pid)
{
	char path[64], line[512];
	const char *name_end = NULL;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%ld/stat", (long)pid);
	f = fopen(path, "re");
	if (!f)
		return false;
	if (fgets(line, sizeof(line), f)) /* proc(5): pid (comm) state */
		name_end = strrchr(line, ')');
	fclose(f);
	return name_end && name_end[1] == ' ' && name_end[2] != 'Z' &&
	    name_end[2] != 'X';
}

static bool link_of(pid_t pid, const char *name, char *to, size_t n)
{
	char path[64];
	ssize_t got;

	snprintf(path, sizeof(path), "/proc/%ld/%s", (long)pid, name);
	got = readlink(path, to, n - 1);
	to[got > 0 ? got : 0] = '\0';
	return got > 0;
}

/* What we may not look at is none of ours. */
static bool is_of(pid_t pid, const char *data)
{
	char at[600];

	return link_of(pid, "cwd", at, sizeof(at)) && !strcmp(at, data) &&
	    link_of(pid, "exe", at, sizeof(at)) && strstr(at, "postgres") &&
	    server_runs(pid);
}

pid_t server_postmaster(const char *data)
{
	char path[600];
	long pid = 0;
	FILE *f;

	snprintf(path, sizeof(path), "%s/postmaster.pid", data);
	f = fopen(path, "re");
	if (!f)
		return 0;
	if (fscanf(f, "%ld", &pid) != 1)
		pid = 0;
	fclose(f);
	return pid > 1 && is_of((pid_t)pid, data) ? (pid_t)pid : 0;
}

bool server_has_process(const char *data)
{
	DIR *d = opendir("/proc");
	struct dirent *e;
	bool found = false;

	while (d && !found && (e = readdir(d)) != NULL) {
		long pid = strtol(e->d_name, NULL, 10);

		found = pid > 1 && is_of((pid_t)pid, data);
	}
	if (d)
		closedir(d);
	return found;
}

#include "store/cluster.h"

#include "core/arena.h"
#include "core/clock.h"
#include "core/hash.h"
#include "core/strbuf.h"
#include "store/db.h"
#include "store/server.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PORT	   5432
#define SOCKET_MAX 90 /* sun_path has 108 bytes; the file's name takes 17 */
#define START_WAIT (60 * USEC_SECOND)
#define STEP_NS	   20000000L
#define LAUNCH_WAIT (USEC_SECOND) /* it is in its folder by then, or ended */
#define LAUNCHES_MAX 5

/* Where everything is, and who runs it. */
struct cluster {
	char home[512];	  /* of Dateline: lock and pointer */
	char data[512];	  /* PGDATA */
	char socket[256]; /* directory of the socket */
	char bin[256];	  /* of initdb, postgres, pg_ctl */
	uid_t uid;	  /* who runs the server */
	gid_t gid;
	char user[64];	  /* uid's name */
};

/* ---- places ------------------------------------------------------------------ */

static int make_dirs(const char *path, mode_t mode, struct err *err)
{
	char copy[512];

	snprintf(copy, sizeof(copy), "%s", path);
	for (char *p = copy + 1; *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		if (mkdir(copy, 0755) && errno != EEXIST)
			return err_set(err, E_DB_CLUSTER, "%s: %s", copy,
			    strerror(errno));
		*p = '/';
	}
	if (mkdir(copy, mode) && errno != EEXIST)
		return err_set(err, E_DB_CLUSTER, "%s: %s", copy,
		    strerror(errno));
	return 0;
}

static int find_home(struct cluster *c, struct err *err)
{
	const char *home = getenv("DATELINE_HOME");
	const char *data = getenv("XDG_DATA_HOME"), *user = getenv("HOME");
	char given[512], *real;
	int n;

	if (home && *home)
		n = snprintf(given, sizeof(given), "%s", home);
	else if (data && *data)
		n = snprintf(given, sizeof(given), "%s/dateline", data);
	else if (user && *user)
		n = snprintf(given, sizeof(given), "%s/.local/share/dateline",
		    user);
	else
		return err_set(err, E_DB_CLUSTER,
		    "neither DATELINE_HOME nor HOME is set");
	if (n < 0 || (size_t)n >= sizeof(given) - 32)
		return err_set(err, E_DB_CLUSTER, "the home's path is too long");
	if (make_dirs(given, 0700, err))
		return -1;
	real = realpath(given, NULL);
	if (!real || strlen(real) >= sizeof(c->home) - 32) {
		free(real);
		return err_set(err, E_DB_CLUSTER, "%s: %s", given,
		    strerror(errno));
	}
	snprintf(c->home, sizeof(c->home), "%s", real);
	free(real);
	return 0;
}

static int set_user(struct cluster *c, const struct passwd *pw)
{
	if (!pw)
		return -1;
	c->uid = pw->pw_uid;
	c->gid = pw->pw_gid;
	snprintf(c->user, sizeof(c->user), "%s", pw->pw_name);
	return 0;
}

/* Root cannot run a server: the users dateline or postgres do it for root. */
static int find_user(struct cluster *c, struct err *err)
{
	if (geteuid() != 0) {
		if (!set_user(c, getpwuid(geteuid())))
			return 0;
		return err_set(err, E_DB_CLUSTER, "user %d has no name",
		    (int)geteuid());
	}
	if (!set_user(c, getpwnam("dateline")) ||
	    !set_user(c, getpwnam("postgres")))
		return 0;
	return err_set(err, E_DB_CLUSTER,
	    "run as root, and there is neither a user dateline nor postgres");
}

static int cmp_version(const char *a, const char *b)
{
	long x = strtol(a, NULL, 10), y = strtol(b, NULL, 10);

	return x < y ? -1 : x > y;
}

/* /usr/lib/postgresql/NN/bin of the highest NN, else what PATH has. */
static int find_bin(struct cluster *c, struct err *err)
{
	DIR *d = opendir("/usr/lib/postgresql");
	char best[32] = "", file[300];
	struct dirent *e;

	while (d && (e = readdir(d)) != NULL) {
		snprintf(file, sizeof(file), "/usr/lib/postgresql/%.64s/bin/initdb",
		    e->d_name);
		if (e->d_name[0] >= '1' && e->d_name[0] <= '9' &&
		    !access(file, X_OK) && strlen(e->d_name) < sizeof(best) &&
		    (!*best || cmp_version(best, e->d_name) < 0))
			snprintf(best, sizeof(best), "%.31s", e->d_name);
	}
	if (d)
		closedir(d);
	if (*best) {
		snprintf(c->bin, sizeof(c->bin), "/usr/lib/postgresql/%s/bin",
		    best);
		return 0;
	}
	for (const char *p = getenv("PATH"); p && *p;) {
		size_t n = strcspn(p, ":");

		snprintf(file, sizeof(file), "%.*s/initdb", (int)n, p);
		if (n < sizeof(c->bin) && !access(file, X_OK)) {
			snprintf(c->bin, sizeof(c->bin), "%.*s", (int)n, p);
			return 0;
		}
		p += n + (p[n] == ':');
	}
	return err_set(err, E_DB_CLUSTER, "no PostgreSQL server is installed "
	    "(initdb is missing); install postgresql or give --db");
}

/* A directory of ours alone: made 0700, never a link, owned by the server. */
static int private_dir(const struct cluster *c, const char *path,
    struct err *err)
{
	struct stat st;

	if (mkdir(path, 0700) && errno != EEXIST)
		return err_set(err, E_DB_CLUSTER, "%s: %s", path,
		    strerror(errno));
	if (lstat(path, &st) || !S_ISDIR(st.st_mode))
		return err_set(err, E_DB_CLUSTER, "%s is no directory", path);
	if (st.st_uid != c->uid) {
		if (geteuid() != 0 || st.st_uid != 0)
			return err_set(err, E_DB_CLUSTER,
			    "%s belongs to another user", path);
		if (chown(path, c->uid, c->gid))
			return err_set(err, E_DB_CLUSTER, "%s: %s", path,
			    strerror(errno));
	}
	if (chmod(path, 0700))
		return err_set(err, E_DB_CLUSTER, "%s: %s", path,
		    strerror(errno));
	return 0;
}

/* First of XDG_RUNTIME_DIR, /run/dateline, the temporary directory. */
static int find_socket(struct cluster *c, struct err *err)
{
	const char *run = getenv("XDG_RUNTIME_DIR"), *tmp = getenv("TMPDIR");
	char hex[HASH128_HEX], base[200];

	hash128_hex(hash128(c->home, strlen(c->home)), hex);
	hex[12] = '\0';
	if (geteuid() == 0) {
		if (mkdir("/run/dateline", 0755) && errno != EEXIST)
			return err_set(err, E_DB_CLUSTER, "/run/dateline: %s",
			    strerror(errno));
		snprintf(base, sizeof(base), "/run/dateline");
	} else if (run && *run && strlen(run) + 24 < SOCKET_MAX &&
	    !access(run, W_OK)) {
		snprintf(base, sizeof(base), "%s/dateline", run);
		if (private_dir(c, base, err))
			return -1;
	} else {
		if (!tmp || !*tmp || strlen(tmp) + 40 > SOCKET_MAX)
			tmp = "/tmp";
		snprintf(base, sizeof(base), "%s/dateline-%u", tmp,
		    (unsigned int)c->uid);
		if (private_dir(c, base, err))
			return -1;
	}
	snprintf(c->socket, sizeof(c->socket), "%s/%s", base, hex);
	if (strlen(c->socket) >= SOCKET_MAX)
		return err_set(err, E_DB_CLUSTER, "%s is too long for a socket",
		    c->socket);
	return private_dir(c, c->socket, err);
}

/* For root the data lie outside its home, which is closed to the server. */
static int find_data(struct cluster *c, struct err *err)
{
	char hex[HASH128_HEX], pointer[600];
	FILE *f;

	if (geteuid() != 0) {
		snprintf(c->data, sizeof(c->data), "%.480s/pg", c->home);
		return 0;
	}
	hash128_hex(hash128(c->home, strlen(c->home)), hex);
	snprintf(c->data, sizeof(c->data), "/var/lib/dateline/%s", hex);
	if (make_dirs("/var/lib/dateline", 0755, err))
		return -1;
	snprintf(pointer, sizeof(pointer), "%s/cluster", c->home);
	f = fopen(pointer, "we");
	if (!f)
		return err_set(err, E_DB_CLUSTER, "%s: %s", pointer,
		    strerror(errno));
	fprintf(f, "%s\n", c->data);
	fclose(f);
	return 0;
}

static int find_all(struct cluster *c, struct err *err)
{
	*c = (struct cluster){0};
	if (find_home(c, err) || find_user(c, err) || find_bin(c, err) ||
	    find_data(c, err) || find_socket(c, err))
		return -1;
	return 0;
}

static void make_url(const struct cluster *c, char url[CLUSTER_URL])
{
	snprintf(url, CLUSTER_URL, "host=%s port=%d dbname=dateline "
	    "user=dateline_admin", c->socket, PORT);
}

/* ---- running programs of the server --------------------------------------------- */

static void become(const struct cluster *c)
{
	if (geteuid() != 0)
		return;
	if (setgroups(0, NULL) || setgid(c->gid) || setuid(c->uid))
		_exit(126);
}

static void child(const struct cluster *c, char *const argv[], const char *log)
{
	int null = open("/dev/null", O_RDWR), out;
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	become(c);
	if (chdir("/"))
		_exit(126);
	umask(077);
	out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
	dup2(null, 0);
	dup2(out >= 0 ? out : null, 1);
	dup2(out >= 0 ? out : null, 2);
	for (int fd = 3; fd < 256; fd++)
		close(fd);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("TZ", "UTC", 1);
	execv(argv[0], argv);
	_exit(127);
}

/* Runs argv as the server's user; its output goes to the log. */
static int run(const struct cluster *c, char *const argv[], struct err *err)
{
	char log[300];
	pid_t pid;
	int status;

	snprintf(log, sizeof(log), "%s/log", c->socket);
	pid = fork();
	if (pid < 0)
		return err_set(err, E_DB_CLUSTER, "fork: %s", strerror(errno));
	if (!pid)
		child(c, argv, log);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return err_set(err, E_DB_CLUSTER, "waitpid: %s",
			    strerror(errno));
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		return err_set(err, E_DB_CLUSTER, "%s failed; see %s", argv[0],
		    log);
	return 0;
}

/* ---- making it ---------------------------------------------------------------------- */

static int write_file(const struct cluster *c, const char *dir,
    const char *name, const char *mode, const char *text, struct err *err)
{
	char path[640];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, mode);
	if (!f || fputs(text, f) < 0 || fclose(f))
		return err_set(err, E_DB_CLUSTER, "%s: %s", path,
		    strerror(errno));
	if (geteuid() == 0 && chown(path, c->uid, c->gid))
		return err_set(err, E_DB_CLUSTER, "%s: %s", path,
		    strerror(errno));
	return chmod(path, 0600);
}

/*
 * Megabytes that the server caches itself: an eighth of the machine, for the
 * server is not alone here, and from 1/8 to 1 GiB (decision 0129).
 */
static long shared_buffers_mib(void)
{
	long mib = sysconf(_SC_PHYS_PAGES) / 8 * (sysconf(_SC_PAGESIZE) / 1024)
	    / 1024;

	return mib < 128 ? 128 : mib > 1024 ? 1024 : mib;
}

/* peer with a map and nothing else: the runner, root and the server's user. */
static int configure(const struct cluster *c, const char *dir, struct err *err)
{
	struct passwd *me = getpwuid(geteuid());
	struct strbuf ident = STRBUF_INIT, conf = STRBUF_INIT;
	int rc;

	strbuf_addf(&ident, "dateline root dateline_admin\n"
	    "dateline %s dateline_admin\n", c->user);
	if (me && strcmp(me->pw_name, c->user) && strcmp(me->pw_name, "root"))
		strbuf_addf(&ident, "dateline %s dateline_admin\n",
		    me->pw_name);
	/* A map of its own for the roles that readers take on by psql. */
	for (const char *const *role = (const char *const[]){"dateline_reader",
	    "dateline_ingest", NULL}; *role; role++)
		strbuf_addf(&ident, "dateline root %s\ndateline %s %s\n"
		    "dateline %s %s\n", *role, c->user, *role,
		    me ? me->pw_name : "root", *role);
	strbuf_addf(&conf, "\n# Dateline's private cluster\n"
	    "listen_addresses = ''\nport = %d\n"
	    "unix_socket_directories = '%s'\nunix_socket_permissions = 0700\n"
	    "max_connections = 100\nshared_buffers = %ldMB\n"
	    "work_mem = 16MB\nmaintenance_work_mem = 64MB\n"
	    "max_wal_size = 2GB\nwal_compression = on\n"
	    "log_min_messages = warning\nlog_timezone = 'UTC'\n"
	    "timezone = 'UTC'\nlc_messages = 'C.UTF-8'\n"
	    "autovacuum_naptime = 30s\njit = off\n", PORT, c->socket,
	    shared_buffers_mib());
	if (getenv("DATELINE_TEST_FAST_DB"))
		strbuf_adds(&conf, "fsync = off\nfull_page_writes = off\n");
	rc = write_file(c, dir, "pg_hba.conf", "we",
	    "local all all peer map=dateline\n", err) ||
	    write_file(c, dir, "pg_ident.conf", "we", ident.p, err) ||
	    write_file(c, dir, "postgresql.conf", "ae", conf.p, err) ? -1 : 0;
	strbuf_release(&ident);
	strbuf_release(&conf);
	return rc;
}

static int remove_tree(const struct cluster *c, const char *path,
    struct err *err)
{
	char rm[] = "/bin/rm", flags[] = "-rf", dashes[] = "--", copy[600];
	char *argv[] = {rm, flags, dashes, copy, NULL};

	snprintf(copy, sizeof(copy), "%s", path);
	return run(c, argv, err);
}

/* The directory that the cluster is made in, owned by the server's user. */
static int make_parent(const struct cluster *c, const char *path,
    struct err *err)
{
	if (geteuid() != 0)
		return 0;
	if (mkdir(path, 0700) && errno != EEXIST)
		return err_set(err, E_DB_CLUSTER, "%s: %s", path,
		    strerror(errno));
	if (chown(path, c->uid, c->gid))
		return err_set(err, E_DB_CLUSTER, "%s: %s", path,
		    strerror(errno));
	return 0;
}

/* Made beside, then renamed: a half-made cluster is never taken for one. */
static int make(const struct cluster *c, const struct log *log,
    struct err *err)
{
	char initdb[300], dir[600], arg_d[] = "-D", user[] = "--username",
	    name[] = "dateline_admin", locale[] = "--locale=C.UTF-8",
	    enc[] = "--encoding=UTF8", sums[] = "--data-checksums",
	    auth[] = "--auth=peer", nosync[] = "--no-sync";
	char *argv[] = {initdb, arg_d, dir, user, name, locale, enc, sums, auth,
	    nosync, NULL};

	snprintf(initdb, sizeof(initdb), "%s/initdb", c->bin);
	snprintf(dir, sizeof(dir), "%s.new", c->data);
	if (!getenv("DATELINE_TEST_FAST_DB"))
		argv[9] = NULL;
	log_info(log, "db", "making a private PostgreSQL in %s", c->data);
	if (!access(dir, F_OK) && remove_tree(c, dir, err))
		return -1;
	if (make_parent(c, dir, err) || run(c, argv, err) ||
	    configure(c, dir, err))
		return -1;
	if (rename(dir, c->data))
		return err_set(err, E_DB_CLUSTER, "%s: %s", c->data,
		    strerror(errno));
	return 0;
}

/* ---- starting it ------------------------------------------------------------------------- */

/* A pid file whose process is none of ours keeps the server from starting. */
static void drop_stale_pid(const struct cluster *c, const struct log *log)
{
	char path[600];

	snprintf(path, sizeof(path), "%s/postmaster.pid", c->data);
	if (access(path, F_OK) || server_has_process(c->data))
		return;
	log_warn(log, "db", "removing a stale %s", path);
	unlink(path);
}

/* Twice forked: the server is nobody's child and outlives the verb. */
static int launch(const struct cluster *c, struct err *err)
{
	char postgres[300], arg_d[] = "-D", dir[600], logfile[300];
	char *argv[] = {postgres, arg_d, dir, NULL};
	pid_t pid, inner;
	int status;

	snprintf(postgres, sizeof(postgres), "%s/postgres", c->bin);
	snprintf(dir, sizeof(dir), "%s", c->data);
	snprintf(logfile, sizeof(logfile), "%s/log", c->socket);
	pid = fork();
	if (pid < 0)
		return err_set(err, E_DB_CLUSTER, "fork: %s", strerror(errno));
	if (!pid) {
		setsid();
		inner = fork();
		if (!inner)
			child(c, argv, logfile);
		_exit(inner < 0);
	}
	waitpid(pid, &status, 0);
	return 0;
}

/* Until it takes sessions. What is left of a killed server ends first; a
 * server that ended at once, for it met that, is launched again. */
static int start(const struct cluster *c, const char *url,
    const struct log *log, struct err *err)
{
	usec_t now = clock_monotonic(), until = now + START_WAIT, next = now;
	const struct timespec step = {0, STEP_NS};
	int launches = 0;

	for (; now < until; now = clock_monotonic()) {
		if (db_ready(url))
			return 0;
		if (now >= next && !server_has_process(c->data)) {
			if (launches++ == LAUNCHES_MAX)
				break;
			drop_stale_pid(c, log);
			if (launch(c, err))
				return -1;
			next = now + LAUNCH_WAIT;
		}
		nanosleep(&step, NULL);
	}
	return err_set(err, E_DB_CLUSTER, "the private PostgreSQL did not "
	    "start; see %s/log", c->socket);
}

/* ---- the database in it ----------------------------------------------------------------- */

/* createdb, once the server accepts sessions. */
static int make_database(const struct cluster *c, struct err *err)
{
	char createdb[300], host[300], port[] = "--port=5432",
	    user[] = "--username=dateline_admin", name[] = "dateline";
	char *argv[] = {createdb, host, port, user, name, NULL};
	const struct timespec step = {0, STEP_NS};
	char mark[640];
	int rc = -1;

	snprintf(mark, sizeof(mark), "%s/dateline.made", c->data);
	if (!access(mark, F_OK))
		return 0;
	snprintf(createdb, sizeof(createdb), "%s/createdb", c->bin);
	snprintf(host, sizeof(host), "--host=%s", c->socket);
	for (int i = 0; i < 200 && rc; i++) {
		rc = run(c, argv, err);
		if (rc)
			nanosleep(&step, NULL);
	}
	return rc ? rc : write_file(c, c->data, "dateline.made", "we", "", err);
}

/* The lock of a home: who makes or starts its cluster. */
static int lock_home(const struct cluster *c, struct err *err)
{
	char path[600];
	int fd;

	snprintf(path, sizeof(path), "%s/lock", c->home);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_set(err, E_DB_CLUSTER, "%s: %s", path,
		    strerror(errno));
	while (flock(fd, LOCK_EX)) {
		if (errno == EINTR)
			continue;
		close(fd);
		return err_set(err, E_DB_CLUSTER, "%s: %s", path,
		    strerror(errno));
	}
	return fd;
}

static bool is_made(const struct cluster *c)
{
	char path[600];

	snprintf(path, sizeof(path), "%s/PG_VERSION", c->data);
	return !access(path, F_OK);
}

int cluster_start(const struct log *log, char url[CLUSTER_URL],
    struct err *err)
{
	struct cluster c;
	char mark[640];
	int fd, rc = 0;

	if (find_all(&c, err))
		return -1;
	make_url(&c, url);
	snprintf(mark, sizeof(mark), "%s/dateline.made", c.data);
	if (!access(mark, F_OK) && db_ready(url))
		return 0;
	fd = lock_home(&c, err);
	if (fd < 0)
		return -1;
	if (!is_made(&c))
		rc = make(&c, log, err);
	if (!rc)
		rc = start(&c, url, log, err);
	if (!rc)
		rc = make_database(&c, err);
	close(fd);
	return rc;
}

int cluster_stop(const struct log *log, struct err *err)
{
	const struct timespec step = {0, STEP_NS};
	usec_t until = clock_monotonic() + START_WAIT;
	struct cluster c;
	int fd, rc = 0;
	pid_t pid;

	if (find_all(&c, err))
		return -1;
	fd = lock_home(&c, err);
	if (fd < 0)
		return -1;
	pid = server_postmaster(c.data);
	if (pid) {
		log_info(log, "db", "stopping process %ld", (long)pid);
		kill(pid, SIGINT); /* fast shutdown: sessions end, data are whole */
	}
	while (pid && server_runs(pid) && clock_monotonic() < until)
		nanosleep(&step, NULL);
	if (pid && server_runs(pid))
		rc = err_set(err, E_DB_CLUSTER,
		    "process %ld does not stop", (long)pid);
	close(fd);
	return rc;
}

int cluster_status(bool *made, bool *running, char url[CLUSTER_URL],
    struct err *err)
{
	struct cluster c;

	if (find_all(&c, err))
		return -1;
	make_url(&c, url);
	*made = is_made(&c);
	*running = db_ready(url);
	return 0;
}

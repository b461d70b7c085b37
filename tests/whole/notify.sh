# systemd's notify protocol, with a socket of our own: READY, the watchdog fed,
# STOPPING; a path and an abstract name; one process and several; while the
# database is away; a worker that hangs is replaced. And the units that `make
# install` installs are what systemd takes.
set -eu
"$DATELINE" --log-level warn --db "$DB" migrate > /dev/null
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import os, re, signal, socket, subprocess, sys, time
dateline, db, tmp = sys.argv[1:]
def children(pid):
    return [int(x) for x in open('/proc/%d/task/%d/children' % (pid, pid)).read().split()]
class Manager:
    """What systemd is to a service."""
    def __init__(self, name, db, *args, watchdog=None):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind('\0' + name[1:] if name[0] == '@' else name)
        self.socket.settimeout(60)
        self.lines = []
        env = dict(os.environ, NOTIFY_SOCKET=name)
        if watchdog:
            env['WATCHDOG_USEC'] = str(watchdog)
        self.process = subprocess.Popen([dateline, '--log-level', 'warn', '--db', db, 'run', '--contact', 'tests@dateline.test', *args],
                                        env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    def until(self, pattern):
        while True:
            for x in self.socket.recv(4096).decode().split('\n'):
                self.lines.append(x)
                if re.search(pattern, x):
                    return x
    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.until('^STOPPING=1$')
        err = self.process.communicate(timeout=60)[1]
        assert self.process.returncode == 0, (self.process.returncode, err)
        return err
name = os.path.join(tmp, 'notify')
m = Manager(name, db, watchdog=900000)
m.until('^READY=1$')
assert not any(x.startswith('WATCHDOG') for x in m.lines[:1]), m.lines
m.until('^STATUS=0 judged; next visit never$')
for _ in range(3):
    m.until('^WATCHDOG=1$')
m.end()
# an abstract name; nobody watches
m = Manager('@dateline-test-%d' % os.getpid(), db)
m.until('^READY=1$')
m.end()
assert not any(x.startswith('WATCHDOG') for x in m.lines), m.lines
# the database is away: it waits, asks for time, and ends when asked to
m = Manager(name + '2', 'host=127.0.0.1 port=1 dbname=none')
m.until('^EXTEND_TIMEOUT_USEC=[1-9]')
m.until('^STATUS=waits for the database: .*refused')
err = m.end()
assert not any(x == 'READY=1' for x in m.lines), m.lines
assert 'DB_CONNECT' in err and 'trying again' in err, err
# several workers: the supervisor feeds; one that hangs is killed
m = Manager(name + '3', db, '--workers', '2', watchdog=3000000)
m.until('^READY=1$')
m.until('^WATCHDOG=1$')
before = children(m.process.pid)
os.kill(before[0], signal.SIGSTOP)
end = time.time() + 60
while not (len(children(m.process.pid)) == 2 and before[0] not in children(m.process.pid)) and time.time() < end:
    time.sleep(.1)
assert before[0] not in children(m.process.pid) and len(children(m.process.pid)) == 2, (before, children(m.process.pid))
assert 'hangs' in m.end()
PY
# the units
command -v systemd-analyze > /dev/null || exit 0
[ -n "${BUILD:-}" ] || BUILD=$(dirname "$DATELINE")
make -s BUILD="$BUILD" install DESTDIR="$TMP/installed" PREFIX=/usr
mkdir "$TMP/units"
for unit in dateline.service dateline-crawl.service dateline-crawl.timer; do
	sed "s,/usr/bin/dateline,$TMP/installed/usr/bin/dateline," "$TMP/installed/usr/lib/systemd/system/$unit" > "$TMP/units/$unit"
done
said=$(systemd-analyze verify --man=no "$TMP/units/"* 2>&1) || { echo "$said"; exit 1; }
! echo "$said" | grep "$TMP/units" || exit 1

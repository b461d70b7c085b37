# What is refused is kept with its bytes and can be read again: from files, and
# from a visit whose judging broke; that page's next visit waits, the others'
# are judged.
set -eu
d() { "$DATELINE" --log-level error --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
is() { [ "$2" = "$3" ] || { echo "$1: \"$2\", not \"$3\""; exit 1; }; }
rc_of() { rc=0; "$@" > "$TMP/q.out" 2> "$TMP/q.err" || rc=$?; }
DATELINE_CLOCK=2026-03-10T08:00:00Z d migrate > /dev/null

# of files: a record without a body, an empty page, a file that is not there
mkdir "$TMP/q"
echo '{"url": "http://a.test/1", "title": "No body", "fetched_at": "2026-03-10T08:00:00Z"}' > "$TMP/q/one.jsonl"
printf '' > "$TMP/q/empty.html"
rc_of d ingest "$TMP/q/one.jsonl" "$TMP/q/empty.html" "$TMP/q/none.html"
is "ingest" $rc 4
is "refused" "$(d quarantine list | wc -l)" 3
rc_of d quarantine replay
is "replay" $rc 4
grep -q "0 pass now, 2 refused again, 1 without bytes" "$TMP/q.err"
is "tries" "$(q "SELECT string_agg(tries::text, ',' ORDER BY input) FROM dateline_store.quarantine WHERE zstd IS NOT NULL")" 2,2
is "as many" "$(d quarantine list --json | grep -c '"code": "EMPTY_BODY"')" 2

# of a visit: a trigger of the test breaks the judging of one page
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import os, signal, subprocess, sys, time
sys.path.insert(0, 'tests/site')
import day, run_day
dateline, db, tmp = sys.argv[1:]
site = run_day.Site()
def q(sql):
    return subprocess.run(['psql', '-AtXqd', db, '-c', sql], stdout=subprocess.PIPE, check=True, text=True).stdout.strip()
try:
    conf = os.path.join(tmp, 'q.yaml')
    run_day.config(conf, site.port)
    site.get('/_tick?n=2')
    env = dict(os.environ, DATELINE_CLOCK=day.tick_time(2).strftime('%Y-%m-%dT%H:%M:%SZ'))
    base = [dateline, '--db', db, '--config', conf, '--log-level', 'warn']
    q("CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.title LIKE 'Ferry%' THEN RAISE EXCEPTION "
      "'poison' USING ERRCODE = '22021'; END IF; RETURN NEW; END $$; CREATE TRIGGER poison BEFORE INSERT ON dateline_store.text "
      "FOR EACH ROW EXECUTE FUNCTION poison()")
    subprocess.run(base + ['source', 'add', 'http://wire-b.test/rss.xml'], env=env, check=True, stdout=subprocess.DEVNULL)
    p = subprocess.Popen(base + ['run'], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    end = time.time() + 60
    while q("SELECT count(*) FROM dateline.pages WHERE next_fetch_at <= '%s'" % day.tick_time(2)) != '0' or \
            q("SELECT count(*) FROM dateline_store.quarantine WHERE stage = 'store'") != '1':
        assert time.time() < end, q('SELECT * FROM dateline.pages')
        time.sleep(.1)
    p.send_signal(signal.SIGTERM)
    err = p.communicate(timeout=60)[1]
    assert p.returncode == 0, (p.returncode, err)
    assert 'host=wire-b.test url=http://wire-b.test/news/ferry-aground code=DB_QUERY: ' in err, err
    assert q("SELECT last_outcome, failures, next_fetch_at - last_fetch_at FROM dateline.pages WHERE url LIKE '%ferry%'") == \
        'refused|1|00:05:00'
    assert int(q('SELECT count(*) FROM dateline.stories')) == 2    # the others of the host
    q('DROP TRIGGER poison ON dateline_store.text')
    r = subprocess.run(base + ['quarantine', 'replay', 'http://wire-b.test/news/ferry-aground'], env=env, stderr=subprocess.PIPE, text=True)
    assert r.returncode == 0 and '1 pass now, 0 refused again' in r.stderr, (r.returncode, r.stderr)
    assert q("SELECT count(*) FROM dateline_store.quarantine WHERE stage = 'store'") == '0'
    assert q("SELECT p.outlet, s.headline FROM dateline.postings p JOIN dateline.stories s USING (story_id) WHERE url LIKE '%ferry%'") == \
        'wire-b.test|Ferry runs aground off Skarra'
    assert q("SELECT observed_at = '%s' FROM dateline.events WHERE url LIKE '%%ferry%%'" % day.tick_time(2)) == 't'
finally:
    site.close()
PY

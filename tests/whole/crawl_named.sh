# `crawl URL` fetches what is named, and what that lists: nothing else that is
# due. Five outlets are due; one feed is named, then one page.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import os, subprocess, sys
sys.path.insert(0, 'tests/site')
import day, run_day
dateline, db, tmp = sys.argv[1:]
site = run_day.Site()
try:
    conf = os.path.join(tmp, 'named.yaml')
    run_day.config(conf, site.port)
    tick = day.TICKS[0]
    env = dict(os.environ, DATELINE_CLOCK=day.tick_time(tick).strftime('%Y-%m-%dT%H:%M:%SZ'))
    def d(*args):
        subprocess.run([dateline, '--db', db, '--config', conf, '--log-level', 'warn', *args], env=env, check=True, stdout=subprocess.DEVNULL)
    def hosts():
        sql = "SELECT DISTINCT split_part(url, '/', 3) FROM dateline.captures ORDER BY 1"
        return subprocess.run(['psql', '-AtXqd', db, '-c', sql], stdout=subprocess.PIPE, text=True, check=True).stdout.split()
    def captures(where='true'):
        sql = "SELECT count(*) FROM dateline.captures WHERE " + where
        return int(subprocess.run(['psql', '-AtXqd', db, '-c', sql], stdout=subprocess.PIPE, check=True).stdout)
    d('migrate')
    outlets = list(day.OUTLETS.values())
    for o in outlets:
        d('source', 'add', 'http://%s%s' % (o['host'], o['feed']), '--name', o['name'], '--zone', o['zone'])
    site.get('/_tick?n=%d' % tick)
    first = outlets[0]
    d('crawl', 'http://%s%s' % (first['host'], first['feed']))
    assert hosts() == [first['host']], hosts()
    pages = captures("url NOT LIKE '%%%s'" % first['feed'])
    assert pages > 0, 'the feed was not followed'
    before = captures()
    d('crawl')  # all that is due
    assert len(hosts()) == len(outlets), hosts()
    assert captures() > before
    print('named: %d pages of one feed' % pages)
finally:
    site.close()
PY

# Hosts that another worker holds, however many, keep a crawl from none of the
# others.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import subprocess, sys
sys.path.insert(0, 'tests/site')
from scripted import Run, Site, story
dateline, db, tmp = sys.argv[1:]
site = Site(('a.test',))
site.pages[('a.test', '/1')] = story(1)
d = Run(dateline, db, tmp, site, 'others_hosts')
d('source', 'add', 'http://a.test/1')
# 600 hosts, each with a page that is due for longer
d.sql("INSERT INTO dateline_store.host (host_key, authority) SELECT n, 'other' || n || '.test' FROM generate_series(1, 600) n")
d.sql("INSERT INTO dateline_store.page (host_key, url_key, url, outlet_id, enrolled_at, next_fetch_at, kind)"
      " SELECT n, gen_random_uuid(), 'http://other' || n || '.test/', p.outlet_id, p.enrolled_at, p.enrolled_at - interval '1 day', 'feed'"
      " FROM dateline_store.page p, generate_series(1, 600) n WHERE p.url = 'http://a.test/1'")
other = subprocess.Popen(['psql', '-AtXqd', db], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
other.stdin.write('SELECT count(pg_advisory_lock(n)) FROM generate_series(1, 600) n;\n')
other.stdin.flush()
assert other.stdout.readline().strip() == '600'
d('crawl')
assert site.count('/1') == 1, (site.asked, d.err)
other.stdin.close()
other.wait()
# and nothing that was held is held on
assert d.sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == '0'
PY

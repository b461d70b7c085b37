# A redirect to the front of a site, in a jsonl record and in WARC: twice it is a
# withdrawal, as in the crawl; one to another page or for one visit is none.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import json, os, subprocess, sys
dateline, db, tmp = sys.argv[1:]
LEADS = {  # page -> where its redirect leads, and whether that is a front
    'http://a.test/1': ('http://a.test/', True), 'http://a.test/2': ('/', True), 'http://a.test/3': ('/index.html', True),
    'http://a.test/4': ('https://www.a.test/en/', True), 'http://a.test/5': ('/6', False), 'http://a.test/7': ('/?p=7', False),
    'http://a.test/8': (None, False), 'http://a.test/en/': ('/', False), 'http://a.test/9': ('//', False), 'http://a.test/10': ('?', False)}
def run(*args, **how):
    return subprocess.run([dateline, '--log-level', 'error', '--db', db, *args], text=True, check=True, stdout=subprocess.PIPE, **how).stdout
def sql(query):
    return subprocess.run(['psql', '-AtXqd', db, '-c', query], stdout=subprocess.PIPE, text=True, check=True).stdout.split()
def jsonl(*records):
    run('ingest', '--format', 'jsonl', '-', input='\n'.join(json.dumps(r) for r in records), stderr=subprocess.DEVNULL)
def words(i, k):
    return ' '.join('word%s%s' % (chr(97 + i), 'abcdefghijklmnopqrstuvwxyz'[(k * 7 + j) % 26] * (j % 5 + 1)) for j in range(30)) + '.'
def warc(name, url, at, location):
    head = 'HTTP/1.1 302 Found\r\n%sContent-Length: 0\r\n\r\n' % ('Location: %s\r\n' % location if location else '')
    with open(os.path.join(tmp, name), 'a', newline='') as f:
        f.write('WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: %s\r\nWARC-Record-ID: <urn:uuid:%s>\r\n'
                'Content-Type: application/http;msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n'
                % (url, at, '0' * 8 + '-0000-4000-8000-%012x' % abs(hash((url, at)) % 2 ** 40), len(head), head))

run('migrate')
jsonl(*({'url': u.replace('a.test', h), 'fetched_at': '2026-03-10T08:00:00Z', 'title': 'Story %s of %s' % (words(i, 3), h),
         'body': '\n\n'.join(words(i + 11 * (h == 'w.test'), k) for k in range(3))} for i, u in enumerate(LEADS) for h in ('a.test', 'w.test')))
assert sql('SELECT count(*) FROM dateline.stories') == ['20']
for at in ('09:00', '09:10'):
    assert not sql("SELECT url FROM dateline.events WHERE kind = 'withdrawn'")
    at = '2026-03-10T%s:00Z' % at
    jsonl(*({'url': u, 'fetched_at': at, 'http_status': 302, **({'location': to} if to else {})} for u, (to, _) in LEADS.items()))
    for u, (to, _) in LEADS.items():
        warc(at[11:13] + at[14:16] + '.warc', u.replace('a.test', 'w.test'), at, to and to.replace('a.test', 'w.test'))
    run('ingest', os.path.join(tmp, at[11:13] + at[14:16] + '.warc'), stderr=subprocess.DEVNULL)
for h in ('a.test', 'w.test'):
    gone = sql("SELECT url FROM dateline.events WHERE kind = 'withdrawn' AND url LIKE 'http://%s/%%' ORDER BY event_id" % h)
    assert gone == [u.replace('a.test', h) for u, (_, front) in LEADS.items() if front], gone
    assert sql("SELECT outcome, count(*) FROM dateline.captures WHERE url LIKE 'http://%s/%%' AND http_status = 302 GROUP BY 1 ORDER BY 1"
               % h) == ['redirect|12', 'to_front|8']
PY

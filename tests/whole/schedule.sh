# What the schedule learns is kept, `status URL` says why the next visit is
# then, and a page that a feed lists with a newer time is due at once; one that
# was listed for nothing waits longer; the operator's interval goes before.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import os, subprocess, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
dateline, db, tmp = sys.argv[1:]
shown = {'text': 'The port of Karwar was closed on Monday after a ship ran aground in the channel, its master said. '
         'Tugs were sent from Goa and will try to free it at high water in the evening.', 'listed': '2026-03-02T08:00:00Z'}


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        kind = 'text/html'
        if self.path == '/feed':
            kind = 'application/atom+xml'
            body = ('<feed xmlns="http://www.w3.org/2005/Atom"><title>f</title><id>urn:f</id><updated>%s</updated><entry><id>urn:1</id>'
                    '<title>Port closed</title><link href="/news/1"/><updated>%s</updated></entry></feed>') % (shown['listed'], shown['listed'])
        elif self.path == '/news/1':
            body = '<html><head><title>Port closed</title></head><body><article><h1>Port closed</h1><p>%s</p></article></body></html>' % \
                '</p><p>'.join(shown['text'].split('. '))
        else:
            self.send_error(404)
            return
        body = body.encode()
        self.send_response(200)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *a):
        pass


server = ThreadingHTTPServer(('127.0.0.1', 0), Site)
threading.Thread(target=server.serve_forever, daemon=True).start()
conf = os.path.join(tmp, 'schedule.yaml')
with open(conf, 'w') as f:
    f.write('contact: t@example.test\nallow_addresses: ["127.0.0.0/8"]\nresolve:\n  port.test: "127.0.0.1:%d"\ncrawl:\n  delay: 0ms\n'
            % server.server_port)


def d(at, *args):
    env = dict(os.environ, DATELINE_CLOCK='2026-03-02T%s:00Z' % at)
    return subprocess.run([dateline, '--db', db, '--config', conf, '--log-level', 'warn', *args], env=env, check=True,
                          stdout=subprocess.PIPE, text=True).stdout


def sql(text):
    return subprocess.run(['psql', '-AtXqd', db, '-c', text], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def page(what):
    return sql("SELECT %s FROM dateline_store.page WHERE url LIKE '%%/news/1'" % what)


def because():
    return d('08:20', 'status', 'http://port.test/news/1').split('then because: ')[1].split('\n')[0]


d('08:10', 'migrate')
d('08:10', 'source', 'add', 'http://port.test/feed', '--name', 'Port')
d('08:10', 'crawl')
assert page('visits, last_outcome, next_reason') == '1|article|soonest', page('visits, last_outcome, next_reason')
assert because() == 'a change is likely at any moment', because()
# due by itself, and nothing new: the outlet's curve and the page learn; its
# requests: the feed, tdmrep.json, two looks
d('08:13', 'crawl')
assert page('visits, revised, expected > 0') == '2|0|t', page('visits, revised, expected')
assert sql('SELECT sums[1], sums[2] > 0, requests FROM dateline_store.habit') == '0|t|4', sql('SELECT * FROM dateline_store.habit')
# a change: what follows it is expected
shown['text'] = shown['text'].replace('Monday', 'Sunday') + ' The channel is the only one. Two dredgers wait outside.'
d('08:16', 'crawl')
assert page('revised > 0 AND changed_after < changed_at') == 't', page('revised, changed_after')
assert sql('SELECT sums[1] > 0 FROM dateline_store.habit') == 't'
# far from due; the feed has nothing new
park = "UPDATE dateline_store.page SET next_fetch_at = '2026-03-05' WHERE url LIKE '%/news/1'"
sql(park)
d('08:30', 'crawl')
assert page('visits') == '3', page('visits')
# the feed's entry takes a new time, for nothing
shown['listed'] = '2026-03-02T08:35:00Z'
d('08:40', 'crawl')
assert page('visits, listed_idle') == '4|1', page('visits, listed_idle')
# so the next such time waits until four minutes after that visit
sql(park)
shown['listed'] = '2026-03-02T08:42:00Z'
sql("UPDATE dateline_store.page SET next_fetch_at = '2026-03-02 08:43' WHERE kind = 'feed'")
d('08:43', 'crawl')
assert page('visits') == '4', page('visits')
shown['text'] += ' Pilots were warned by radio.'
d('08:50', 'crawl')
assert page('visits, listed_idle') == '5|0', page('visits, listed_idle')
# the operator's interval goes before everything
sql("UPDATE dateline_store.outlet SET every_s = 36000")
sql(park)
shown['listed'] = '2026-03-02T09:00:00Z'
sql("UPDATE dateline_store.page SET next_fetch_at = '2026-03-02 09:10' WHERE kind = 'feed'")
d('09:10', 'crawl')
assert page('visits') == '5', page('visits')
sql("UPDATE dateline_store.page SET next_fetch_at = '2026-03-02 09:11' WHERE kind = 'page'")
d('09:11', 'crawl')
assert page("visits, next_reason, next_fetch_at - last_fetch_at") == '6|operator|10:00:00', page('visits, next_reason, next_fetch_at')
server.shutdown()
print('schedule: learnt, told, listed')
PY

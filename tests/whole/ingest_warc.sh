# WARC as other archives write it: CC-NEWS and its kin, plain and gzipped in both
# ways, chunks, content encodings, statuses, revisits, resources, what is broken.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
rm -rf "$TMP/cc" && mkdir "$TMP/cc"
export DATELINE_CLOCK=2026-03-12T00:00:00Z
python3 - "$TMP/cc" <<'PY'
import gzip, sys, zlib
to = sys.argv[1]
def page(n, more=''):
    text = ['Harbour master number %d told the council of the town that dredging begins on Monday%s.' % (n, more),
            'Boats of more than nine metres must leave berth %d before the work reaches the inner basin.' % n,
            'The council voted %d to two for the plan after a debate of three hours about its cost.' % (n + 5)]
    return ('<html><head><title>Dredging plan number %d approved</title></head><body><article><h1>Dredging plan number %d approved</h1>%s'
            '</article></body></html>' % (n, n, ''.join('<p>%s</p>' % t for t in text))).encode()
def record(kind, url, block, date='2026-03-10T08:00:00Z', ctype='application/http; msgtype=response', n=None, **more):
    more = ''.join('%s: %s\r\n' % (k.replace('_', '-'), v) for k, v in more.items())
    return ('WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%d>\r\nWARC-Date: %s\r\nWARC-Target-URI: %s\r\n%sContent-Type: %s\r\n'
            'Content-Length: %d\r\n\r\n' % (kind, abs(hash(block)), date, url, more, ctype, len(block) if n is None else n)).encode() + block + b'\r\n\r\n'
def http(body, status='200 OK', **headers):
    h = ''.join('%s: %s\r\n' % (k.replace('_', '-'), v) for k, v in headers.items())
    return ('HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\n%s\r\n' % (status, h)).encode() + body
def chunks(b):
    return b''.join(b'%x\r\n%s\r\n' % (len(b[i:i + 100]), b[i:i + 100]) for i in range(0, len(b), 100)) + b'0\r\n\r\n'
def u(n):
    return 'http://cc.test/news/%d' % n
info = record('warcinfo', '', b'isPartOf: CC-NEWS\r\n', ctype='application/warc-fields').replace(b'WARC-Target-URI: \r\n', b'')
raw = zlib.compressobj(wbits=-15)
pages = [
    record('request', u(1), b'GET /news/1 HTTP/1.1\r\n\r\n', ctype='application/http; msgtype=request'),
    record('response', '<%s>' % u(1), http(page(1))),
    record('response', u(2), http(chunks(page(2)), Transfer_Encoding='chunked')),
    record('response', u(3), http(gzip.compress(page(3)), Content_Encoding='gzip')),
    record('response', u(4), http(zlib.compress(page(4)), Content_Encoding='deflate')),
    record('response', u(5), http(raw.compress(page(5)) + raw.flush(), Content_Encoding='deflate')),
    record('response', u(6), http(chunks(gzip.compress(page(6))), Content_Encoding='gzip', Transfer_Encoding='chunked')),
    record('response', u(7), http(page(7), Content_Encoding='br', X_Note='decoded by the archive')),
    record('response', u(8), http(page(8), X_Crawl_Content_Encoding='gzip', X_Crawl_Transfer_Encoding='chunked')),
    record('resource', u(9), page(9), ctype='text/html'),
    record('response', 'http://cc.test/logo.png', http(b'\x89PNG\r\n').replace(b'text/html; charset=utf-8', b'image/png')),
    record('response', 'dns:cc.test', b'20260310080000\r\ncc.test. 60 IN A 192.0.2.1\r\n', ctype='text/dns'),
    record('metadata', u(1), b'fetchTimeMs: 12\r\n', ctype='application/warc-fields'),
    record('conversion', u(1), b'words', ctype='text/plain'),
]
later = '2026-03-10T09:00:00Z'
visits = [
    record('response', u(1), http(page(1, ', weather permitting')), later),
    record('revisit', u(2), http(b'', '304 Not Modified'), later, WARC_Profile='http://netpreserve.org/warc/1.0/revisit/server-not-modified'),
    record('revisit', u(3), http(b''), later, WARC_Profile='http://netpreserve.org/warc/1.1/revisit/identical-payload-digest',
           WARC_Refers_To_Target_URI=u(3), WARC_Refers_To_Date='2026-03-10T08:00:00Z'),
    record('revisit', u(4), http(b''), later, WARC_Profile='http://netpreserve.org/warc/1.0/revisit/identical-payload-digest'),
    record('response', u(5), http(b'no', '404 Not Found'), later),
    record('response', u(5), http(b'no', '410 Gone'), '2026-03-10T09:30:00Z'),
    record('response', u(6), http(b'', '301 Moved Permanently', Location='/elsewhere'), later),
    record('response', u(7), http(b'busy', '503 Service Unavailable'), later),
    record('response', u(8), http(page(8), X_Robots_Tag='noindex'), later),
    record('response', u(9), http(gzip.compress(page(9, ' at six'))[:-30], Content_Encoding='gzip'), later),
    # our crawl keeps no more than this of what its owner wants in no index
    record('metadata', u(9), b'outcome: noindex\r\n', '2026-03-10T10:00:00Z', ctype='application/warc-fields'),
    record('metadata', u(9), b'outcome: noindex\r\n', '2026-03-10T10:10:00Z', ctype='application/warc-fields'),
]
broken = [
    record('response', u(20), http(page(20)), n=12),
    record('response', u(21), http(page(21)), '1789-07-14T00:00:00Z'),
    record('revisit', u(22), http(b''), WARC_Profile='http://netpreserve.org/warc/1.1/revisit/identical-payload-digest',
           WARC_Refers_To_Target_URI=u(22), WARC_Refers_To_Date='2020-03-10T08:00:00Z'),
    record('response', u(23), http(b'\x8b\x00\x01 no lzw', Content_Encoding='compress')),
    record('response', 'http://exa mple/', http(page(24))),
    record('response', u(25), b'ICY 200 OK\r\n\r\n' + page(25)),
]
open(to + '/1-members.warc.gz', 'wb').write(b''.join(gzip.compress(r) for r in [info] + pages))
open(to + '/2-whole.warc.gz', 'wb').write(gzip.compress(b''.join([info] + visits)))
open(to + '/plain', 'wb').write(b''.join([info] + pages + visits))
open(to + '/broken', 'wb').write(b''.join([info] + broken) + pages[1].replace(b'08:00:00Z', b'10:00:00Z'))
one = gzip.compress(pages[1].replace(b'08:00:00Z', b'10:00:00Z'))
open(to + '/corrupt', 'wb').write(one[:90] + b'\xff' * 20 + one[110:] + gzip.compress(pages[2].replace(b'08:00:00Z', b'11:00:00Z')) + one[:-40])
PY
d migrate > /dev/null
d ingest "$TMP/cc/1-members.warc.gz" 2> "$TMP/log"
grep -q 'ingest: 9 judged, 0 known before, 0 in conflict, 0 refused, 3 passed over' "$TMP/log" || { cat "$TMP/log"; exit 1; }
test "$(q "SELECT count(*) FROM dateline.versions WHERE headline LIKE 'Dredging plan number _ approved'")" = 9
test "$(q "SELECT DISTINCT outlet, first_seen_at FROM dateline.postings")" = 'cc.test|2026-03-10 08:00:00+00'
d ingest "$TMP/cc/2-whole.warc.gz" 2> "$TMP/log" || { cat "$TMP/log"; exit 1; }
q "SELECT right(url, 1), to_char(fetched_at, 'HH24:MI'), outcome, http_status, body_hash IS NOT NULL FROM dateline.captures
	WHERE fetched_at > '2026-03-10 08:30Z' ORDER BY 1, 2" > "$TMP/got"
cat > "$TMP/want" <<'ROWS'
1|09:00|article|200|t
2|09:00|unchanged|304|f
3|09:00|article|200|t
4|09:00|article|200|t
5|09:00|gone|404|f
5|09:30|gone|410|f
6|09:00|redirect|301|f
7|09:00|http_error|503|f
8|09:00|noindex|200|t
9|09:00|truncated|200|t
9|10:00|noindex||f
9|10:10|noindex||f
ROWS
cmp "$TMP/want" "$TMP/got" || { cat "$TMP/got"; exit 1; }
test "$(q "SELECT string_agg(kind || ' ' || right(url, 1), ', ' ORDER BY event_id) FROM dateline.events WHERE observed_at > '2026-03-10 08:30Z' AND url IS NOT NULL")" = 'updated 1, withdrawn 5, withdrawn 9'
test "$(q "SELECT string_agg(right(url, 1), '' ORDER BY url) FROM dateline.sightings WHERE last_seen_at = '2026-03-10 09:00Z'")" = 1234

# from a pipe, and with no name that tells
for way in '--format warc -' -; do
	d ingest $way < "$TMP/cc/1-members.warc.gz" 2> "$TMP/log"
	grep -q ' 0 judged, 9 known before' "$TMP/log"
done
cat "$TMP/cc/2-whole.warc.gz" | d ingest - 2> "$TMP/log"
grep -q ' 0 judged, 12 known before' "$TMP/log"
d ingest "$TMP/cc/plain" 2> "$TMP/log"
grep -q ' 0 judged, 21 known before, 0 in conflict, 0 refused' "$TMP/log" || { cat "$TMP/log"; exit 1; }

# each broken record has its code; the last, which is sound, is taken
rc=0
d ingest "$TMP/cc/broken" 2> "$TMP/log" || rc=$?
test $rc = 4
for code in BAD_RECORD REVISIT_UNRESOLVED BAD_ENCODING INVALID_URL PROTOCOL; do
	grep -q "broken@[0-9]*: $code" "$TMP/log" || { cat "$TMP/log"; exit 1; }
done
grep -q ' 1 judged, 0 known before, 0 in conflict, 6 refused' "$TMP/log" || { cat "$TMP/log"; exit 1; }
rc=0
d ingest --format warc "$TMP/cc/corrupt" 2> "$TMP/log" || rc=$?
test $rc = 4
grep -q 'corrupt@0: BAD_ENCODING' "$TMP/log"
grep -q 'corrupt@[0-9]*: TRUNCATED' "$TMP/log"
grep -q ' 1 judged, 0 known before, 0 in conflict, 2 refused' "$TMP/log" || { cat "$TMP/log"; exit 1; }

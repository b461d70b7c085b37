# One page of very many sentences, or two texts alike that are long, are judged in
# the time and memory of their length; and what the server finds too slow to judge
# comes to quarantine in the end, while the other inputs go on.
set -eu
d() { "$DATELINE" --log-level error --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
is() { [ "$2" = "$3" ] || { echo "$1: \"$2\", not \"$3\""; exit 1; }; }
d migrate > /dev/null
python3 - "$TMP" <<'PY'
import json, random, sys
tmp = sys.argv[1] + '/'
r = random.Random(5)
def words(n):
    return ' '.join(''.join(r.choice('abcdefghijklmnopqrstuvwxyz') for _ in range(4)) for _ in range(n))
def sentences(bytes, n):
    out, k = [], 0
    while k < bytes:
        out.append(words(n).capitalize() + '.')
        k += len(out[-1]) + 1
    return out
def say(f, host, title, body, time='08:00'):
    f.write(json.dumps({'url': 'https://%s/1' % host, 'outlet': host, 'title': title, 'body': ' '.join(body),
                        'fetched_at': '2024-03-05T%s:00Z' % time}) + '\n')
short = sentences(2000000, 2)
fewer = short[:50000]
with open(tmp + 'short', 'w') as f:
    say(f, 'short.test', 'Big talks begin', short)
with open(tmp + 'copies', 'w') as f:
    say(f, 'same.test', 'Large talks begin', ['Big talks.'] * 50000, '08:00')
    say(f, 'copy.test', 'Talks of the same begin', ['Big talks.'] * 50000, '09:00')
    say(f, 'fewer.test', 'Big talks begin', fewer, '09:30')
    say(f, 'fewer.test', 'Large talks begin', fewer[:-2], '10:00')
    own = [x if i % 25 else words(2).capitalize() + '.' for i, x in enumerate(fewer)]
    say(f, 'copied.test', 'Big talks begin', own, '11:00')
long = sentences(1000000, 20)
with open(tmp + 'alike', 'w') as f:
    for i in range(2):
        say(f, 'long%d.test' % i, 'Long talks begin', long + ['Copy %d ends with words of its own here today.' % i])
# what stands in it below a lead of as many sentences
within, lead = sentences(600000, 10), sentences(600000, 10)
with open(tmp + 'roundup', 'w') as f:
    say(f, 'held.test', 'Held talks begin', within)
    say(f, 'holds.test', 'Round-up of the day', lead + within, '09:00')
with open(tmp + 'slow', 'w') as f:
    for host in 'one.test', 'slow.test', 'two.test', 'halted.test', 'three.test':
        say(f, host, 'News of ' + host, sentences(1000000 if host == 'slow.test' else 1000, 12))
PY
# seconds of the processor and bytes: of the plain build alone
measure() { # SECONDS MEGABYTES INPUT
	python3 - "$@" "$DATELINE" "$DB" <<'PY'
import os, resource, subprocess, sys
seconds, mb, name, program, db = sys.argv[1:]
subprocess.run([program, '--log-level', 'error', '--db', db, 'ingest', '--format', 'jsonl', name],
               check=True, stderr=subprocess.DEVNULL)
u = resource.getrusage(resource.RUSAGE_CHILDREN)
print(name, u.ru_utime, u.ru_maxrss >> 10)
if not os.environ.get('SANITIZED'):
    assert u.ru_utime < int(seconds)
    assert u.ru_maxrss >> 10 < int(mb)
PY
}
measure 3 400 "$TMP/short"
measure 8 1000 "$TMP/copies"
measure 4 500 "$TMP/alike"
measure 4 500 "$TMP/roundup"
is "of the long ones" "$(q "SELECT count(DISTINCT story_id) FROM dateline.postings WHERE url ~ 'long[01].test'")" 1
# so many sentences of its own no copy has, though they are few of all: it opened
# what it carries
is "of the copied" "$(q "SELECT coverage FROM dateline.postings WHERE url ~ '/copied.test'")" 1

# a server that ends the session of who is silent for a millisecond, once slow.test
# is judged; and one that takes too long for a statement about halted.test
q "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS \$\$ BEGIN
	IF NEW.name = 'slow.test' THEN
		PERFORM set_config('idle_in_transaction_session_timeout', '1ms', false);
	ELSIF NEW.name = 'halted.test' THEN
		RAISE EXCEPTION 'canceling statement due to statement timeout' USING ERRCODE = '57014';
	END IF;
	RETURN NEW; END \$\$"
q "CREATE TRIGGER slow BEFORE INSERT ON dateline_store.outlet FOR EACH ROW EXECUTE FUNCTION slow()"
rc=0
d ingest --format jsonl "$TMP/slow" 2> "$TMP/slow.err" || rc=$?
is "ingest" $rc 4
is "the others" "$(q "SELECT count(*) FROM dateline.postings WHERE url ~ '/(one|two|three)[.]test/'")" 3
is "in quarantine" "$(q "SELECT string_agg(substring(message FROM 'judging it takes longer') || ' ' || code, ', ') FROM dateline.quarantine
	WHERE input ~ ':[24]$'")" "judging it takes longer DB_QUERY, judging it takes longer DB_QUERY"
# they pass where the server waits
q "DROP TRIGGER slow ON dateline_store.outlet"
d quarantine replay > /dev/null 2>&1
is "left" "$(q "SELECT count(*) FROM dateline.quarantine")" 0
is "all" "$(q "SELECT count(*) FROM dateline.postings WHERE url ~ '/(one|two|three|slow|halted)[.]test/'")" 5

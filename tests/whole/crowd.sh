# What thousands of stories have in common, as the words of a form that is filled again
# and again or a canonical URL that all pages name, and what thousands of pages have of
# one story, costs an item no more than what is its own.
set -eu
export DB DATELINE
"$DATELINE" --log-level warn --db "$DB" migrate > /dev/null
python3 - <<'PY'
import json, os, random, resource, subprocess, sys
N = 400
rng = random.Random(7)
words = ['w%x' % i for i in range(30000)]


def sentence(n=14):
    return 'The %s.' % ' '.join(rng.choice(words) for _ in range(n))


def wire(i):
    return 'w%d.test' % (i % 8), sentence(6), ' '.join(sentence() for _ in range(9)), None


def form(i):
    return 'form.test', 'Results of district %d' % i, (
        'District %d counted its votes on Monday night and the council seat went to candidate number %d with %d votes. '
        'Turnout was %d percent. The count was watched by observers of three parties and by the press. The new council '
        'meets on Thursday week.' % (i, rng.randrange(99), rng.randrange(9999), rng.randrange(90))), None


told = [sentence() for _ in range(20)]


def copy(i):
    return 'o%d.test' % i, 'Copy %d here' % i, '\n\n'.join(told[:20 - i % 7]), None


def front(i):
    return 'front.test', sentence(6), ' '.join(sentence() for _ in range(9)), 'http://front.test/'


def pages(kind, year, first):
    for i in range(first, first + N):
        host, title, body, canonical = kind(i)
        yield json.dumps({'url': 'http://%s/%d' % (host, i), 'outlet': host, 'title': title, 'body': body,
                          'canonical_url': canonical, 'kind': 'article', 'fetched_at':
                          '%d-03-05T%02d:%02d:%02dZ' % (year, 8 + i // 1200, i // 20 % 60, i % 20 * 3)}) + '\n'


def rows():
    """Rows that lookups for candidates read until now: each session tells when it ends."""
    return [int(x) for x in subprocess.run(['psql', '-AtXqd', os.environ['DB'], '-F', ' ', '-c', '''
        SELECT sum(idx_tup_read) FILTER (WHERE relname ~ '^sketch'),
            sum(idx_tup_read) FILTER (WHERE indexrelname = 'page_canonical')
        FROM pg_stat_user_indexes WHERE schemaname = 'dateline_store' '''],
        check=True, stdout=subprocess.PIPE, text=True).stdout.split()]


def spent(kind, year, first):
    """Seconds of the program's own, and rows of sketches and of canonical URLs."""
    was, before = rows(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([os.environ['DATELINE'], '--log-level', 'error', '--db', os.environ['DB'], 'ingest', '--format',
                           'jsonl', '-'], input=''.join(pages(kind, year, first)), text=True, stderr=subprocess.DEVNULL)
    seconds = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before.ru_utime
    assert done.returncode == 0
    return [seconds] + [x - y for x, y in zip(rows(), was)]


usual = (spent(wire, 2021, 0)[0] + spent(wire, 2021, N)[0]) / 2
plain = not os.environ.get('SANITIZED')
bad = 0
print('%d of a wire: %.2f s' % (N, usual))
for year, kind in (2022, form), (2023, copy), (2024, front):
    first, second, third = (spent(kind, year, i * N) for i in range(3))
    print(kind.__name__, 'of the first, second and third %d:' % N, first, second, third)
    # at most 8 (copies: 48 texts are compared), 1 and 5 now; it was 50 and more, 1.4 and 940
    bad += plain and third[0] > 20 * usual or third[1] > 1.1 * second[1] + N or third[2] > 100 * N
sys.exit(bad)
PY
is() { [ "$2" = "$3" ] || { echo "$1: \"$2\", not \"$3\""; exit 1; }; }
of() { psql -AtXqd "$DB" -c "SELECT count(DISTINCT story_id) FROM dateline.postings WHERE url ~ '//$1[0-9]*[.]test/'"; }
is "stories of a form" "$(of form)" 1200
is "stories of a site's front page" "$(of front)" 1200
is "stories of copies" "$(of o)" 1

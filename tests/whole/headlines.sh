# A headline that every page has, as where a site's name is each page's title, tells
# nothing of a story: such pages cost what others cost, and stay apart.
set -eu
export DB DATELINE
"$DATELINE" --log-level warn --db "$DB" migrate > /dev/null
python3 - <<'PY'
import json, os, random, resource, subprocess, sys
rng, n = random.Random(7), 0
words = ['w%x' % i for i in range(30000)]


def pages(year, title):
    global n
    for i in range(1500):
        n += 1
        body = ' '.join('Alpha %s.' % ' '.join(rng.choice(words) for _ in range(20)) for _ in range(8))
        yield json.dumps({'url': 'http://h%d.test/%d' % (n % 8, n), 'outlet': 'h%d.test' % (n % 8), 'kind': 'article',
                          'fetched_at': '%d-03-05T%02d:%02d:00Z' % (year, 8 + i // 60 % 12, i % 60), 'body': body,
                          'title': title or ' '.join(rng.choice(words) for _ in range(6))}) + '\n'


def spent(year, title):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([os.environ['DATELINE'], '--log-level', 'error', '--db', os.environ['DB'], 'ingest', '--format',
                           'jsonl', '-'], input=''.join(pages(year, title)), text=True, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0
    return after.ru_utime - before.ru_utime


spent(2022, None)
own, same = spent(2023, None), spent(2024, 'The Daily Halden News')
print('headlines of their own %.2f s, one for all %.2f s' % (own, same))
sys.exit(same > 3 * own)
PY
test "$(psql -AtXqd "$DB" -c "SELECT count(*) FROM dateline.stories")" = 4500

#!/usr/bin/env python3
"""Common tools at the same work: peers_stories.py STREAM ASSIGN_DIR [CONNINFO]

Each fetch is judged in turn: a page that is known keeps its story, else that of the most similar text found by LSH,
else a new one (clusters without bound, as is common). datasketch's MinHashLSH lies in memory, its texts, pages and events
go to PostgreSQL by psycopg in batches of 128 (executemany, which pipelines): four rows a document, and an index that is gone with
the process. "kept": what Dateline keeps as well: the bands of the index, asked for a batch's documents in one query, signatures,
bytes, captures, pages, texts with a full-text index, sightings; "plain": the same as the manuals of both
show it, update() a shingle, a question a document, execute() a row. rensa, where it is installed, is judged alone. Prints documents a second of wall and of CPU time; assignments for wire_score.py go to ASSIGN_DIR."""
import hashlib
import json
import re
import sys
import time
import zlib

BATCH = 128
PLAIN_MOST = 10000  # documents: it is slow
COMMON = 5, .5, 128  # words a shingle, threshold, permutations: of most examples
BEST = 3, .3, 256    # of its settings the one that tells stories best (labelled wire items)
SCHEMA = '''DROP TABLE IF EXISTS p_version, p_page, p_event, p_story;
CREATE TABLE p_story (story_id bigint PRIMARY KEY, headline text, at timestamptz);
CREATE TABLE p_version (id bigint PRIMARY KEY, story_id bigint, url text, title text, body text, hash bigint, at timestamptz);
CREATE INDEX ON p_version (story_id);
CREATE TABLE p_page (url text PRIMARY KEY, story_id bigint, external_id text, last_at timestamptz);
CREATE TABLE p_event (id bigint PRIMARY KEY, story_id bigint, kind text, at timestamptz);'''
INSERTS = {
    'p_story': 'INSERT INTO p_story VALUES (%s, %s, %s)',
    'p_version': 'INSERT INTO p_version VALUES (%s, %s, %s, %s, %s, %s, %s)',
    'p_page': 'INSERT INTO p_page VALUES (%s, %s, %s, %s) ON CONFLICT (url) DO UPDATE SET last_at = excluded.last_at',
    'p_event': 'INSERT INTO p_event VALUES (%s, %s, %s, %s)'}


KEPT = '''DROP TABLE IF EXISTS k_judged, k_capture, k_body, k_page, k_story, k_version, k_text, k_sighting, k_event, k_band;
CREATE TABLE k_judged (host text, capture uuid, body uuid, PRIMARY KEY (host, capture));
CREATE TABLE k_capture (capture uuid PRIMARY KEY, url text, at timestamptz, outcome text, bytes int, body uuid, text uuid);
CREATE INDEX ON k_capture (url, at);
CREATE TABLE k_body (host text, body uuid, zlib bytea, bytes int, PRIMARY KEY (host, body));
CREATE TABLE k_page (url text PRIMARY KEY, outlet text, external_id text, story_id bigint, last_at timestamptz, body uuid);
CREATE INDEX ON k_page (story_id);
CREATE TABLE k_story (story_id bigint PRIMARY KEY, headline text, first_at timestamptz, last_at timestamptz);
CREATE TABLE k_version (id bigint PRIMARY KEY, story_id bigint, url text, outlet text, text uuid, words int, created_at timestamptz,
    updated_at timestamptz, at timestamptz, signature bytea);
CREATE INDEX ON k_version (story_id);
CREATE TABLE k_text (story_id bigint, text uuid, title text, summary text, body text, PRIMARY KEY (story_id, text));
CREATE INDEX ON k_text USING gin (to_tsvector('simple', left(title || ' ' || body, 200000))) WITH (gin_pending_list_limit = 16384);
CREATE TABLE k_sighting (story_id bigint, url text, at timestamptz, text uuid, id bigint, PRIMARY KEY (story_id, url, at));
CREATE TABLE k_event (id bigint PRIMARY KEY, story_id bigint, kind text, url text, outlet text, at timestamptz, headline text, detail jsonb);
CREATE INDEX ON k_event (story_id, at);
CREATE TABLE k_band (hash bigint, id bigint, PRIMARY KEY (hash, id));'''
KEPT_TABLES = {'k_judged': 3, 'k_capture': 7, 'k_body': 4, 'k_page': 6, 'k_story': 4, 'k_version': 10, 'k_text': 5, 'k_sighting': 5,
               'k_event': 8, 'k_band': 2}
KEPT_INSERTS = {t: 'INSERT INTO %s VALUES (%s)%s' % (t, ', '.join(['%s'] * n), {
    'k_page': ' ON CONFLICT (url) DO UPDATE SET story_id = excluded.story_id, last_at = excluded.last_at, body = excluded.body',
    'k_story': ' ON CONFLICT (story_id) DO UPDATE SET last_at = excluded.last_at'}.get(t, ' ON CONFLICT DO NOTHING'))
    for t, n in KEPT_TABLES.items()}


def shingles(text, n):
    w = re.findall(r'\w+', text.lower())
    return {' '.join(w[i:i + n]) for i in range(max(1, len(w) - n + 1))}


class Datasketch:
    def __init__(self, threshold, perms):
        from datasketch import MinHash, MinHashLSH
        self.make, self.perms = MinHash, perms
        self.lsh = MinHashLSH(threshold=threshold, num_perm=perms)
        self.threshold, self.kept = threshold, []

    def judge(self, grams):
        m = self.make(num_perm=self.perms)
        m.update_batch([g.encode() for g in grams])
        found = [(m.jaccard(self.kept[k]), k) for k in self.lsh.query(m)]
        k = len(self.kept)
        self.kept.append(m)
        self.lsh.insert(k, m, check_duplication=False)
        return [k for j, k in found if j >= self.threshold]


class Rensa:
    def __init__(self, threshold, perms):
        from rensa import RMinHash, RMinHashLSH
        self.make, self.perms, self.threshold, self.kept = RMinHash, perms, threshold, []
        self.lsh = RMinHashLSH(threshold=threshold, num_perm=perms, num_bands=perms // 4)

    def judge(self, grams):
        m = self.make(num_perm=self.perms, seed=1)
        m.update(list(grams))
        found = [k for k in self.lsh.query(m) if m.jaccard(self.kept[k]) >= self.threshold]
        self.kept.append(m)
        self.lsh.insert(len(self.kept) - 1, m)
        return found


class Stories:
    """Of documents and pages, joined without bound."""

    def __init__(self):
        self.up, self.page, self.of = [], {}, []

    def find(self, x):
        while self.up[x] != x:
            self.up[x] = self.up[self.up[x]]
            x = self.up[x]
        return x

    def take(self, url, like):
        roots = {self.find(self.of[k]) for k in like} | ({self.find(self.page[url])} if url in self.page else set())
        new = not roots
        if new:
            self.up.append(len(self.up))
            roots = {len(self.up) - 1}
        least = min(roots)
        for r in roots:
            self.up[r] = least
        self.of.append(least)
        self.page[url] = least
        return least, new


def flush(cur, rows):
    for table, sql in INSERTS.items():
        if rows[table]:
            cur.executemany(sql, rows[table])
    cur.connection.commit()
    return {t: [] for t in INSERTS}


def run(records, tool, n, cur):
    stories, ids = Stories(), {}
    rows = {t: [] for t in INSERTS}
    for k, r in enumerate(records):
        grams = shingles(r['body'], n)
        story, new = stories.take(r['url'], tool.judge(grams))
        ids[r['id']] = r['url']
        if not cur:
            continue
        at = r['fetched_at']
        if new:
            rows['p_story'].append((story, r['title'], at))
        rows['p_version'].append((k, story, r['url'], r['title'], r['body'], hash(r['body']), at))
        rows['p_page'].append((r['url'], story, r['id'], at))
        rows['p_event'].append((k, story, 'created' if new else 'updated', at))
        if k % BATCH == BATCH - 1:
            rows = flush(cur, rows)
    if cur:
        flush(cur, rows)
    return {i: stories.find(stories.page[u]) for i, u in ids.items()}


def uuid_of(*parts):
    return hashlib.blake2b('\0'.join(parts).encode(), digest_size=16).hexdigest()


class Kept:
    """datasketch's index in PostgreSQL: bands as MinHashLSH cuts them, signatures beside the versions."""

    def __init__(self, cur, threshold, perms, plain=False):
        from datasketch import MinHash, MinHashLSH
        self.plain = plain
        lsh = MinHashLSH(threshold=threshold, num_perm=perms)
        self.cur, self.make, self.perms, self.threshold = cur, MinHash, perms, threshold
        self.cuts = [(k * lsh.r, (k + 1) * lsh.r) for k in range(lsh.b)]
        self.stories, self.n = Stories(), 0

    def sign(self, grams):
        m = self.make(num_perm=self.perms)
        if self.plain:
            for g in grams:
                m.update(g.encode())
        else:
            m.update_batch([g.encode() for g in grams])
        v, self.dtype = m.hashvalues, m.hashvalues.dtype
        return v, [int.from_bytes(hashlib.blake2b(bytes([k]) + v[a:b].tobytes(), digest_size=8).digest(), 'big', signed=True)
                   for k, (a, b) in enumerate(self.cuts)]

    def found(self, bands):
        import numpy
        self.cur.execute('SELECT b.hash, b.id, v.signature FROM k_band b JOIN k_version v ON v.id = b.id WHERE b.hash = ANY(%s)',
                         (sorted({h for x in bands for h in x}),))
        by = {}
        for h, i, sig in self.cur:
            by.setdefault(h, {})[i] = numpy.frombuffer(sig, dtype=self.dtype)
        return by

    def batch(self, records, n):
        signed = [self.sign(shingles(r['body'], n)) for r in records]
        by = {} if self.plain else self.found([b for _, b in signed])
        rows = {t: [] for t in KEPT_INSERTS}
        for r, (sig, bands) in zip(records, signed):
            near = {}
            if self.plain:
                by = self.found([bands])
            for h in bands:
                near.update(by.get(h, {}))
            like = [i for i, other in near.items() if (sig == other).mean() >= self.threshold]
            story, new = self.stories.take(r['url'], like)
            self.row(rows, r, story, new, sig, bands)
            for h in bands:
                by.setdefault(h, {})[self.n] = sig
            self.n += 1
            if self.plain:
                rows = self.write(rows, one=True)
        self.write(rows)
        self.cur.connection.commit()

    def write(self, rows, one=False):
        for table, sql in KEPT_INSERTS.items():
            if one:
                for row in rows[table]:
                    self.cur.execute(sql, row)
            elif rows[table]:
                self.cur.executemany(sql, rows[table])
        return {t: [] for t in KEPT_INSERTS}

    def row(self, rows, r, story, new, sig, bands):
        at, url, line = r['fetched_at'], r['url'], json.dumps(r).encode()
        host, outlet, body = url.split('/')[2], r.get('outlet'), hashlib.blake2b(line, digest_size=16).hexdigest()
        text, capture = uuid_of(r['title'], r.get('summary') or '', r['body']), uuid_of(url, at)
        rows['k_judged'].append((host, capture, body))
        rows['k_capture'].append((capture, url, at, 'article', len(line), body, text))
        rows['k_body'].append((host, body, zlib.compress(line), len(line)))
        rows['k_page'].append((url, outlet, r['id'], story, at, body))
        rows['k_story'].append((story, r['title'], at, at))
        rows['k_version'].append((self.n, story, url, outlet, text, len(r['body'].split()), r.get('created_at'), r.get('updated_at'), at,
                                  sig.tobytes()))
        rows['k_text'].append((story, text, r['title'], r.get('summary'), r['body']))
        rows['k_sighting'].append((story, url, at, text, self.n))
        rows['k_event'].append((self.n, story, 'created' if new else 'updated', url, outlet, at, r['title'], '{}'))
        rows['k_band'].extend((h, self.n) for h in bands)


def run_kept(records, cur, n, threshold, perms, plain=False):
    cur.execute(KEPT)
    cur.connection.commit()
    tool = Kept(cur, threshold, perms, plain)
    wall, cpu = time.perf_counter(), time.process_time()
    for k in range(0, len(records), BATCH):
        tool.batch(records[k:k + BATCH], n)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print('datasketch (%d-grams, %d, %.1f%s) kept by psycopg: %.1f documents/s, %.1f by its own CPU time' % (
        n, perms, threshold, ', plain' if plain else '', len(records) / wall, len(records) / cpu), flush=True)


def main():
    records = [json.loads(line) for line in open(sys.argv[1], encoding='utf-8')]
    cur = None
    if len(sys.argv) > 3:
        try:
            import psycopg
            cur = psycopg.connect(sys.argv[3]).cursor()
        except (ImportError, OSError) as e:
            print('psycopg:', e)
    if cur:
        try:
            told = [r for r in records if r.get('body')]
            for setting in COMMON, BEST:
                run_kept(told, cur, *setting)
            run_kept(told[:PLAIN_MOST], cur, *COMMON, plain=True)
        except ImportError:
            print('datasketch: not installed, skipped')
    jobs = [('datasketch', Datasketch, *COMMON, True), ('datasketch-3grams-.3', Datasketch, *BEST, False),
            ('rensa', Rensa, *COMMON, False)]
    for name, make, n, threshold, perms, store in jobs:
        try:
            tool = make(threshold, perms)
        except ImportError:
            print('%s: not installed, skipped' % name)
            continue
        if store and cur:
            cur.execute(SCHEMA)
            cur.connection.commit()
        wall, cpu = time.perf_counter(), time.process_time()
        assign = run(records, tool, n, cur if store else None)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print('%s (%d-grams, %d, %.1f)%s: %.1f documents/s, %.1f by its own CPU time' % (name, n, perms, threshold,
              ' with psycopg' if store and cur else '', len(records) / wall, len(records) / cpu), flush=True)
        with open('%s/%s.tsv' % (sys.argv[2], name), 'w') as f:
            f.writelines('%s\t%s\n' % x for x in assign.items())


if __name__ == '__main__':
    main()

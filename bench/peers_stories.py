#!/usr/bin/env python3
"""Common tools at the same work: peers_stories.py STREAM ASSIGN_DIR [CONNINFO]

Each fetch is judged in turn: a page that is known keeps its story, else that of the most similar text found by LSH,
else a new one (clusters without bound, as is common). datasketch's MinHashLSH lies in memory, its texts, pages and events
go to PostgreSQL by psycopg in batches of 64 (executemany, which pipelines). rensa, where it is installed, is judged
alone. Prints documents a second of wall and of CPU time; assignments for wire_score.py go to ASSIGN_DIR."""
import json
import re
import sys
import time

BATCH = 64
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


def main():
    records = [json.loads(line) for line in open(sys.argv[1], encoding='utf-8')]
    cur = None
    if len(sys.argv) > 3:
        try:
            import psycopg
            cur = psycopg.connect(sys.argv[3]).cursor()
        except (ImportError, OSError) as e:
            print('psycopg:', e)
    jobs = [('datasketch', Datasketch, 5, .5, 128, True), ('datasketch-3grams-.3', Datasketch, 3, .3, 256, False),
            ('rensa', Rensa, 5, .5, 128, False)]
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

#!/usr/bin/env python3
"""Is it the same partition into stories with one writer and with four, and in another order of arrival?

  stories_order.py --dateline D --db CONNINFO --items F [--stories N] [--seed S] [--writers 4]

CONNINFO: a database of a server on which databases may be made. One simulated stream is ingested three times: in the
order of fetches by one writer; by N writers at once, each with the pages whose URL's hash falls to it; and by one writer in
another order within an hour. The writers run freely through their files and may be weeks apart. Prints pairwise F1 of each partition against the first one and the pages that moved."""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import zlib

from wire_score import score_all

HERE = os.path.dirname(os.path.abspath(__file__))


def simulate(args, path, *more):
    with open(path, 'w') as f:
        subprocess.run([sys.executable, os.path.join(HERE, 'wiresim.py'), '--items', args.items, '--stories',
                        str(args.stories), '--seed', args.seed, *more], stdout=f, check=True)


def psql(db, query):
    return subprocess.run(['psql', '-AtXqF', '\t', '-d', db, '-c', query], check=True, text=True,
                          stdout=subprocess.PIPE).stdout


def deal(args, path, folder):
    """The stream's lines to the writers, a file for each."""
    parts = [[] for _ in range(args.writers)]
    with open(path) as f:
        for line in f:
            parts[zlib.crc32(json.loads(line)['url'].encode()) % args.writers].append(line)
    files = []
    for w, lines in enumerate(parts):
        if lines:
            files.append('%s/%d' % (folder, w))
            with open(files[-1], 'w') as f:
                f.writelines(lines)
    return files


def partition(args, name, files):
    """Story of each page after the files were ingested, all at once."""
    name = 'order_' + name
    psql(args.db, 'DROP DATABASE IF EXISTS ' + name)
    psql(args.db, 'CREATE DATABASE ' + name)
    db = re.sub(r'dbname=\S*', 'dbname=' + name, args.db)
    run = [args.dateline, '--db', db, '--log-level', 'error']
    subprocess.run(run + ['migrate'], check=True)
    writers = [subprocess.Popen(run + ['ingest', '--format', 'jsonl', f], stderr=subprocess.DEVNULL) for f in files]
    codes = [w.wait() for w in writers]
    if any(codes):
        raise SystemExit('stories_order: ingest ended with %s' % codes)
    rows = psql(db, "SELECT p.url, coalesce(s.merged_into, s.story_id) FROM dateline_store.posting p JOIN "
                "dateline_store.story s USING (story_id) WHERE p.status <> 'left'").splitlines()
    psql(args.db, 'DROP DATABASE ' + name)
    return dict(r.split('\t') for r in rows)


def moved(a, b):
    """Pages whose company differs."""
    def company(x):
        by = {}
        for u, s in x.items():
            by.setdefault(s, set()).add(u)
        return {u: by[s] for u, s in x.items()}
    a, b = company(a), company(b)
    return [u for u in a if a[u] != b.get(u)]


def tell(name, first, other, show=8):
    p, r, f = score_all(first, other)
    m = moved(first, other)
    print('%s: %s, F1 %.6f against one writer in order, %d of %d pages in other company%s' % (
        name, 'the same partition' if not m else 'NOT the same', f, len(m), len(first),
        ': ' + ' '.join(m[:show]) if m else ''), flush=True)
    return not m


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for k in ('dateline', 'db', 'items'):
        p.add_argument('--' + k, required=True)
    p.add_argument('--stories', type=int, default=20000)
    p.add_argument('--seed', default='1')
    p.add_argument('--writers', type=int, default=4)
    args = p.parse_args()
    with tempfile.TemporaryDirectory() as tmp:
        one, late = tmp + '/one', tmp + '/late'
        simulate(args, one)
        simulate(args, late, '--shuffle-minutes', '60')
        first = partition(args, 'one', [one])
        print('one writer in order: %d pages in %d stories' % (len(first), len(set(first.values()))), flush=True)
        same = [tell('%d writers' % args.writers, first, partition(args, 'many', deal(args, one, tmp))),
                tell('another order within an hour', first, partition(args, 'late', [late]))]
    sys.exit(not all(same))


if __name__ == '__main__':
    main()

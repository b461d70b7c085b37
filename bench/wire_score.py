#!/usr/bin/env python3
"""Scores assignments of a simulated stream, and tells how hard the stream is.

  wire_score.py --stream S --truth T --pairs P [--hardness] [--wrong N] [NAME=ASSIGN.tsv ...]

Over all pairs of pages: precision, recall, F1. Over the labelled pairs: growth (one story, 5-gram Jaccard under .3)
and hard negatives (two stories, at least .3 of the shorter's 5-grams shared) merged, and wrongly merged stories by
kind. Hardness is what three plain methods reach: an exact hash, what MinHash of 5-grams at .5 estimates (computed
exactly here; make bench-stories runs MinHash itself too), both joined without bound, and the share of hard negatives
that containment of 3-grams >= .5 would merge, pair by pair. --wrong: that many wrong decisions of each assignment."""
import argparse
import collections
import csv
import json
import random
import re

TEMPLATES = ('series', 'twin', 'statement')
EXACT_MOST, MINHASH_MOST, CONTAINED_LEAST = .5, .8, .2


def words(text):
    return re.findall(r'\w+', text.lower())


def grams(text, n):
    w = words(text)
    return {hash(tuple(w[i:i + n])) for i in range(max(1, len(w) - n + 1))}


class Joined:
    """Union-find over names."""

    def __init__(self):
        self.up = {}

    def find(self, x):
        self.up.setdefault(x, x)
        while self.up[x] != x:
            self.up[x] = self.up[self.up[x]]
            x = self.up[x]
        return x

    def join(self, a, b):
        self.up[self.find(b)] = self.find(a)

    def assignment(self, ids):
        return {i: self.find(i) for i in ids}


def pairs_of(counts):
    return sum(n * (n - 1) // 2 for n in counts)


def score_all(truth, assign):
    """Precision, recall and F1 over all pairs of pages."""
    cells = collections.Counter((truth[i], assign.get(i, 'alone ' + i)) for i in truth)
    tp = pairs_of(cells.values())
    said, true = collections.Counter(), collections.Counter()
    for (t, s), n in cells.items():
        true[t] += n
        said[s] += n
    p, r = tp / max(1, pairs_of(said.values())), tp / max(1, pairs_of(true.values()))
    return p, r, 2 * p * r / (p + r) if p + r else 0


def report(name, truth, pairs, assign, story_of):
    p, r, f = score_all(truth, assign)
    grow, hard, merged = [0, 0], [0, 0], collections.defaultdict(set)
    for x in pairs:
        same = assign.get(x['a']) is not None and assign.get(x['a']) == assign.get(x['b'])
        if x['label'] == 'S':
            if float(x['J5']) < .3:
                grow[0] += same
                grow[1] += 1
            continue
        if float(x['C5']) >= .3:
            hard[0] += same
            hard[1] += 1
        if same:
            merged[x['kind']].add((story_of[x['a']], story_of[x['b']]))
    print('%s: F1 %.4f (precision %.4f, recall %.4f), growth %d/%d, hard negatives %d/%d, stories wrongly merged: '
          'templates %d, others %d (%s)' % (name, f, p, r, *grow, *hard,
          sum(len(merged[k]) for k in TEMPLATES), sum(len(v) for k, v in merged.items() if k not in TEMPLATES),
          ', '.join('%s %d' % (k, len(v)) for k, v in sorted(merged.items())) or 'none'))
    return f


def exact(records):
    first, j = {}, Joined()
    for r in records:
        j.join(first.setdefault(' '.join(words(r['body'])), r['id']), r['id'])
    return j.assignment({r['id'] for r in records})


def jaccard(records, least=.5, n=5):
    """All texts with a Jaccard of at least .5 joined: what MinHash does, without its error."""
    sets = [grams(r['body'], n) for r in records]
    df = collections.Counter(h for s in sets for h in s)
    index, j, seen = collections.defaultdict(list), Joined(), {}
    for k, s in enumerate(sets):
        key = frozenset(s)
        j.find(records[k]['id'])
        if key in seen:
            j.join(seen[key], records[k]['id'])
            continue
        seen[key] = records[k]['id']
        rare = sorted(s, key=lambda h: (df[h], h))[:len(s) - int(-(-least * len(s) // 1)) + 1]
        tried = set()
        for h in rare:
            for o in index[h]:
                if o not in tried:
                    tried.add(o)
                    both = len(s & sets[o])
                    if both >= least * (len(s) + len(sets[o]) - both):
                        j.join(records[o]['id'], records[k]['id'])
            index[h].append(k)
    return j.assignment({r['id'] for r in records})


def contained(first, pairs, n=3):
    hard = [x for x in pairs if x['label'] == 'N' and float(x['C5']) >= .3]
    merged = 0
    for x in hard:
        a, b = grams(first[x['a']]['body'], n), grams(first[x['b']]['body'], n)
        merged += len(a & b) >= .5 * min(len(a), len(b))
    return merged, len(hard)


def hardness(records, first, truth, pairs, story_of):
    """Is the stream hard enough?"""
    e = report('exact hash', truth, pairs, exact(records), story_of)
    m = report('5-grams, Jaccard .5', truth, pairs, jaccard(records), story_of)
    c, n = contained(first, pairs)
    ok = e < EXACT_MOST and m < MINHASH_MOST and c >= CONTAINED_LEAST * n
    print('hardness: exact hash %.3f (under %.1f), MinHash 5-grams at .5 %.3f (under %.1f), 3-gram containment >= .5 merges '
          '%d/%d = %.2f of the hard negatives (at least %.1f): %s' % (e, EXACT_MOST, m, MINHASH_MOST, c, n, c / max(1, n),
          CONTAINED_LEAST, 'hard enough' if ok else 'NOT HARD ENOUGH'))


def wrong(n, pairs, assign, kinds, first):
    """Wrong decisions, as many of each kind as of any other."""
    by = collections.defaultdict(list)
    for x in pairs:
        same = assign.get(x['a']) == assign.get(x['b'])
        if same != (x['label'] == 'S'):
            a, b = kinds[x['a']], kinds[x['b']]
            by[x['kind'] if same else '%s / %s' % (a, b)].append(x)
    some = []
    rng = random.Random(1)
    for v in by.values():
        rng.shuffle(v)
    print('wrong by kind:', ', '.join('%s %d' % (k, len(v)) for k, v in sorted(by.items(), key=lambda x: -len(x[1]))))
    while len(some) < n and any(by.values()):
        for k in sorted(by):
            if by[k]:
                some.append((k, by[k].pop()))
    for k, x in some[:n]:
        print('\t'.join(['merged' if x['label'] == 'N' else 'missed', k, x['a'], x['b'], x['C5'], x['J5'],
                         first[x['a']]['title'], first[x['b']]['title'], first[x['a']]['url'], first[x['b']]['url']]))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for k in ('stream', 'truth', 'pairs'):
        p.add_argument('--' + k, required=True)
    p.add_argument('--hardness', action='store_true')
    p.add_argument('--wrong', type=int, default=0)
    p.add_argument('assignments', nargs='*')
    args = p.parse_args()
    with open(args.stream, encoding='utf-8') as f:
        records = [json.loads(line) for line in f]
    with open(args.truth, encoding='utf-8') as f:
        pages = [x for x in map(json.loads, f) if 'id' in x]
    with open(args.pairs, encoding='utf-8') as f:
        pairs = list(csv.DictReader(f, delimiter='\t', quoting=csv.QUOTE_NONE))
    truth = {x['id']: x['story'] for x in pages}
    first = {}
    for r in records:
        if r['id'] not in first or r['fetched_at'] < first[r['id']]['fetched_at']:
            first[r['id']] = r
    print('%d records, %d pages, %d stories' % (len(records), len(truth), len(set(truth.values()))))
    if args.hardness:
        hardness(records, first, truth, pairs, truth)
    for a in args.assignments:
        name, path = a.split('=', 1)
        with open(path, encoding='utf-8') as f:
            assign = dict(line.rstrip('\n').split('\t')[:2] for line in f if line.strip())
        report(name, truth, pairs, assign, truth)
        if args.wrong:
            wrong(args.wrong, pairs, assign, {x['id']: x['kind'] for x in pages}, first)


if __name__ == '__main__':
    main()

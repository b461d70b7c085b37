#!/usr/bin/env python3
"""wire_pairs.py ITEMS PAIRS < bench/wires/NAME.jsonl: article objects, and the labelled pairs within each group.

A line of bench/wires is an item that we wrote in the manner of a wire; items of a group with the same letter are one story. Pairs
that have next to nothing in common (5-gram containment under .2 of one story, under .1 of two) are left out: no words tell them."""
import collections
import itertools
import json
import re
import sys

ONE, TWO = .2, .1


def grams(text, n=5):
    w = re.findall(r'\w+', text.lower())
    return {tuple(w[k:k + n]) for k in range(max(1, len(w) - n + 1))}


def main():
    groups = collections.defaultdict(list)
    for line in sys.stdin:
        r = json.loads(line)
        groups[r['group']].append(r)
    with open(sys.argv[1], 'w', encoding='utf-8') as f:
        for r in itertools.chain(*groups.values()):
            item = {'id': r['id'], 'url': 'http://%s/%s' % (r['outlet'], r['id']), 'outlet': r['outlet'], 'title': r['title'],
                    'published_at': r['time'], 'body': r['body']}
            if r.get('credit'):
                item['credit'] = r['credit']
            print(json.dumps(item, ensure_ascii=False), file=f)
    with open(sys.argv[2], 'w', encoding='utf-8') as f:
        print('label\tweight\ta\tb\tC5\tJ5', file=f)
        for a, b in itertools.chain(*(itertools.combinations(g, 2) for g in groups.values())):
            x, y = grams(a['body']), grams(b['body'])
            c, one = len(x & y) / min(len(x), len(y)), a['story'] == b['story']
            if c >= (ONE if one else TWO):
                print('%s\t1\t%s\t%s\t%.3f\t%.3f' % ('S' if one else 'N', a['id'], b['id'], c, len(x & y) / len(x | y)), file=f)


if __name__ == '__main__':
    sys.stdin.reconfigure(encoding='utf-8')
    main()

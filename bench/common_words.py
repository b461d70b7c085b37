#!/usr/bin/env python3
"""common_words.py [--words N] ITEMS.jsonl... > story/common_words.h

The words that stand in so many texts that they tell little about one, with what they weigh: the square of log(1 / share
of the texts that have it), 1 for a word that is rarer than all of them. A word counts as common as it is in the file where
it is most common: no wire's own habits decide alone."""
import argparse
import collections
import json
import math
import re
import sys

MOST = 15       # bytes; story/terms.c has room for so many


def shares(path):
    seen, n = collections.Counter(), 0
    with open(path, encoding='utf-8') as f:
        for line in f:
            r = json.loads(line)
            n += 1
            seen.update(set(re.findall(r"[a-z]+(?:[-'.][a-z]+)*", (r['title'] + ' ' + r['body']).lower())))
    return {w: (c + .5) / (n + 1) for w, c in seen.items()}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--words', type=int, default=500)
    ap.add_argument('items', nargs='+')
    a = ap.parse_args()
    most = collections.Counter()
    for path in a.items:
        for w, share in shares(path).items():
            most[w] = max(most[w], share)
    words = sorted((w for w in most if len(w) <= MOST), key=lambda w: (-most[w], w))[:a.words]
    rare = math.log(1 / most[words[-1]])
    print('/* Written by bench/common_words.py: sorted words, and their weight in\n * hundredths of a rare word\'s. */\n'
          '#ifndef STORY_COMMON_WORDS_H\n#define STORY_COMMON_WORDS_H\n\n'
          'static const struct common common_words[] = {')
    line = ''
    for w in sorted(words):
        x = '{"%s", %d}, ' % (w, round(100 * (math.log(1 / most[w]) / rare) ** 2))
        if len(line) + len(x) > 71:
            print('\t' + line.rstrip())
            line = ''
        line += x
    print('\t%s\n};\n\n#endif' % line.rstrip())


if __name__ == '__main__':
    sys.exit(main())

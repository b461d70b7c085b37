#!/usr/bin/env python3
"""fit_match.py SIGNALS...: fits the weights of story/match.c (logistic, L2) to
lines of match_signals; prints them and the pairwise F1 at .5, by file."""
import math
import sys

NAMES = 'bias containment title lead numbers day most exact product'.split()
EXACT_FROM = .5                         # story/match.c


def rows(path):
    for line in open(path):
        f = line.split()
        if f[0] not in 'SN' or len(f) < 13:
            continue
        c, j, title, lead, numbers, hours, product, exact = map(float, f[4:12])
        yield f[0] == 'S', float(f[1]), (1, c, title, lead, numbers, min(hours, 72) / 24,
                                         exact >= EXACT_FROM, max(0, exact - EXACT_FROM) / (1 - EXACT_FROM), product), j, c


def copies():
    """What another outlet makes of a wire text, and what two stories share of
    background: no title in common, no numbers, by the share of whole sentences."""
    for exact in (.55, .6, .7, .8, .9, 1):
        for lead in (0, .5, 1):
            for title in (0, 0, 1):
                yield True, (1, exact, title, lead, 0, 0, 1, (exact - EXACT_FROM) / (1 - EXACT_FROM), 0)
    for exact in (.1, .2, .3, .4):
        for lead in (0, .2):
            yield False, (1, exact, .1, lead, 0, 0, 0, 0, 0)


def fit(data, steps=6000, rate=.3, l2=.002):
    w = [0.] * len(NAMES)
    for _ in range(steps):
        g = [l2 * x for x in w]
        g[0] = 0
        for y, x in data:
            p = 1 / (1 + math.exp(-sum(a * b for a, b in zip(w, x))))
            for i, b in enumerate(x):
                g[i] += (p - y) * b / len(data)
        w = [a - rate * b for a, b in zip(w, g)]
    return w


def score(w, path):
    tp = fp = fn = 0
    grow, hard = [0, 0], [0, 0]
    for y, weight, x, j, c in rows(path):
        same = sum(a * b for a, b in zip(w, x)) >= 0
        tp += weight * (same and y)
        fp += weight * (same and not y)
        fn += weight * (y and not same)
        if y and j < .3:
            grow = [grow[0] + same, grow[1] + 1]
        if not y and c >= .3:
            hard = [hard[0] + same, hard[1] + 1]
    return 'F1 %.3f growth %d/%d hard %d/%d' % (2 * tp / (2 * tp + fp + fn), *grow, *hard)


data = [(y, x) for p in sys.argv[1:] for y, _, x, _, _ in rows(p)] + list(copies())
w = fit(data)
print({k: round(v, 2) for k, v in zip(NAMES, w)})
for p in sys.argv[1:]:
    print(p, score(w, p))

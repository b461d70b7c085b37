#!/usr/bin/env python3
"""fit_match.py SIGNALS...: fits the weights of story/match.c to lines of
match_signals: logistic, L2, by Newton's method.  Prints them, and by file the
weighted pairwise F1, as fitted and in ten-fold cross-validation."""
import math
import sys

COLUMNS = ('label weight a b containment jaccard title lead numbers hours product exact score subject run').split()
NAMES = 'bias containment title lead numbers day most exact subject run'.split()
EXACT_FROM = .5                         # story/match.c
L2 = .003                               # of .0003, .001, .003, .01: the one with the best whole assignment


def signals(d):
    return [1, d['containment'], d['title'], d['lead'], d['numbers'], min(d['hours'], 72) / 24,
            float(d['exact'] >= EXACT_FROM), max(0, d['exact'] - EXACT_FROM) / (1 - EXACT_FROM),
            d['subject'], d['run']]


def rows(path):
    for line in open(path):
        f = line.split()
        if f[0] in 'SN':
            yield {k: x if k in ('label', 'a', 'b') else float(x) for k, x in zip(COLUMNS, f)}


def copies():
    """What another outlet makes of a wire text, and what two stories share of
    background: no title in common, no numbers, by the share of whole sentences."""
    plain = dict(numbers=0, hours=0)
    for exact in (.5, .7, 1):
        for lead in (.2, 1):
            for subject in (.3, 1):
                yield 1, signals(dict(plain, containment=.9 * exact, title=0, lead=lead, exact=exact,
                                      subject=subject, run=.8))
    for lead, subject in ((.2, .3), (.2, 1), (1, 1)):         # a day later, whole
        yield 1, signals(dict(plain, containment=1, title=0, lead=lead, exact=1, subject=subject, run=1, hours=30))
    for exact in (.2, .4):
        for lead in (.1, .3):
            yield 0, signals(dict(plain, containment=exact, title=.1, lead=lead, exact=exact, subject=.3,
                                  run=.6))


def solve(a, b):
    """Gauss-Jordan, in place."""
    n = len(b)
    for i in range(n):
        k = max(range(i, n), key=lambda r: abs(a[r][i]))
        a[i], a[k], b[i], b[k] = a[k], a[i], b[k], b[i]
        for r in range(n):
            if r != i:
                f = a[r][i] / a[i][i]
                a[r] = [x - f * y for x, y in zip(a[r], a[i])]
                b[r] -= f * b[i]
    return [b[i] / a[i][i] for i in range(n)]


def fit(data, steps=15):
    n = len(NAMES)
    w = [0.] * n
    for _ in range(steps):
        g = [L2 * len(data) * x * (i > 0) for i, x in enumerate(w)]
        h = [[(L2 * len(data) * (i > 0) + 1e-9) * (i == k) for k in range(n)] for i in range(n)]
        for y, x in data:
            p = 1 / (1 + math.exp(-sum(a * b for a, b in zip(w, x))))
            for i in range(n):
                g[i] += (p - y) * x[i]
                for k in range(n):
                    h[i][k] += p * (1 - p) * x[i] * x[k]
        w = [a - b for a, b in zip(w, solve(h, g))]
    return w


def score(items, same):
    tp = fp = fn = 0
    for d, z in zip(items, same):
        y = d['label'] == 'S'
        tp += d['weight'] * (z and y)
        fp += d['weight'] * (z and not y)
        fn += d['weight'] * (y and not z)
    return 2 * tp / (2 * tp + fp + fn)


def main():
    files = {p: list(rows(p)) for p in sys.argv[1:]}
    items = [d for p in files for d in files[p]]
    data = [(d['label'] == 'S', signals(d)) for d in items]
    same = lambda w, x: sum(a * b for a, b in zip(w, x)) >= 0
    w = fit(data + list(copies()))
    fitted = [same(w, x) for _, x in data]
    crossed = [False] * len(data)
    for k in range(10):
        v = fit([d for i, d in enumerate(data) if i % 10 != k] + list(copies()))
        for i in range(k, len(data), 10):
            crossed[i] = same(v, data[i][1])
    print({k: round(v, 2) for k, v in zip(NAMES, w)})
    at = 0
    for p, ds in files.items():
        n = at + len(ds)
        print('%s F1 %.3f, cross-validated %.3f' % (p, score(ds, fitted[at:n]), score(ds, crossed[at:n])))
        at = n


if __name__ == '__main__':
    main()

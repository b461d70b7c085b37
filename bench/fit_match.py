#!/usr/bin/env python3
"""fit_match.py --folder SIGNALS [--out story/match_model.h] [--styles] [--without NAME] [--held NAME ...]

Fits the verdict's model (story/match.c) to lines of match_signals: boosted trees of two questions, every signal but
length held to one direction (scikit-learn). SHARES is what all pairs of a file weigh together; --without leaves one of them out. The same pairs in other
styles (restyle.py; NAME@STYLE in the folder) weigh RESTYLED of that, all styles together. Growth (one story, 5-gram Jaccard
under .3) and hard negatives (two stories, 5-gram containment from .3) weigh more.

Prints for each file F1 (pairs weighted by their sample) with its 90 % interval by bootstrap, growth and hard negatives
merged, by a model that was fitted without that file, its styles and its kind (NAME21 and NAME22 are of one kind); "held"
files are never fitted. --styles: the same for the left-out file in each style. Needs numpy and scikit-learn (PyPI)."""
import argparse
import glob
import os
import re
import sys

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

NAMES = ('CONTAINMENT JACCARD TITLE TITLE_ALL HEADLINE HEADLINES LEAD SUBJECT OPENING OPENINGS NUMBERS NUMBERS_ALL '
         'EXACT TEMPLATE RUN LENGTH TERMS NAMES NAMES_ALL FIGURES HOURS').split()                # story/story.h
FALLS, FREE, UNUSED = {'TEMPLATE', 'HOURS'}, {'LENGTH'}, {'JACCARD'}
TREES, RATE, LEAST, BINS, L2 = 300, .05, 10, 48, 10.
ASKED = .4              # of the signals, drawn anew for each question: no verdict hangs on one of them
GROWTH, HARD, RESTYLED = 1.5, 2., 2.
LEAN = .05              # log-odds: of pairs left out, more of one story lie just below the middle than of two above it
SHARES = {'dev2': 300, 'dev': 110, 'own0': 150, 'own1': 150, 'wire21': 200, 'modern21': 200}
LOW_S = .2              # own labels call rewrites with no words in common one story: no wire text can tell those


class File:
    def __init__(self, path, share):
        self.name, self.share = os.path.basename(path), share
        self.base, _, self.style = self.name.partition('@')
        y, w, c, j, x = [], [], [], [], []
        for line in open(path):
            f = line.split()
            if f[0] not in 'SN':
                continue
            y.append(f[0] == 'S')
            w.append(float(f[1]))
            c.append(float(f[4]))
            j.append(float(f[5]))
            x.append([float(v) for v in f[6:]])
        y, w, c, j, x = map(np.array, (y, w, c, j, x))
        keep = np.ones(len(y), bool)
        if self.base.startswith('own'):
            plain = self if not self.style else File(path.partition('@')[0], 0)
            keep = plain.keep if self.style else ~(y & (x[:, 0] < LOW_S))
        self.keep = keep
        self.y, self.w, self.c, self.j, self.x = y[keep], w[keep], c[keep], j[keep], x[keep]

    def weights(self):
        easy = np.where(self.y & (self.j < .3), GROWTH, 1) * np.where(~self.y & (self.c >= .3), HARD, 1)
        return easy * self.share / len(self.y)


def kind(name):
    return re.sub(r'[0-9]+$', '', name) if re.match(r'(wire|modern|stream)', name) else name


def fit(files, trees=TREES):
    x = np.concatenate([f.x for f in files])
    y = np.concatenate([f.y for f in files])
    w = np.concatenate([f.weights() for f in files])
    x = x.copy()
    x[:, [NAMES.index(n) for n in UNUSED]] = 0
    mono = [0 if n in FREE | UNUSED else -1 if n in FALLS else 1 for n in NAMES]
    m = HistGradientBoostingClassifier(max_iter=trees, max_depth=2, learning_rate=RATE, l2_regularization=L2,
                                       min_samples_leaf=LEAST, monotonic_cst=mono, early_stopping=False,
                                       max_bins=BINS, max_features=ASKED, random_state=1)
    return m.fit(x, y, w * len(w) / w.sum())


def logodds(m, f):
    x = f.x.copy()
    x[:, [NAMES.index(n) for n in UNUSED]] = 0
    return m.decision_function(x) + LEAN


def f1(f, z):
    tp, fp, fn = (f.w * (z & f.y)).sum(), (f.w * (z & ~f.y)).sum(), (f.w * (~z & f.y)).sum()
    return 2 * tp / (2 * tp + fp + fn)


class Some:
    def __init__(self, f, k):
        self.w, self.y = f.w[k], f.y[k]


def interval(f, z):
    """The middle 90 % of F1 over pairs drawn again."""
    rng = np.random.RandomState(1)
    draws = [rng.randint(0, len(z), len(z)) for _ in range(500)]
    return np.percentile([f1(Some(f, k), z[k]) for k in draws], [5, 95])


def report(how, f, z):
    z = z >= 0
    g, h = f.y & (f.j < .3), ~f.y & (f.c >= .3)
    print('%-8s %-33s F1 %.3f (%.3f to %.3f)  growth %d/%d  hard negatives %d/%d  wrong %d/%d' % (
        how, f.name, f1(f, z), *interval(f, z), (z & g).sum(), g.sum(), (z & h).sum(), h.sum(), (z != f.y).sum(),
        len(z)), flush=True)


def tree_row(nodes):
    """root, low, high signals, their thresholds, four leaves; a leaf higher up is asked nothing."""
    def node(i):
        n = nodes[i]
        return None if n['is_leaf'] else n
    root = node(0)
    if not root:
        return None
    sides, leaves = [], []
    for k in (root['left'], root['right']):
        n = node(k)
        if n:
            sides.append((n['feature_idx'], n['num_threshold']))
            leaves += [nodes[n['left']]['value'], nodes[n['right']]['value']]
        else:
            sides.append((root['feature_idx'], root['num_threshold']))
            leaves += [nodes[k]['value']] * 2
    return [root['feature_idx'], sides[0][0], sides[1][0], root['num_threshold'], sides[0][1], sides[1][1]] + leaves


def write(m, neutral, path, files):
    with open(path, 'w') as f:
        f.write('/* Written by bench/fit_match.py from pairs of\n * %s,\n * and the same restyled; read by '
                'match.c alone. bench/README.md has the command. */\n#ifndef STORY_MATCH_MODEL_H\n#define STORY_MATCH_MODEL_H\n\n' %
                ', '.join(x.name for x in files))
        f.write('#define MATCH_BIAS %.4f\n\n/* Medians of the pairs in doubt (.1 to .9). */\n'
                'static const double match_neutral[SIGNALS_N] = {\n' % (float(np.ravel(m._baseline_prediction)[0]) + LEAN))
        f.write(''.join('\t[SIGNAL_%s] = %.3f,\n' % x for x in zip(NAMES, neutral)))
        f.write('};\n\nstatic const struct tree match_trees[] = {\n')
        for (t,) in m._predictors:
            r = tree_row(t.nodes)
            if r:
                f.write('\t{SIGNAL_%s, SIGNAL_%s, SIGNAL_%s,\n\t    %.5g, %.5g, %.5g, {%.5f, %.5f, %.5f, %.5f}},\n' % (
                    *(NAMES[int(k)] for k in r[:3]), *r[3:]))
        f.write('};\n\n#endif\n')


def styles_of(f, folder):
    found = sorted(glob.glob(os.path.join(glob.escape(folder), f.name + '@*')))
    return [File(p, f.share * RESTYLED / len(found)) for p in found]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--folder', default='.')
    ap.add_argument('--out')
    ap.add_argument('--styles', action='store_true')
    ap.add_argument('--held', nargs='*', default=[])
    ap.add_argument('--without', choices=SHARES)
    a = ap.parse_args()
    files = [File(os.path.join(a.folder, n), float(share)) for n, share in SHARES.items() if n != a.without]
    styled = [s for f in files for s in styles_of(f, a.folder)]
    for f in files:
        m = fit([g for g in files + styled if kind(g.base) != kind(f.base)])
        report('without', f, logodds(m, f))
        for s in styled:
            if a.styles and s.base == f.name:
                report('without', s, logodds(m, s))
    m = fit(files + styled)
    for f in [File(os.path.join(a.folder, p), 0) for p in a.held]:
        report('held', f, logodds(m, f))
    for f in files:
        report('fitted', f, logodds(m, f))
    if a.out:
        doubt = np.concatenate([f.x[abs(logodds(m, f)) < 2.2] for f in files])
        write(m, np.median(doubt, axis=0), a.out, files)


if __name__ == '__main__':
    sys.exit(main())

#!/usr/bin/env python3
"""fit_match.py [--out story/match_model.h] [--held FILE ...] FILE=SHARE ...

Fits the verdict's model (story/match.c) to lines of match_signals: boosted trees of two questions, every signal but
length held to one direction (scikit-learn). SHARE is what all pairs of a file weigh together; growth (one story, 5-gram
Jaccard under .3) weighs GROWTH times. Prints for each file F1 (pairs weighted by their sample), growth and hard
negatives merged, by a model that was fitted without that file and its kind (NAME21 and NAME22 are of one kind); files
under --held are never fitted. Needs numpy and scikit-learn (PyPI)."""
import argparse
import os
import re
import sys

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

NAMES = ('CONTAINMENT JACCARD TITLE TITLE_ALL LEAD SUBJECT OPENING OPENINGS NUMBERS NUMBERS_ALL EXACT TEMPLATE RUN '
         'LENGTH HOURS').split()                # story/story.h
FALLS, FREE, UNUSED = {'TEMPLATE', 'HOURS'}, {'LENGTH'}, {'JACCARD'}
TREES, RATE, LEAST, GROWTH, L2 = 80, .1, 10, 1.25, 1.
LOW_S = .2              # own labels call rewrites with no words in common one story: no wire text can tell those


class File:
    def __init__(self, path, share):
        self.name, self.share = os.path.basename(path), share
        y, w, j, x = [], [], [], []
        for line in open(path):
            f = line.split()
            if f[0] not in 'SN':
                continue
            if self.name.startswith('own') and f[0] == 'S' and float(f[5]) < LOW_S:
                continue
            y.append(f[0] == 'S')
            w.append(float(f[1]))
            j.append(float(f[4]))
            x.append([float(v) for v in f[5:]])
        self.y, self.w, self.j, self.x = map(np.array, (y, w, j, x))
        self.c = self.x[:, 0]


def kind(name):
    return re.sub(r'[0-9]+$', '', name) if re.match(r'(wire|modern|stream)', name) else name


def fit(files, trees=TREES):
    x = np.concatenate([f.x for f in files])
    y = np.concatenate([f.y for f in files])
    w = np.concatenate([np.full(len(f.y), f.share / len(f.y)) * np.where(f.y & (f.j < .3), GROWTH, 1) for f in files])
    x = x.copy()
    x[:, [NAMES.index(n) for n in UNUSED]] = 0
    mono = [0 if n in FREE | UNUSED else -1 if n in FALLS else 1 for n in NAMES]
    m = HistGradientBoostingClassifier(max_iter=trees, max_depth=2, learning_rate=RATE, l2_regularization=L2,
                                       min_samples_leaf=LEAST, monotonic_cst=mono, early_stopping=False,
                                       random_state=1)
    return m.fit(x, y, w * len(w) / w.sum())


def logodds(m, f):
    x = f.x.copy()
    x[:, [NAMES.index(n) for n in UNUSED]] = 0
    return m.decision_function(x)


def report(how, f, z):
    z = z >= 0
    tp, fp, fn = (f.w * (z & f.y)).sum(), (f.w * (z & ~f.y)).sum(), (f.w * (~z & f.y)).sum()
    g, h = f.y & (f.j < .3), ~f.y & (f.c >= .3)
    print('%-9s %-9s F1 %.3f  P %.3f  R %.3f  growth %d/%d  hard negatives %d/%d' % (
        how, f.name, 2 * tp / (2 * tp + fp + fn), tp / (tp + fp), tp / (tp + fn), (z & g).sum(), g.sum(),
        (z & h).sum(), h.sum()))


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
        f.write('/* Written by bench/fit_match.py from pairs of %s; read by match.c\n * alone. bench/README.md has the '
                'command. */\n#ifndef STORY_MATCH_MODEL_H\n#define STORY_MATCH_MODEL_H\n\n' %
                ', '.join(x.name for x in files))
        f.write('#define MATCH_BIAS %.4f\n\n/* Medians of the pairs in doubt (.1 to .9). */\n'
                'static const double match_neutral[SIGNALS_N] = {\n' % float(np.ravel(m._baseline_prediction)[0]))
        f.write(''.join('\t[SIGNAL_%s] = %.3f,\n' % x for x in zip(NAMES, neutral)))
        f.write('};\n\nstatic const struct tree match_trees[] = {\n')
        for (t,) in m._predictors:
            r = tree_row(t.nodes)
            if r:
                f.write('\t{SIGNAL_%s, SIGNAL_%s, SIGNAL_%s,\n\t    %.5g, %.5g, %.5g, {%.4f, %.4f, %.4f, %.4f}},\n' % (
                    *(NAMES[int(k)] for k in r[:3]), *r[3:]))
        f.write('};\n\n#endif\n')


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--out')
    ap.add_argument('--held', nargs='*', default=[])
    ap.add_argument('files', nargs='+')
    a = ap.parse_args()
    files = [File(*((x.rsplit('=', 1)[0], float(x.rsplit('=', 1)[1])))) for x in a.files]
    for f in files:
        report('without', f, logodds(fit([g for g in files if kind(g.name) != kind(f.name)]), f))
    m = fit(files)
    for f in [File(p, 0) for p in a.held]:
        report('held', f, logodds(m, f))
    for f in files:
        report('fitted', f, logodds(m, f))
    if a.out:
        doubt = np.concatenate([f.x[abs(logodds(m, f)) < 2.2] for f in files])
        write(m, np.median(doubt, axis=0), a.out, files)


if __name__ == '__main__':
    sys.exit(main())

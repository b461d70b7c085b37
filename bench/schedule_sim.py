#!/usr/bin/env python3
"""Composes a month of an outlet: when each page was published and revised.

  schedule_sim.py WORLD --seed N [--held] [--days 30] [--stories 120]

One line a page: minutes since the month began (UTC, a Monday 00:00) of its
publication, then of each revision within the month; a '+' behind a revision:
the feed's entry took a new time with it.  Worlds are in schedule_worlds.py;
with --held in schedule_held.py, which no one may read while tuning.

Three processes, alone or together:
  ageing   a Poisson process whose rate falls with age, of a height that is
           heavy-tailed over stories
  bursts   a revision is followed by others, each of which may be followed
  hours    what happens follows the newsroom's clock and week"""
import argparse
import math
import random
import sys

import schedule_held
import schedule_worlds

HOUR = 60.0
DAY = 24 * HOUR


def height(r, w):
    """How lively a story is; its mean over stories is about 1."""
    if r.random() < w['quiet']:
        return 0.0
    kind, p = w['height']
    x = math.exp(r.gauss(-p * p / 2, p)) if kind == 'lognormal' else (p - 1) / p * r.paretovariate(p)
    return min(x, 40.0) / (1 - w['quiet'])


def ageing_rate(w, age):
    """Revisions an hour of a story of height 1, `age` minutes old."""
    kind, *p = w['ageing']
    a = age / HOUR
    if kind == 'power':
        first, scale, exponent = p
        return first * (1 + a / scale) ** -exponent
    first, fast, late, slow = p
    return first * math.exp(-a / fast) + late * math.exp(-a / slow)


def newsroom(w, minute):
    """Share of full work at a minute of the month, 0 to 1."""
    if not w.get('hours'):
        return 1.0
    local = minute + w['zone'] * HOUR
    share = w['hours'][int(local // HOUR) % 24]
    return share * (w['weekend'] if int(local // DAY) % 7 >= 5 else 1.0)


def thinned(r, w, rate, begin, end):
    """A Poisson process of rate(age) an hour, thinned by the newsroom's clock; bounds fall with age."""
    t = begin
    while t < end:
        bound = rate(t - begin)
        stretch = max(5.0, (t - begin) / 8)
        gap = r.expovariate(bound / HOUR) if bound > 1e-9 else math.inf
        if gap > stretch:
            t += stretch
            continue
        t += gap
        if t < end and r.random() < rate(t - begin) / bound * newsroom(w, t):
            yield t


def followers(r, w, t, end):
    """What follows a revision, and what follows that."""
    if not w.get('bursts'):
        return
    mean, kind, *p = w['bursts']
    waiting = [t]
    while waiting:
        at = waiting.pop()
        n, limit = 0, math.exp(-mean)
        x = r.random()
        while x > limit:
            n += 1
            x *= r.random()
        for _ in range(n):
            if kind == 'exponential':
                delay = r.expovariate(1 / p[0])
            else:  # Omori: heavy-tailed, a scale and an exponent
                delay = p[0] * (r.random() ** (-1 / p[1]) - 1)
            if at + delay < end:
                waiting.append(at + delay)
                yield at + delay


def publications(r, w, days, stories):
    full = stories / DAY / (sum(newsroom(w, m * HOUR) for m in range(168)) / 168)
    t = 0.0
    while True:
        t += r.expovariate(full)
        if t >= days * DAY:
            return
        if r.random() < newsroom(w, t):
            yield t


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('world')
    ap.add_argument('--seed', type=int, default=1)
    ap.add_argument('--held', action='store_true')
    ap.add_argument('--days', type=int, default=30)
    ap.add_argument('--stories', type=float, default=120, help='a day')
    a = ap.parse_args()
    w = (schedule_held if a.held else schedule_worlds).WORLDS[a.world]
    r = random.Random('%s %d %s' % (a.world, a.seed, a.held))
    end = a.days * DAY
    for born in publications(r, w, a.days, a.stories):
        h = height(r, w)
        times = list(thinned(r, w, lambda age: h * ageing_rate(w, age), born, end)) if h else []
        times += [t for first in list(times) for t in followers(r, w, first, end)]
        sys.stdout.write('%.3f' % born)
        for t in sorted(times):
            sys.stdout.write('\t%.3f%s' % (t, '+' if r.random() < w['listed'] else ''))
        sys.stdout.write('\n')


if __name__ == '__main__':
    main()

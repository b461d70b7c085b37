#!/usr/bin/env python3
"""compare.py --dsn URL [--as-of] [--hosts] [--live S]: the views of a database
against truth.jsonl (rows by natural keys: a story is named by URL and time of
its first sighting).  --hosts: nobody named the outlets, they are called by host.
--live S: the site's clock ran, S seconds ahead of the crawler's: each time counts
as the tick that it lies in.  Prints each difference; exit 1 if there is one."""
import argparse
import datetime as dt
import json
import os
import subprocess
import sys

import day

HERE = os.path.dirname(os.path.abspath(__file__))
FIELDS = {'story': 'status head_version headline versions corrections',
          'version': 'headline change_kind stealth first_seen_at effective_at created_at updated_at',
          'sighting': 'version coverage to headline outlet',
          'posting': 'version coverage status stale outlet headline',
          'event': 'version reason back note stealth'}
KEYS = {'story': 'story', 'version': 'story version', 'sighting': 'story url from', 'posting': 'story url',
        'event': 'story kind url observed_at'}


def psql(dsn, query):
    out = subprocess.run(['psql', '-AtXq', '-d', dsn, '-c', 'select row_to_json(q) from (%s) q' % query],
                         stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(x) for x in out.stdout.splitlines() if x]


LIVE = []


def time(s):
    if not s or not LIVE:
        return s and s[:19] + 'Z'
    t = dt.datetime.fromisoformat(s) + dt.timedelta(seconds=LIVE[0]) - day.START
    return (day.START + t // dt.timedelta(minutes=day.STEP) * dt.timedelta(minutes=day.STEP)).strftime('%Y-%m-%dT%H:%M:%SZ')


def publishers(s):
    return s and s[:19] + 'Z'


def actual(dsn):
    name, rows = {}, []
    for x in psql(dsn, 'select * from dateline.sightings order by first_seen_at, url'):
        name.setdefault(x['story_id'], '%s@%s' % (x['url'], time(x['first_seen_at'])))
        rows.append(dict(x, row='sighting', **{'from': time(x['first_seen_at']), 'to': time(x['last_seen_at'])}))
    for view in ('stories', 'versions', 'postings', 'events'):
        for x in psql(dsn, 'select * from dateline.%s' % view):
            d = x.get('detail') or {}
            rows.append(dict(x, row={'stories': 'story'}.get(view, view[:-1]), **{
                k: d.get(k) if k == 'reason' else bool(d.get(k)) for k in ('reason', 'back', 'note', 'stealth')}
                if view == 'events' else {}))
    for r in rows:
        r['story'] = name.get(r['story_id'])
        for k in list(r):
            if k.endswith('_at'):
                r[k] = (publishers if k in ('created_at', 'updated_at') else time)(r[k])
    return name, rows


def same(field, a, b):
    if field == 'coverage':
        return abs(float(a) - float(b)) < .011
    return bool(a) == bool(b) if field in ('stealth', 'stale', 'back', 'note') else a == b


def truth(name, hosts):
    rows = [json.loads(x) for x in open(os.path.join(HERE, name))]
    names = {o['name']: o['host'] for o in day.OUTLETS.values()} if hosts else {}
    for r in rows:
        for x in [r] + r.get('rows', []):
            if LIVE and 'effective_at' in x:    # as a text's last sight may come after the publisher's time, in the same tick
                x['effective_at'] = time(x['effective_at'])
            if 'outlet' in x:
                x['outlet'] = names.get(x['outlet'], x['outlet'])
            if 'outlets' in x:
                x['outlets'] = sorted(names.get(o, o) for o in x['outlets'])
    return rows


def confirmed_sooner(want, got):
    """Visits of a running clock are closer than ticks: the second miss, which tells a withdrawal, may be in the first one's."""
    seen = {(g['story'], g['url'], g['observed_at']) for g in got if g.get('kind') == 'withdrawn'}
    for w in want:
        if w.get('kind') == 'withdrawn' and (w['story'], w['url'], w['observed_at']) not in seen:
            at = dt.datetime.fromisoformat(w['observed_at'][:19]) - dt.timedelta(minutes=day.STEP)
            w['observed_at'] = at.strftime('%Y-%m-%dT%H:%M:%SZ')


def compare(want, got):
    n = 0
    for row, keys in KEYS.items():
        w, g = ({tuple(str(x.get(k)) for k in keys.split()): x for x in rows if x['row'] == row} for rows in (want, got))
        for k in w.keys() - g.keys():
            print('missing', row, k)
            n += 1
        for k in g.keys() - w.keys():
            print('unexpected', row, k)
            n += 1
        for k in w.keys() & g.keys():
            for f in FIELDS[row].split():
                if not same(f, w[k].get(f), g[k].get(f)):
                    print('different', row, k, f, 'want', w[k].get(f), 'got', g[k].get(f))
                    n += 1
    return n


def compare_as_of(dsn, names, hosts):
    n = 0
    ids = {v: k for k, v in names.items()}
    for t in truth('truth_asof.jsonl', hosts):
        at = t['at']
        if LIVE:    # what happened in this tick was seen by its end
            at = (dt.datetime.fromisoformat(at[:19] + '+00:00') + dt.timedelta(minutes=day.STEP, seconds=-LIVE[0] - 1)).isoformat()
        rows = psql(dsn, "select version, urls, outlets, is_head from dateline.as_of(%d, '%s')" % (ids.get(t['story'], 0), at))
        if rows != t['rows']:
            print('as_of', t['story'], t['at'], 'want', t['rows'], 'got', rows)
            n += 1
    return n


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--dsn', required=True)
    ap.add_argument('--as-of', action='store_true')
    ap.add_argument('--hosts', action='store_true')
    ap.add_argument('--live', type=float)
    a = ap.parse_args()
    if a.live is not None:
        LIVE.append(a.live)
    want = truth('truth.jsonl', a.hosts)
    names, got = actual(a.dsn)
    if LIVE:
        confirmed_sooner(want, got)
    n = compare(want, got)
    if a.as_of:
        n += compare_as_of(a.dsn, names, a.hosts)
    print('%d differences' % n)
    return n > 0


if __name__ == '__main__':
    sys.exit(main())

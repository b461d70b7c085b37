#!/usr/bin/env python3
"""wire_asof.py --dsn URL --truth TRUTH: dateline.as_of against what the wire simulator's pages carried.

At each instant at which a page of a story changes, and a second before: the urls are those that were fetched by then, the
outlets theirs, each page is in one row. Pages whose text belongs to one state alone are in one row if the state is the
same and in two if it is not; the head is what the first outlet's newest page carries, or a later state that two outlets carry. A text belongs to a state if it is
not "own" (nor has so many words of the outlet's own that they may count: rule 4e) and what it has of the story's sentences stands, in order, in the state's (the agency's text): a cut copy or
a short re-send may belong to several, and then stands for none. Stories that were judged otherwise than the truth are
left out and counted; where only a page's version was, the instant is. Exit 1 if as_of answers anything else."""
import argparse
import collections
import datetime as dt
import json
import subprocess
import sys


# Sentences of an outlet's own are a version of theirs above this (timeline.md, rule 4e), until two stories had them.
OWN_WORDS, OWN_SHARE = 25, .05


def psql(dsn, query):
    out = subprocess.run(['psql', '-AtXq', '-d', dsn, '-c', 'select row_to_json(q) from (%s) q' % query],
                         stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(x) for x in out.stdout.splitlines() if x]


def sentences(body):
    for a, b in (('\u201c', '"'), ('\u201d', '"'), ('\u2019', "'")):
        body = body.replace(a, b)
    return [' '.join(x.split()) for x in body.split('\n\n')]


def in_order(some, whole):
    it = iter(whole)
    return all(s in it for s in some)


def slight(sents, whole):
    """A page's first text may carry what it has but a few words more than (rule 4e)."""
    more = sum(len(s.split()) for s in sents if s not in whole)
    return more <= OWN_WORDS or more < OWN_SHARE * sum(len(s.split()) for s in sents)


class Otherwise(Exception):
    """A page's version was judged otherwise than the truth: nothing of as_of's doing."""


class Story:
    def __init__(self):
        self.changes, self.outlet, self.kind, self.states = [], {}, {}, {}

    def prepare(self):
        """Which states each change may belong to."""
        self.changes.sort(key=lambda x: (x['from'], x['url']))
        seen = set()
        for x in self.changes:
            x['sents'] = sentences(x['body'])
            if not self.kind[x['url']].startswith('copy'):
                self.states[x['state']] = x['sents']
        known = {s for sents in self.states.values() for s in sents}
        for x in self.changes:
            mine = [s for s in x['sents'] if s in known]
            beyond = sum(len(s.split()) for s in x['sents'] if s not in known)
            own = x['own'] or beyond > OWN_WORDS and beyond > OWN_SHARE * sum(len(s.split()) for s in x['sents'])
            x['may'] = set() if own else {k for k, sents in self.states.items() if in_order(mine, sents) or
                                          x['url'] not in seen and slight(x['sents'], sents)}
            seen.add(x['url'])

    def later_elsewhere(self, row, now, newest):
        """Two outlets carry a later state than the first outlet's page: theirs is the head (timeline.md)."""
        states = [now[u]['state'] for u in row['urls'] if now[u]['may'] == {now[u]['state']} or
                  not self.kind[u].startswith('copy')]
        return row['is_head'] and len(row['outlets']) > 1 and any(
            int(x.split('.')[1]) > int(newest['state'].split('.')[1]) for x in states)

    def at(self, t):
        now = {}
        for x in self.changes:
            if x['from'] <= t:
                now[x['url']] = x
        return now


def load(path):
    stories, outlet, kind = collections.defaultdict(Story), {}, {}
    for line in open(path, encoding='utf-8'):
        x = json.loads(line)
        if 'from' in x:
            stories[x['story']].changes.append(x)
        else:
            outlet[x['url']], kind[x['url']] = x['outlet'], x['kind']
    for s in stories.values():
        s.outlet = {x['url']: outlet[x['url']] for x in s.changes}
        s.kind = {x['url']: kind[x['url']] for x in s.changes}
        s.prepare()
    return stories


def alike(stories, dsn):
    """Truth's name -> story_id, of the stories that hold just the same pages."""
    has, of = collections.defaultdict(set), {}
    for p in psql(dsn, "select story_id, url, status from dateline.postings"):
        has[p['story_id']].add(p['url'])
        of.setdefault(p['url'], set()).add(p['story_id'])
    out = {}
    for name, s in stories.items():
        ids = set.union(*(of.get(u, set()) for u in s.outlet))
        if len(ids) == 1 and has[min(ids)] == set(s.outlet):
            out[name] = min(ids)
    return out


def wrong(s, t, rows):
    """What as_of says that the truth does not; None if all is well."""
    now, row = s.at(t), {}
    for r in rows:
        for u in r['urls']:
            if u in row:
                return '%s is in two rows' % u
            row[u] = r
        if sorted({s.outlet.get(u) for u in r['urls']}, key=str) != sorted(r['outlets']):
            return 'outlets %s of %s' % (r['outlets'], r['urls'])
    if set(row) != set(now):
        return 'pages %s, not %s' % (sorted(row), sorted(now))
    if sum(r['is_head'] for r in rows) > 1:
        return 'two heads'
    if not now:
        return None
    clear = {}
    for u, x in now.items():
        if x['may'] == {x['state']}:
            v = clear.setdefault(x['state'], row[u]['version'])
            if v != row[u]['version']:
                raise Otherwise('%s of state %s carries version %d, another page %d' % (
                    u, x['state'], row[u]['version'], v))
    if len(set(clear.values())) < len(clear):
        raise Otherwise('states %s share a version' % clear)
    first = s.outlet[s.changes[0]['url']]
    home = [x for x in s.changes if x['from'] <= t and s.outlet[x['url']] == first]
    newest = home[-1]
    if newest['may'] == {newest['state']} and now[newest['url']] is newest and not row[newest['url']]['is_head']:
        # an outlet's own text that a second outlet then carries is the head by right
        if any(r['is_head'] and len(r['outlets']) > 1 and any(not now[u]['may'] for u in r['urls']) for r in rows):
            raise Otherwise('%s of %s does not lead an outlet\'s own text' % (newest['url'], newest['state']))
        if any(s.later_elsewhere(r, now, newest) for r in rows):
            return None
        return 'head is not what %s carries' % newest['url']
    return None


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--dsn', required=True)
    ap.add_argument('--truth', required=True)
    a = ap.parse_args()
    stories = load(a.truth)
    ids, asked, bad, answers, versions = alike(stories, a.dsn), [], 0, collections.defaultdict(list), {}
    for name, id_ in ids.items():
        s = stories[name]
        for t in sorted({x['from'] for x in s.changes}):
            before = dt.datetime.fromisoformat(t.replace('Z', '+00:00')) - dt.timedelta(seconds=1)
            asked += [(name, id_, t), (name, id_, before.strftime('%Y-%m-%dT%H:%M:%SZ'))]
    for k in range(0, len(asked), 500):
        values = ', '.join("(%d, %d::bigint, '%s'::timestamptz)" % (k + i, x[1], x[2]) for i, x in
                           enumerate(asked[k:k + 500]))
        for r in psql(a.dsn, 'select q.n, r.version, r.urls, r.outlets, r.is_head from (values %s) q (n, id, t), '
                      'dateline.as_of(q.id, q.t) r' % values):
            answers[r['n']].append(r)
    for n, (name, id_, t) in enumerate(asked):
        try:
            said = wrong(stories[name], t, answers[n])
        except Otherwise as e:
            versions.setdefault(name, '%s at %s: %s' % (name, t, e))
            continue
        if said:
            print('as_of(%d, %s) of %s: %s' % (id_, t, name, said))
            bad += 1
    for said in versions.values():
        print('version judged otherwise:', said)
    print('%d stories, %d judged otherwise, %d with a version judged otherwise; %d instants, %d wrong' % (
        len(stories), len(stories) - len(ids), len(versions), len(asked), bad))
    return bad > 0


if __name__ == '__main__':
    sys.exit(main())

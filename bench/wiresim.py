#!/usr/bin/env python3
"""The wire simulator: a stream of stories on outlets, with its truth.

  wiresim.py --items F --stories N [--outlets M] [--seed S]
      [--shuffle-minutes T] [--truth TRUTH] [--pairs PAIRS] > STREAM.jsonl

F: article objects (id, title, body, published_at, ...), one a line. Stories are told with the sentences, names and
numbers of these items; the seed and the items decide all. A line of the stream is one fetch of a page, for `dateline
ingest --format jsonl`, in the order of fetches, or shuffled within T minutes.

TRUTH: JSON lines. {"id", "url", "outlet", "story", "kind", "relation", "of"}: a page, the story, what it is within it
(flash, full, update, correction, writethru, resend, copy, copy-flash, ...) and how the story lies to another one
(series, twin, statement, background, factbox, development, roundup, sidebar) or null. {"url", "story", "from", "state",
"own", "title", "body"}: what the page carries from that fetch on; pages with the same state carry one version, "own":
in a text with words of its own, which may count as a version.
PAIRS: labelled pairs as score/stories.py reads them, with a ninth column that says the kind."""
import argparse
import collections
import datetime as dt
import json
import random
import re
import sys

from wirepool import Pool, Voice, DAYS, DATE, NUMBER, moving, vary_number, words

VERBATIM = .2            # of the copies have the agency's text as it is
STEP = 600                # seconds between visits
A_DAY = 700               # stories, as on the wire of 1987
SPAN_LEAST = 16           # days: a statement returns after two weeks
AGAIN = 5 * 86400         # beyond the window in which a story grows
TRIES = 60
PAIRS_MOST = 6            # of one relation, and of one story
# What becomes of a story on the wire, and how often.
PLANS = [(14, ('full',)), (8, ('brief',)), (24, ('flash', 'full')), (16, ('flash', 'full', 'update')),
         (7, ('flash', 'full', 'update', 'writethru')), (7, ('full', 'correction')), (5, ('full', 'writethru')),
         (4, ('full', 'resend')), (3, ('full', 'resend-whole')), (6, ('full', 'update', 'correction')),
         (6, ('flash', 'update', 'resend'))]
# Stories that lie near another one, of a hundred.
RELATIONS = [(4, 'series'), (3, 'twin'), (1, 'statement'), (5, 'background'), (3, 'factbox'), (5, 'development'),
             (1, 'roundup'), (3, 'sidebar')]
DISCLAIMERS = [
    'This story has not been edited by %s staff and is published from a syndicated feed.',
    '(This report was sent by an agency; only the headline may have been reworked by the %s staff.)',
    'Copyright by the agency. All rights reserved. Republication without its written consent is prohibited.',
    '(Reporting by %(who)s; Editing by %(who2)s)']
OWN_LINES = ['Sign up for the morning letter of the %s.', 'Read more business news in the %s every day.',
             'The %s welcomes letters from its readers at the usual address.', 'More on this in the printed %s tomorrow.']
HOUSE_STYLE = [('pct', 'percent'), ('mln', 'million'), ('dlrs', 'dollars'), ('percent', 'per cent'), ('U.S.', 'US')]
TITLES = ['First Wire', 'Second Wire', 'Beacon', 'Courier', 'Ledger', 'Echo', 'Tribune', 'Herald', 'Gazette', 'Observer', 'Chronicle', 'Mercury']


def iso(t):
    return dt.datetime.fromtimestamp(t, dt.timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')


def pick(rng, table):
    return rng.choices([x for _, x in table], [w for w, _ in table])[0]


class Outlet:
    def __init__(self, k, rng, pool):
        self.k, self.wire = k, k == 0 or (k == 1)
        more = k // len(TITLES)        # no digits: a name is no figure
        self.name = TITLES[k % len(TITLES)] + (' ' + 'I' * more if more else '')
        self.host = 'outlet%d.test' % k
        who = rng.sample(pool.people, 2)
        fill = lambda s: s % ({'who': who[0], 'who2': who[1]} if '%(' in s else (self.name,) * s.count('%s'))
        self.disclaimer = fill(DISCLAIMERS[k % len(DISCLAIMERS)])
        self.line = fill(OWN_LINES[k % len(OWN_LINES)])
        self.trims, self.style = rng.choice([.5, .7, .85]), False
        self.curly = k % 2 == 1


class State:
    """One editorial state of a story."""

    def __init__(self, story, n, kind, title, sents, note=None):
        self.key = '%s.%d' % (story, n)
        self.kind, self.title, self.sents, self.note = kind, title, sents, note


class Sim:
    def __init__(self, pool, args):
        self.pool, self.rng = pool, random.Random(args.seed)
        self.n, self.records, self.truth, self.pages, self.last = args.stories, [], [], {}, {}
        self.outlets = [Outlet(k, self.rng, pool) for k in range(max(args.outlets, 2))]
        if len(self.outlets) > 4:
            self.outlets[-1].style = True
        self.span = max(SPAN_LEAST, args.stories / A_DAY) * 86400
        start = dt.datetime.fromisoformat(pool.start.replace('Z', '+00:00'))
        self.start = int(start.replace(hour=0, minute=0, second=0).timestamp())
        self.stories, self.negatives, self.next_id = [], [], 0
        self.deck, self.told = [], collections.defaultdict(list)

    # ---- texts ----------------------------------------------------------

    def since(self, item, t):
        """Seconds between t and the nearest time at which the item is told."""
        return min((abs(t - x) for x in self.told[id(item)]), default=AGAIN)

    def base(self, t, kind='leads'):
        """An item to tell at that time: in turn, in an order of the seed's, but none that is told within some days (a whole
        text with other names is no story that a wire has; forms, which it has, are twins and series)."""
        tried = []
        for _ in range(TRIES):
            if kind == 'reports':
                item = self.rng.choice(self.pool.reports)
            else:
                if len(self.deck) < TRIES:  # the last few would be told again and again
                    more = list(self.pool.leads)
                    self.rng.shuffle(more)
                    self.deck = more + self.deck
                item = self.deck.pop()
            if self.since(item, t) >= AGAIN:
                break
            if kind != 'reports':
                self.deck.insert(self.rng.randrange(len(self.deck) + 1), item)
            tried.append(item)
        else:
            item = max(tried, key=lambda x: self.since(x, t))
        self.told[id(item)].append(t)
        return item

    def tell(self, item, voice, least=3, most=14):
        """Sentences of the item, and of others of its topic."""
        rng, r = self.rng, []
        own = item.pieces if len(item.pieces) < 4 else item.pieces[:rng.randint(3, len(item.pieces))]
        r += [voice.say(p) for p in own[:most]]
        want = min(most, max(least, len(r) + rng.choice([1, 2, 2, 3, 4])))
        near = self.pool.topics[item.topic] if item.topic else self.pool.items
        for _ in range(4 * want):
            if len(r) >= want:
                break
            donor = rng.choice(near if rng.random() < .5 else self.pool.items)
            if donor is item or len(donor.pieces) < 2:
                continue
            s = rng.choice(donor.pieces[1:])
            # who it is about: the story's people
            heads = [t.split(' ')[0] for k, t in s if k == 'name']
            for h in heads:
                if h not in voice.map and voice.cast() and rng.random() < .5:
                    voice.map[h] = rng.choice(voice.cast())
            r.append(voice.say(s))
        return list(dict.fromkeys(r))

    def reword(self, s):
        """The same said a little otherwise."""
        rng, parts = self.rng, s.split(', ')
        way = rng.random()
        aside = [k for k in range(1, len(parts) - 1) if ' said' not in parts[k] and len(parts[k].split()) > 2]
        if way < .35 and aside:
            k = rng.choice(aside)
            return ', '.join(parts[:k] + parts[k + 1:])
        if way < .6 and ' said ' in s:
            return s.replace(' said ', ' said on %s ' % rng.choice(DAYS), 1)
        if way < .8 and len(parts) > 1 and len(parts[-1].split()) < 6:
            return ', '.join(parts[:-1]) + '.'
        return s.replace(' will ', ' would ', 1) if ' will ' in s else s.replace(' the ', ' its ', 1)

    def own_title(self, state):
        """An outlet's headline over the agency's text."""
        rng, lead = self.rng, state.sents[0].rstrip('."').split()
        t = re.sub(r'^([A-Z+]+ ?\d*-)+', '', state.title)   # tags are the agency's
        way = rng.random()
        if way < .3:
            return ' '.join(lead[:rng.randint(6, 10)])
        if way < .5:
            return t.capitalize()
        if way < .75 and len(t.split()) > 5:
            w = t.split()
            k = rng.randint(2, len(w) - 2)
            return ' '.join(w[k:] + w[:k]).capitalize()
        cut = [w for w in lead if w[:1].isupper() or len(w) > 5]
        return ' '.join(cut[:7]).capitalize() or t

    # ---- a story's states -------------------------------------------------

    def states(self, story, plan, title, sents):
        rng, out, full, n = self.rng, [], list(sents), 0
        for kind in plan:
            t, note, text = title, None, full
            if kind in ('flash', 'brief'):
                lead = self.reword(full[0]) if rng.random() < .4 else full[0]
                text = [lead] + full[1:1 + rng.choice([0, 0, 1] if kind == 'flash' else [1, 1, 2])]
            elif kind == 'update':
                n += 1
                full = self.updated(full)
                t, text = rng.choice(['UPDATE %d-%s' % (n, title), title, title]), full
            elif kind == 'correction':
                full, where = self.corrected(full)
                text = full
                note = 'Corrects figure in paragraph %d' % (where + 1) if rng.random() < .7 else None
                t = rng.choice(['CORRECTED-', 'CORRECTED - ', 'REFILE-', '']) + title
            elif kind == 'writethru':
                full = [self.reword(full[0])] + full[1:]
                if len(full) > 4:
                    k = rng.randrange(2, len(full) - 1)
                    full[k], full[k + 1] = full[k + 1], full[k]
                full += self.more(1)
                t, text = rng.choice([title + ', 1st Ld-Writethru', 'WRITETHRU-' + title, title]), full
            elif kind.startswith('resend'):
                if kind == 'resend':
                    text = full[:max(1, len(full) // rng.choice([2, 3]))]
                t = rng.choice(['RPT-' + title, title])
            out.append(State(story, len(out), kind, t, list(text), note))
        return out

    def more(self, n):
        return self.tell(self.rng.choice(self.pool.items), self.voice, n, n)

    def updated(self, full):
        rng, out = self.rng, list(full)
        if rng.random() < .5:
            out[0] = self.reword(out[0])
        for s in self.more(rng.randint(1, 3)):
            out.insert(rng.randint(1, len(out)), s)
        if len(out) > 5 and rng.random() < .4:
            del out[rng.randrange(2, len(out))]
        return out

    def corrected(self, full):
        rng, out = self.rng, list(full)
        k = next((i for i in rng.sample(range(len(out)), len(out)) if re.search(NUMBER, out[i])), 0)
        nums = list(re.finditer(NUMBER, out[k]))
        if nums:
            m = rng.choice(nums)
            new = vary_number(m.group(), rng)
            out[k] = out[k][:m.start()] + (new if new != m.group() else new + '0') + out[k][m.end():]
        else:
            out[k] = self.reword(out[k])
        return out, k

    # ---- pages ---------------------------------------------------------------

    def page(self, story, outlet, kind, relation, of):
        self.next_id += 1
        x = {'id': 's%d' % self.next_id, 'url': 'http://%s/%s/%d' % (outlet.host, story, self.next_id),
             'outlet': outlet.name, 'story': story, 'kind': kind, 'relation': relation, 'of': of}
        self.truth.append(x)
        self.pages[x['id']] = []
        return x

    def fetch(self, page, outlet, state, at, published, updated, sents, title, own, place):
        body = list(sents)
        if self.pages[page['id']]:     # never two texts in one visit
            at = max(at, self.last[page['id']] + STEP)
        self.last[page['id']] = at
        if outlet.curly:
            body = [re.sub(r'"([^"]*)"', '\u201c\\1\u201d', s).replace("'", '\u2019') for s in body]
        rec = {'id': page['id'], 'url': page['url'], 'outlet': page['outlet'], 'title': title, 'place': place,
               'published_at': iso(published), 'fetched_at': iso(at), 'body': '\n\n'.join(body)}
        if updated and updated > published:
            rec['updated_at'] = iso(updated)
        if state.note:
            rec['note'] = state.note
        self.records.append((at, rec))
        self.pages[page['id']].append(rec)
        self.truth.append({'url': page['url'], 'story': page['story'], 'from': iso(at), 'state': state.key, 'own': own,
                           'title': title, 'body': rec['body']})

    def visit(self, t, outlet):
        """When the outlet's page is seen next: all ten minutes, each outlet at a second of its own."""
        return (int(t) // STEP + 1) * STEP + outlet.k

    def publish(self, story, states, t, relation=None, of=None, home=None, copies=None):
        rng = self.rng
        home = home or self.outlets[0 if rng.random() < .7 else 1]
        place = rng.choice(self.pool.places)
        one_page = rng.random() < .35
        copiers = rng.sample([o for o in self.outlets if o is not home], min(len(self.outlets) - 1, copies
            if copies is not None else rng.choice([0, 0, 0, 1, 1, 1, 2, 2, 3, 4])))
        ids, page, at, seen = [], None, t, []
        for k, s in enumerate(states):
            if k:
                at += max(STEP, rng.choice([12, 12, 25, 40, 90, 180]) * 60 * rng.uniform(.7, 1.4))
            if not page or not one_page:
                page, born = self.page(story, home, s.kind, relation, of), at
                ids.append(page['id'])
            self.fetch(page, home, s, self.visit(at, home), born, at, s.sents, s.title, False, place)
            seen.append((at, s))
        for o in copiers:
            ids.append(self.copy(story, o, seen, relation, of, place))
        self.stories.append({'story': story, 'ids': ids, 'at': t, 'states': states, 'home': home})
        return self.stories[-1]

    def copy(self, story, o, seen, relation, of, place):
        """An outlet prints the agency's text: its own headline, cut from the end, its lines; it may catch up later."""
        rng = self.rng
        k = rng.randrange(len(seen))
        page, title = None, None
        keep, plain = (rng.uniform(.35, .85) if rng.random() < o.trims else 1), rng.random() < .3
        verbatim = rng.random() < VERBATIM
        if verbatim:
            keep = 1
        while k < len(seen):
            at, s = seen[k]
            at += rng.choice([5, 15, 30, 60, 120]) * 60 * rng.uniform(.5, 1.5)
            if k + 1 < len(seen):      # never before the agency, nor after its next
                at = min(at, max(seen[k][0] + STEP, seen[k + 1][0] - 60))
            if not page:
                page, born = self.page(story, o, 'copy' if s.kind in ('full', 'brief') else 'copy-' + s.kind, relation,
                                       of), at
                title = s.title if plain else self.own_title(s)
            sents = s.sents[:max(1, round(len(s.sents) * keep))]
            own = o.style and not verbatim
            if own:
                for a, b in HOUSE_STYLE:
                    sents = [re.sub(r'\b%s(?!\w)' % re.escape(a), b, x) for x in sents]
            if not verbatim:
                sents = sents + [o.line] * (rng.random() < .5) + [o.disclaimer]
            self.fetch(page, o, s, self.visit(at, o), born, at if at > born else None, sents, title, own, place)
            if rng.random() < .6:
                break
            k += 1
        return page['id']

    # ---- stories that lie near one another -------------------------------------

    def name_story(self):
        return 't%d' % len(self.stories)

    def ordinary(self, t):
        item = self.base(t)
        self.voice = Voice(self.rng, self.pool)
        sents = self.tell(item, self.voice)
        title, story = self.voice.headline(item.title), self.name_story()
        s = self.publish(story, self.states(story, pick(self.rng, PLANS), title, sents), t)
        s['voice'], s['item'] = self.voice, item
        return s

    def near(self, kind, a, t, title, sents, plan=('full',), **more):
        story = self.name_story()
        s = self.publish(story, self.states(story, plan, title, sents), t, kind, a['story'], **more)
        s['voice'] = a.get('voice')
        self.negatives.append((kind, a, s))
        return s

    def series(self, t):
        """A report that comes each day or week: only numbers and dates differ."""
        rng, item = self.rng, self.base(t, 'reports')
        cast = Voice(rng, self.pool)
        period = rng.choice([1, 1, 1, 7]) * 86400
        last, home = None, self.outlets[rng.randrange(2)]
        pieces, still = item.pieces[:10], rng.choice([0, .2, .4])   # of the figures do not move
        for k in range(rng.randint(2, 5)):
            v, at = Voice(rng, self.pool, cast.map), t + k * period + rng.randint(-900, 900)
            v.day = dt.datetime.fromtimestamp(at, dt.timezone.utc)
            self.told[id(item)].append(at)
            # what it reports has moved; of the other figures some have not
            v.numbers = {n: x for n, x in cast.numbers.items() if n not in moving(pieces[0]) and rng.random() < still}
            sents = [v.say(p) for p in pieces]
            for _ in range(TRIES):
                if not last or sents[0] != last['states'][0].sents[0]:
                    break
                v.numbers = {n: x for n, x in v.numbers.items() if n not in moving(pieces[0])}
                sents = [v.say(p) for p in pieces]
            cast.map.update(v.map)
            cast.numbers = v.numbers
            if k and rng.random() < .3:
                sents.append(self.rng.choice(self.pool.items).sents[-1])
            rows = [re.sub(NUMBER, lambda m: vary_number(m.group(), rng), x) for x in item.table]
            if rows:
                sents.append(' '.join(rows))
            title, self.voice = v.headline(item.title), v
            if last:
                last = self.near('series', last, at, title, sents, home=home)
            else:
                last = self.publish(self.name_story(), self.states(self.name_story(), ('full',), title, sents), at,
                                    home=home)
            if at > self.start + self.span:
                break

    def twin(self, t):
        """The same form filled for two firms on one day."""
        item, last = self.base(t, 'reports'), None
        for k in range(self.rng.choice([2, 2, 3])):
            v = Voice(self.rng, self.pool, keep=0)
            sents = [v.say(p) for p in item.pieces[:6]]
            self.voice, title, at = v, v.headline(item.title), t + k * self.rng.randint(60, 20000)
            if last:
                last = self.near('twin', last, at, title, sents)
            else:
                last = self.publish(self.name_story(), self.states(self.name_story(), ('full',), title, sents), at)

    def statement(self, t):
        """A central bank says the same again two weeks later."""
        a = self.publish(self.name_story(), self.states(self.name_story(), ('full',), *self.statement_text(t)), t)
        s = a['states'][0]
        sents = [re.sub(DATE, lambda m: m.group().rsplit(' ', 1)[0] + ' %d' % self.rng.randint(1, 28), x) for x in
                 s.sents] if self.rng.random() < .5 else s.sents
        self.near('statement', a, t + 14 * 86400 + self.rng.randint(-3600, 3600), s.title, sents, home=a['home'])

    def statement_text(self, t):
        item = self.base(t)
        self.voice = Voice(self.rng, self.pool)
        sents = self.tell(item, self.voice, 3, 6)
        return self.voice.headline(item.title), sents

    def beside(self, kind, a):
        """Another story that has sentences of a's: its own lead, some hours or a day later."""
        rng, item = self.rng, self.base(a['at'])
        full = max(a['states'], key=lambda s: len(s.sents)).sents
        cast = a['voice'].cast() if a.get('voice') else []
        self.voice = v = Voice(rng, self.pool)
        for h in dict.fromkeys(t.split(' ')[0] for p in item.pieces[:3] for k, t in p if k == 'name'):
            if cast and kind in ('development', 'sidebar', 'factbox') and rng.random() < .7:
                v.map[h] = rng.choice(cast)
        own = self.tell(item, v, 2, 8)
        back = full[1:]
        back = rng.sample(back, min(len(back), rng.randint(1, max(1, len(own) * 2 // 3))))
        title, at = v.headline(item.title), a['at'] + rng.uniform(.3, 60) * 3600
        if kind == 'development':
            at = a['at'] + rng.uniform(16, 34) * 3600
            back = [self.reword(full[0])] * (rng.random() < .6) + back
        if kind == 'factbox':
            at = a['at'] + rng.uniform(.5, 12) * 3600
            back = a['states'][0].sents[:2]
            title = rng.choice(['FACTBOX-', 'TIMELINE-', 'CHRONOLOGY-', 'Q+A-', '']) + title
            k = rng.randint(1, len(own))
            own, back = own[:k] + back + own[k:], []
        if kind == 'sidebar':
            at = a['at'] + rng.uniform(.2, 8) * 3600
            title = rng.choice(['ANALYSIS-', 'INTERVIEW-', 'REACTION-', '', '']) + title
        plan = rng.choice([('full',), ('full',), ('flash', 'full'), ('full', 'update')])
        self.near(kind, a, at, title, own + back, plan)

    def roundup(self, t):
        rng = self.rng
        day = [s for s in self.stories[-400:] if t - 86400 < s['at'] <= t and s['states'][0].sents]
        if len(day) < 3:
            return self.ordinary(t)
        some = rng.sample(day, min(len(day), rng.randint(3, 6)))
        sents = [x for s in some for x in s['states'][-1].sents[:rng.choice([1, 1, 2])]]
        title = rng.choice(['NEWS HIGHLIGHTS', 'TOP STORIES AT %d GMT' % rng.randint(1, 23), 'WORLD NEWS ROUNDUP'])
        self.voice = Voice(rng, self.pool)
        s = self.near('roundup', some[0], t, title, sents, ('full',), copies=0)
        self.negatives += [('roundup', x, s) for x in some[1:]]
        return s

    def run(self):
        rng = self.rng
        while len(self.stories) < self.n:
            t = self.start + rng.random() * self.span
            kind = pick(rng, RELATIONS + [(75, 'ordinary')])
            if kind in ('background', 'factbox', 'development', 'sidebar'):
                self.beside(kind, self.ordinary(t))
            elif kind == 'roundup':
                self.roundup(max((s['at'] for s in self.stories[-400:]), default=t) if rng.random() < .2 else
                             rng.choice(self.stories)['at'] + 3600 if self.stories else t)
            else:
                getattr(self, kind)(t)

    # ---- labelled pairs ------------------------------------------------------------

    def pairs(self):
        by = collections.defaultdict(list)
        for s in self.stories:
            ids = s['ids']
            all_ = [(a, b) for i, a in enumerate(ids) for b in ids[i + 1:]]
            some = self.rng.sample(all_, min(PAIRS_MOST, len(all_)))
            by['S'] += [(a, b, len(all_) / len(some), 'one story') for a, b in some]
        for kind, x, y in self.negatives:
            all_ = [(a, b) for a in x['ids'] for b in y['ids']]
            some = self.rng.sample(all_, min(PAIRS_MOST, len(all_)))
            by['N'] += [(a, b, len(all_) / len(some), kind) for a, b in some]
        for label in 'SN':
            for a, b, w, kind in by[label]:
                c5, j5 = overlap(self.pages[a][0]['body'], self.pages[b][0]['body'])
                yield label, '%.3f' % w, a, b, '%.3f' % c5, '%.3f' % j5, '', '', kind


def shingles(text, n):
    w = words(text)
    return {tuple(w[i:i + n]) for i in range(len(w) - n + 1)}


def overlap(a, b, n=5):
    x, y = shingles(a, n), shingles(b, n)
    if not x or not y:
        return 0, 0
    both = len(x & y)
    return both / min(len(x), len(y)), both / len(x | y)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--items', required=True)
    p.add_argument('--stories', type=int, default=20000)
    p.add_argument('--outlets', type=int, default=8)
    p.add_argument('--seed', default='1')
    p.add_argument('--shuffle-minutes', type=float, default=0)
    p.add_argument('--truth')
    p.add_argument('--pairs')
    args = p.parse_args()
    sim = Sim(Pool(args.items), args)
    sim.run()
    late = random.Random('arrival ' + args.seed)
    lines = sorted((at + late.random() * args.shuffle_minutes * 60, rec['id'], k, rec)
                   for k, (at, rec) in enumerate(sim.records))
    for _, _, _, rec in lines:
        print(json.dumps(rec, ensure_ascii=False))
    if args.truth:
        with open(args.truth, 'w', encoding='utf-8') as f:
            f.writelines(json.dumps(x, ensure_ascii=False) + '\n' for x in sim.truth)
    if args.pairs:
        with open(args.pairs, 'w', encoding='utf-8') as f:
            f.write('label\tweight\ta\tb\tC5\tJ5\t_\t_\tkind\n')
            f.writelines('\t'.join(x) + '\n' for x in sim.pairs())


if __name__ == '__main__':
    sys.stdout.reconfigure(encoding='utf-8')
    main()

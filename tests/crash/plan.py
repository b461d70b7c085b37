"""What the pages of the crash test's site show, from which tick on: a function
of the seed alone.  Words are made of syllables, so that no two stories share
any; at most one page of a story changes in a tick, so that the digest of a
database does not depend on the order of judging (timeline.md)."""
import datetime as dt
import random

START = dt.datetime(2026, 5, 4, 6, 0, tzinfo=dt.timezone.utc)
STEP = 10       # minutes
GONE = 'gone'
SYLLABLES = [c + v for c in 'bdfgklmnprstvz' for v in 'aeiou']


def tick_time(tick):
    return START + dt.timedelta(minutes=tick * STEP)


class Plan:
    """pages: url -> [(tick, state)], state a dict or GONE."""

    def __init__(self, hosts, pages, ticks, seed):
        self.random = random.Random(seed)
        self.hosts = ['paper%02d.test' % i for i in range(hosts)]
        self.ticks, self.pages, self.words = ticks, {}, 0
        while len(self.pages) < pages:
            self.story()

    def word(self):
        """Never the same twice."""
        self.words += 1
        n, w = self.words * 7919, ''
        for _ in range(4):
            n, i = divmod(n, len(SYLLABLES))
            w += SYLLABLES[i]
        return w

    def sentence(self, names):
        words = [self.word() for _ in range(self.random.randint(10, 20))] + self.random.sample(names, 2)
        self.random.shuffle(words)
        return ' '.join(words).capitalize() + '.'

    def story(self):
        r, names = self.random, [self.word() for _ in range(6)]
        number = len(self.pages)
        begin = r.choice([0, 0, 0, r.randrange(max(1, self.ticks // 2))])
        text = {'title': ' '.join(names[:4]).capitalize(), 'sents': [self.sentence(names) for _ in range(r.randint(3, 6))],
                'note': None, 'created': begin * STEP - 5, 'updated': None}
        urls = ['http://%s/news/%d-%s' % (h, number + i, names[i]) for i, h in
                enumerate(r.sample(self.hosts, min(len(self.hosts), r.choice([1, 1, 2, 3]))))]
        for i, url in enumerate(urls):
            self.pages[url] = []
        first, copies, tick = urls[0], urls[1:], begin
        self.pages[first].append((tick, text))
        tick += 1
        while tick < self.ticks:
            self.change(first, copies, tick, names)
            tick += r.randint(1, max(2, min(8, self.ticks // 3)))
        for url in urls:
            if not self.pages[url]:
                del self.pages[url]

    def change(self, first, copies, tick, names):
        """One page of the story becomes another in this tick."""
        r, minute = self.random, tick * STEP - 2
        now = self.pages[first][-1][1]
        missing = [u for u in copies if not self.pages[u]]
        how = r.random()
        if missing and (how < .5 or now is GONE):
            text = next(s for _, s in reversed(self.pages[first]) if s is not GONE)
            self.pages[missing[0]].append((tick, dict(text, title=' '.join(names[1:5]).capitalize(), updated=None, created=minute)))
        elif now is GONE:
            self.pages[first].append((tick, self.pages[first][-2][1]))
        elif how < .65:
            self.pages[first].append((tick, dict(now, sents=now['sents'] + [self.sentence(names)], updated=minute)))
        elif how < .75:
            sents = list(now['sents'])
            sents[r.randrange(len(sents))] = self.sentence(names)
            self.pages[first].append((tick, dict(now, sents=sents, updated=minute, note='Corrects paragraph %d' % tick)))
        elif how < .82 and len(now['sents']) > 3:
            self.pages[first].append((tick, dict(now, sents=now['sents'][:-1])))
        elif how < .9:
            self.pages[first].append((tick, dict(now, title=' '.join(r.sample(names, 4)).capitalize(), updated=minute)))
        elif how < .95:
            self.pages[first].append((tick, GONE))
        else:
            held = [u for u in copies if self.pages[u] and self.pages[u][-1][1] is not GONE]
            if held:
                self.pages[held[0]].append((tick, GONE))

    def state(self, url, tick):
        """What the page shows, or None before it is published."""
        states = [s for t, s in self.pages[url] if t <= tick]
        return states[-1] if states else None

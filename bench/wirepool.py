"""What real wire items are made of: sentences in pieces (plain words, names,
numbers, dates), so that wiresim.py can tell new stories with them."""
import collections
import json
import re

MONTHS = 'January February March April May June July August September October November December'.split()
DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split()
FIRM = re.compile(r'\b(Inc|Corp|Co|Ltd|Plc|PLC|Bank|Group|Holdings|AG|SA|NV|GmbH|Fund|Trust|Industries)\.?$')
DATE = r'(?:%s|Jan|Feb|Sept|Oct|Nov|Dec)\.? \d{1,2}\b' % '|'.join(MONTHS)
NUMBER = r'\d[\d,]*(?:\.\d+)?'
WORD = r"(?:[A-Z][A-Za-z&'-]+)"
NAME = r'%s(?: (?:(?:of|and|de|van) )?%s)*' % (WORD, WORD)
PIECE = re.compile('(?P<date>%s)|(?P<number>%s)|(?P<name>%s)' % (DATE, NUMBER, NAME))
# The agency's own mark at an item's end, and what is set like a table.
TRAIL = re.compile(r'\s*\bReuters?\s*$|\s*\bREUTERS?\s*$|\s*-30-\s*$')
TABLE = re.compile(r'(?m)^.*\S {3,}\S.*\d.*$')
NOT_NAMES = set(MONTHS + DAYS + ['The', 'A', 'An', 'It', 'He', 'She', 'In', 'On', 'At', 'But', 'And', 'I'])
LEAST, MOST = 7, 60       # words of a sentence that can stand in a story
LEAD_LEAST = 10
REPORT_WORDS = 10         # one figure in so many words
FIGURES_LEAST = 6
NEAR, NEAR_GRAM = .3, 5   # shared so far, two items tell one story or fill one form
TOPIC = (5, 250)          # items in which a topic's word stands


def sentences(body):
    """Sentences of a body whose paragraphs are empty or indented lines."""
    out = []
    for para in re.split(r'\n\s*\n|\n(?= {2,}\S)', TRAIL.sub('', body)):
        if TABLE.search(para):
            continue
        para = ' '.join(para.split())
        # "Mr. Smith", "U.S. Steel", "J. Brown": no end of a sentence
        out += re.split(r'(?:(?<=[a-z0-9"\'][.!?])|(?<=[a-z][.!?]"))\s+(?=["A-Z])', para)
    return [s for s in out if s]


def words(text):
    return re.findall(r'\w+', text.lower())


def record_opening(record):
    return next(iter(sentences(record['body'])), '')


class Item:
    def __init__(self, record, sents, pieces, table):
        self.id, self.title, self.place = record.get('id'), record['title'], record.get('place') or ''
        self.sents, self.pieces, self.table = sents, pieces, table
        self.topic = None
        # a lead that says what happened: "Shr loss 8 cts" is none
        self.opens = bool(sents and pieces) and sents[0] == record_opening(record) and \
            len(sents[0].split()) >= LEAD_LEAST and sents[0].endswith('.')

    def is_report(self):
        """One that comes each day or week: a lead with a figure that moves, and a table, or figures and dates all through."""
        kinds = collections.Counter(k for s in self.pieces for k, _ in s)
        n = sum(len(s.split()) for s in self.sents)
        return self.opens and len(moving(self.pieces[0])) > 0 and sum(len(moving(s)) for s in self.pieces) >= FIGURES_LEAST \
            and bool(len(self.table) > 2 or kinds['date'] > 0 and kinds['number'] * REPORT_WORDS >= n)

    def grams(self):
        w = words(' '.join(self.sents))
        return {tuple(w[k:k + NEAR_GRAM]) for k in range(len(w) - NEAR_GRAM + 1)}


def moving(pieces):
    """Figures that another day's report may print otherwise."""
    return {t for k, t in pieces if k == 'number' and not stays(t)}


def apart(items):
    """Of items that tell one story (the wire sends it again), or fill one form, one: told as two stories, with other names,
    they would be none that a wire has."""
    index, kept = collections.defaultdict(list), []
    for i in items:
        g = i.grams()
        seen = collections.Counter(k for h in g for k in index[h])
        if any(n >= NEAR * min(len(g), size) for k, n in seen.items() for size in [kept[k][1]]):
            continue
        for h in g:
            index[h].append(len(kept))
        kept.append((i, len(g)))
    return [i for i, _ in kept]


class Pool:
    def __init__(self, path):
        raw = []
        with open(path, encoding='utf-8') as f:
            for line in f:
                r = json.loads(line)
                if r.get('body') and r.get('title'):
                    raw.append((r, sentences(r['body'])))
        self.count_names(raw)
        self.items = [self.item(r, sents) for r, sents in raw]
        self.items = [i for i in self.items if i.pieces]
        self.tell_topics()
        self.start = min((r['published_at'] for r, _ in raw if r.get('published_at')), default='2024-01-08T00:00:00Z')
        if not self.items:
            raise SystemExit('wiresim: no item with a title and a body in ' + path)
        self.leads = apart(i for i in self.items if i.opens) or self.items
        self.reports = [i for i in self.leads if i.is_report()] or self.items
        people = [n for n in self.name_list['other'] if re.fullmatch('[A-Z][a-z]+ [A-Z][a-z]+', n)]
        self.people = people if len(people) > 1 else ['Ann Smith', 'John Jones']
        self.places = sorted({i.place for i in self.items if i.place}) or ['London']

    def count_names(self, raw):
        """A word is a name if it has its capital inside sentences too."""
        inside, at_start = collections.Counter(), collections.Counter()
        for _, sents in raw:
            for s in sents:
                for m in re.finditer(WORD, s):
                    (inside if m.start() else at_start)[m.group()] += 1
        self.name_word = {w for w in inside if inside[w] * 2 >= at_start[w]} - NOT_NAMES
        self.names = {'firm': {}, 'other': {}}

    def item(self, record, sents):
        kept = [s for s in sents if LEAST <= len(s.split()) <= MOST]
        rows = [' '.join(x.split()) for x in TABLE.findall(record['body'])]
        return Item(record, kept, [self.split(s) for s in kept], rows[:12])

    def split(self, sentence):
        out, at = [], 0
        for m in PIECE.finditer(sentence):
            kind, text, start = m.lastgroup, m.group(), m.start()
            if kind == 'name':
                parts = text.split(' ')
                if start == 0 and parts[0] not in self.name_word:
                    start += len(parts[0]) + (len(parts) > 1)
                    parts = parts[1:]
                if not parts or any(p in NOT_NAMES for p in parts) or parts[0] not in self.name_word:
                    continue
                text = ' '.join(parts)
                what = self.names[self.sort(text)]
                what[text] = what.get(text, 0) + 1
            if start > at:
                out.append(('text', sentence[at:start]))
            out.append((kind, text))
            at = m.end()
        if at < len(sentence):
            out.append(('text', sentence[at:]))
        return out

    @staticmethod
    def sort(name):
        return 'firm' if FIRM.search(name) else 'other'

    def tell_topics(self):
        """Items whose titles share a word that few have are of one topic."""
        seen = collections.Counter(w for i in self.items for w in set(words(i.title)))
        self.topics = collections.defaultdict(list)
        for i in self.items:
            keys = [w for w in words(i.title) if TOPIC[0] <= seen[w] <= TOPIC[1] and not w.isdigit()]
            i.topic = max(keys, key=lambda w: (seen[w], w)) if keys else ''
            self.topics[i.topic].append(i)
        self.name_list = {k: sorted(n for n in v if len(n) > 3) or ['Smith'] for k, v in self.names.items()}


class Voice:
    """One story's way to tell a real item: its own names and numbers, the
    same ones all through the story."""

    def __init__(self, rng, pool, cast=None, keep=.15):
        self.rng, self.pool, self.keep = rng, pool, keep
        self.map = dict(cast or {})
        self.numbers, self.dates, self.day = {}, {}, None

    def cast(self):
        return list(self.map.values())

    def name(self, old):
        head = old.split(' ')[0]
        if head not in self.map:
            if self.rng.random() < self.keep:
                self.map[head] = old
            else:
                self.map[head] = self.rng.choice(self.pool.name_list[self.pool.sort(old)])
        new = self.map[head].split(' ')
        n = len(old.split(' '))
        return ' '.join(new[:n] if n < len(new) and n > 1 else new)

    def number(self, old):
        if old not in self.numbers:
            self.numbers[old] = vary_number(old, self.rng)
        return self.numbers[old]

    def date(self, old):
        if old not in self.dates:
            month, day = old.rsplit(' ', 1)[0], self.rng.randint(1, 28)
            if self.day:           # a report of that day: its own date, others as far from it as they were
                month, day = MONTHS[self.day.month - 1], self.day.day
                day = day if not self.dates else (day + int(old.rsplit(' ', 1)[1])) % 28 + 1
            self.dates[old] = '%s %d' % (month, day)
        return self.dates[old]

    def say(self, pieces):
        out = []
        for kind, text in pieces:
            out.append(text if kind == 'text' else getattr(self, kind)(text))
        return ''.join(out)

    def headline(self, title):
        """Titles print the names of the body in capitals or cut short."""
        for head, new in list(self.map.items()):
            if len(head) > 3:
                title = re.sub(r'\b%s\b' % re.escape(head.upper()), lambda m: new.split(' ')[0].upper(), title)
                title = re.sub(r'\b%s\b' % re.escape(head), lambda m: new.split(' ')[0], title)
        return re.sub(NUMBER, lambda m: self.number(m.group()), re.sub(r'\s*<[^>]*>', '', title)).strip()


def stays(number):
    """Years, and what is no figure."""
    return bool(re.fullmatch(r'(19|20)\d\d', number)) or number in ('1', '2')


def vary_number(old, rng):
    """Another number that is printed the same way; years stay."""
    if stays(old):
        return old
    for _ in range(8):
        new = ''.join(rng.choice('123456789') if c.isdigit() and k == 0 else
                      rng.choice('0123456789') if c.isdigit() else c for k, c in enumerate(old))
        if new != old:
            return new
    return old

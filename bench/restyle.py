#!/usr/bin/env python3
"""restyle.py STYLE[,STYLE...] [--seed S] < ITEMS.jsonl > RESTYLED.jsonl

Prints article objects as other wires and outlets would, so that what only one agency's manner explains can be told from
what holds everywhere: labels of pairs stay as they are. Styles, in the order given:

  modern    headline in sentence case without tags and tickers, "mln" and "pct" written out, a dateline with the agency
  headline  every other item: the outlet's headline, words of the lead in another order
  notitle   every other item: no headline at all
  trim      every other item of more than four paragraphs: cut from the end
  lines     each outlet's boilerplate after the text, and a credit line before it
  wires     each item as another agency prints it: byline, dateline, tag or note, units and figures, the end
  site      each item as one of three sites prints it: spelling, figures, weekdays for today, words before the headline,
            lines between the paragraphs, no dateline
  past      every other item: paragraphs of background that items from that place share
  split     every paragraph a sentence, every other item: its first two paragraphs change places
  day       times without hours
  slow      time runs half as fast: hours between items double, up to a day
  ocr       one letter in 150 misread

What happens to an item hangs on its id and the seed alone (past: on the items before it, too)."""
import argparse
import datetime as dt
import json
import random
import re
import sys

WORDS = [('mln', 'million'), ('bln', 'billion'), ('dlrs', 'dollars'), ('dlr', 'dollar'), ('pct', 'percent'), ('cts', 'cents'),
         ('stg', 'sterling'), ('Shr', 'Earnings per share'), ('Revs', 'Revenue'), ('Qtly', 'Quarterly'), ('div', 'dividend'),
         ('mths', 'months'), ('QTR', 'quarter'), ('vs', 'versus'), ('bbl', 'barrel')]
TAGS = re.compile(r'^(?:[A-Z]{4,}(?: ?\d+)? ?- ?)+')
TICKER = re.compile(r'\s*<[^>]*>')
END = re.compile(r'\s*\bREUTERS?\b\s*$|\s*\bReuters?\b\s*$')
OUTLETS = ['Beacon', 'Courier', 'Ledger', 'Tribune', 'Herald']
LINES = ['Sign up for the morning letter of the %s.', 'Read more in the business pages of the %s every day.',
         'This story has not been edited by the staff of the %s and comes from a syndicated feed.',
         'Follow the %s for the latest on this and other stories.', 'The %s welcomes corrections at the usual address.']
# An agency: date in the dateline, dateline, money and percent, title, end.
WIRES = [
    ('', '%(PLACE)s (AP) _ ', 'dollar percent', 'plain', 'AP-NY-%(md)s 1532EST<'),
    ('%(Mon)s %(d)d', '%(PLACE)s, %(date)s (AFP) - ', 'dollar percent', 'plain', ''),
    ('%(Mon)s. %(d)d', '%(PLACE)s, %(date)s (UPI) -- ', 'dollar percent', 'words', ''),
    ('%(Month)s %(d)d', '%(PLACE)s, %(date)s (Xinhua) -- ', 'words percent', 'plain', 'Enditem'),
    ('%(Mon)s %(d)d', '%(Place)s, %(date)s (PTI) ', 'words per cent', 'plain', 'PTI ABC XYZ'),
    ('', '%(Place)s (dpa) - ', 'words per cent', 'plain', 'dpa ab cd'),
    ('%(Month)s %(d)d', '%(PLACE)s, %(date)s (Reuters) - ', 'dollar pct', 'tag',
     '(Reporting by Jane Roe; Editing by John Doe)'),
    ('', '%(PLACE)s \u2014 ', '$ %%', 'words', '')]
BYLINES = ['By JANE ROE\n\n', 'By Jane Roe\nAssociated Press Writer\n\n', 'By Jane Roe and John Doe\n\n', '', '', '']
TITLE_TAGS = ['', '', '', 'UPDATE 1-', 'UPDATE 2-', 'RPT-', 'UPDATE 3-']
NOTES = ['', '', '', '(Adds details, background)\n\n', '(Updates with comment, shares)\n\n']
MONEY = re.compile(r'\b(\d[\d.,]*(?: (?:million|billion))?) dollars')
BRITISH = [('defense', 'defence'), ('center', 'centre'), ('labor', 'labour'), ('program', 'programme'),
           ('organization', 'organisation'),
           ('favor', 'favour'), ('favorable', 'favourable'), ('meter', 'metre'), ('license', 'licence'), ('plow', 'plough'),
           ('aluminum', 'aluminium'), ('authorized', 'authorised'), ('percent', 'per cent'), ('gasoline', 'petrol'),
           ('toward', 'towards')]
BEFORE = ['', '', '', 'Breaking: ', 'Live updates: ', 'Exclusive: ', 'Business news: ']
BETWEEN = ['Advertisement', 'Read more on this story', 'What we know so far:', 'Share this article',
           'File photo. Image: agency handout', 'More to follow.', 'This is a breaking story and will be updated.', 'Related: what to watch this week']
MISREAD = {'e': 'c', 'c': 'e', 'h': 'b', 'n': 'u', 'u': 'n', 'l': '1', 'o': '0', 'a': 'o', 's': 'a', 'i': 'l', 't': 'f', 'r': 'n'}


def paragraphs(body):
    return [' '.join(p.split()) for p in re.split(r'\n\s*\n|\n(?= {2,}\S)', END.sub('', body)) if p.strip()]


def spell(text):
    for a, b in WORDS:
        text = re.sub(r'\b%s\b' % a, b, text)
    return text


def modern(r, rng):
    title = TICKER.sub('', TAGS.sub('', r.get('title') or ''))
    known = set(re.findall(r"\b[A-Z][\w'-]*", r['body']))
    small = {w.lower(): w for w in sorted(known)}
    if title.isupper():
        title = re.sub(r"[A-Z][\w'-]*", lambda m: small.get(m.group().lower(), m.group().lower()), title)
    r['title'] = spell(title[:1].upper() + title[1:])
    paras = [spell(TICKER.sub('', p)) for p in paragraphs(r['body'])]
    if paras and r.get('place'):
        paras[0] = '%s (Agency) - %s' % (r['place'].upper(), paras[0])
    r['body'] = '\n\n'.join(paras)


def money(text, how):
    text = spell(text)
    if how[0] in 'd$':
        text = MONEY.sub(r'$\1', text)
    if how.endswith('%%'):
        return re.sub(r'(\d) percent\b', r'\1%', re.sub(r'\$(\S+) ([mb])illion', r'$\1\2n', text))
    return text.replace(' percent', how[how.index(' '):])


def time_of(r):
    return dt.datetime.fromisoformat((r.get('published_at') or '1990-01-01T00:00:00Z').replace('Z', '+00:00'))


def wires(r, rng):
    when, line, how, title, end = rng.choice(WIRES)
    at = time_of(r)
    place = r.pop('place', None) or ''
    plain = dict(r)
    modern(plain, rng)
    r['title'] = money(plain['title'], how)
    if title == 'words':
        r['title'] = ' '.join(w[:1].upper() + w[1:] for w in r['title'].split(' '))
    tagged = rng.choice(TITLE_TAGS)
    paras = [money(TICKER.sub('', p), how) for p in paragraphs(r['body'])]
    if paras and place:
        x = {'Mon': at.strftime('%b'), 'Month': at.strftime('%B'), 'd': at.day}
        x = {'PLACE': place.upper(), 'Place': place, 'date': when % x}
        paras[0] = line % x + paras[0]
    byline, note = rng.choice(BYLINES), rng.choice(NOTES)
    if title == 'tag':
        r['title'] = tagged + r['title']
        byline = note + byline
    r['body'] = byline + '\n\n'.join(paras + ([end % {'md': at.strftime('%m-%d-%y')}] if end else []))


def headline(r, rng):
    lead = re.findall(r"[\w'-]+", r['lead'])[:24]
    if rng.random() < .5 and len(lead) > 5:
        k = rng.randint(2, len(lead) // 2)
        some = [w for w in lead[k:] + lead[:k] if len(w) > 3 or w[:1].isupper()][:8]
        r['title'] = ' '.join(some).capitalize()


def notitle(r, rng):
    if rng.random() < .5:
        r['title'] = ''


def trim(r, rng):
    p = paragraphs(r['body'])
    if rng.random() < .5 and len(p) > 4:
        p = p[:max(3, round(len(p) * rng.uniform(.4, .8)))]
    r['body'] = '\n\n'.join(p)


def lines(r, rng):
    k = rng.randrange(len(OUTLETS))
    r['outlet'] = OUTLETS[k]
    r['body'] = '\n\n'.join(['By %s staff and agencies' % OUTLETS[k]] + paragraphs(r['body']) + [LINES[k] % OUTLETS[k]])


def split(r, rng):
    p = [s for x in paragraphs(r['body']) for s in re.split(r'(?<=[a-z0-9"][.!?])\s+(?=["A-Z])', x)]
    if rng.random() < .5 and len(p) > 4:
        p[1], p[2] = p[2], p[1]
    r['body'] = '\n\n'.join(p)


def day(r, rng):
    for k in ('published_at', 'updated_at', 'created_at'):
        if r.get(k):
            r[k] = r[k][:10] + 'T00:00:00Z'


def slow(r, rng):
    for k in ('published_at', 'updated_at', 'created_at'):
        if r.get(k):
            t = dt.datetime.fromisoformat(r[k].replace('Z', '+00:00'))
            noon = t.replace(hour=12, minute=0, second=0, microsecond=0)
            r[k] = (noon + (t - noon) * 2).strftime('%Y-%m-%dT%H:%M:%SZ')


def ocr(r, rng):
    def misread(s):
        return ''.join(MISREAD.get(c, c) if rng.random() < 1 / 150 else c for c in s)
    r['title'], r['body'] = misread(r.get('title') or ''), misread(r['body'])


def site_text(text, manner, at):
    text = money(text, ['$ %%', 'words per cent', 'dollar percent'][manner])
    day, before = ((at - dt.timedelta(days=n)).strftime('%A') for n in (0, 1))
    text = re.sub(r'\byesterday\b', 'on ' + before, re.sub(r'\btoday\b', 'on ' + day, text))
    if manner < 2:
        for a, b in BRITISH:
            text = re.sub(r'\b%s\b' % a, b, text)
        text = text.replace('U.S.', 'US').replace('U.K.', 'UK').replace('"', '\u201d')
    return text


def site(r, rng):
    manner, at = rng.randrange(3), time_of(r)
    plain = dict(r)
    modern(plain, rng)
    r['title'] = rng.choice(BEFORE) + site_text(plain['title'], manner, at)
    paras = [site_text(TICKER.sub('', p), manner, at) for p in paragraphs(r['body'])]
    for _ in range(rng.randrange(3)):
        paras.insert(rng.randint(1, len(paras)) if paras else 0, rng.choice(BETWEEN))
    r['body'] = '\n\n'.join(paras)


PASTS = {}          # place: paragraphs from the end of its first items


def past(r, rng):
    bank = PASTS.setdefault(r.get('place') or '', [])
    some = list(bank)
    p = paragraphs(r['body'])
    if len(bank) < 8 and len(p) > 5:
        bank.append(p[-2])
    if rng.random() < .5 and some:
        p += rng.sample(some, min(len(some), rng.randint(2, 5)))
    r['body'] = '\n\n'.join(p)


STYLES = {f.__name__: f for f in (modern, wires, headline, notitle, trim, lines, site, past, split, day, slow, ocr)}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('styles')
    ap.add_argument('--seed', default='1')
    a = ap.parse_args()
    for line in sys.stdin:
        r = json.loads(line)
        r['lead'] = spell(TICKER.sub('', ' '.join(paragraphs(r['body'])[:1])))  # before a style puts a byline there
        for s in a.styles.split(','):
            STYLES[s](r, random.Random('%s %s %s' % (s, a.seed, r['id'])))
        del r['lead']
        print(json.dumps(r, ensure_ascii=False))


if __name__ == '__main__':
    sys.stdin.reconfigure(encoding='utf-8')
    sys.stdout.reconfigure(encoding='utf-8')
    main()

#!/usr/bin/env python3
"""Article objects of our own for wiresim.py, from the stories of the wire site's day: all sentences of a story in its
first headline's words, and each half of it under each other headline, so that there are names and topics enough."""
import datetime as dt
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '../tests/site'))
import day  # noqa: E402


def items():
    for story, sents in day.STORIES.items():
        titles = list(dict.fromkeys(s['title'] for _, st, states in day.PAGES if st == story for _, s in states
                                    if 'title' in s))
        for k, title in enumerate(titles or [sents[0][:50]]):
            half = sents if not k else sents[:1] + sents[1 + k % 2:]
            yield title, half


def main():
    for n, (title, sents) in enumerate(items()):
        at = day.START + dt.timedelta(minutes=7 * n)
        print(json.dumps({'id': 'own%d' % n, 'title': title, 'published_at': at.strftime('%Y-%m-%dT%H:%M:%SZ'),
                          'body': '\n\n'.join(sents)}))


if __name__ == '__main__':
    main()

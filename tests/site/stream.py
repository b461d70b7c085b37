#!/usr/bin/env python3
"""The day as article objects, one a page and tick, in canonical order (time,
then URL): what the crawl of the site must bring.  `_story` is the truth of the
verdict; ingest skips it."""
import json

import day


def iso(t):
    return t and t.strftime('%Y-%m-%dT%H:%M:%SZ')


def capture(page, tick):
    x = day.state(page, tick)
    if not x:
        return None
    c = {'url': page[0], 'outlet': day.outlet(page[0])['name'], '_story': page[1],
         'fetched_at': iso(day.tick_time(tick))}
    if x is day.GONE:
        return dict(c, http_status=410)
    return dict(c, title=x['title'], summary=x['summary'], body='\n\n'.join(x['sents']), note=x['note'],
                kind='article', credit='Reuters', created_at=iso(day.at(x['created'])),
                updated_at=iso(day.at(x['updated'])))


def lines():
    for tick in day.TICKS:
        for page in sorted(day.PAGES):
            c = capture(page, tick)
            if c:
                yield c


if __name__ == '__main__':
    for c in lines():
        print(json.dumps(c))

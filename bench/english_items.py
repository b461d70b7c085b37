#!/usr/bin/env python3
"""english_items.py < EXTRACTED.jsonl > ITEMS.jsonl: of what `dateline extract` prints, the English articles of at least 60
words, each with an id."""
import json
import sys

LEAST = 60


def main():
    for n, line in enumerate(sys.stdin):
        r = json.loads(line)
        if (r.get('language') or '').lower().startswith('en') and r.get('title') and \
                len((r.get('body') or '').split()) >= LEAST:
            print(json.dumps(dict(r, id='p%d' % n), ensure_ascii=False))


if __name__ == '__main__':
    sys.stdin.reconfigure(encoding='utf-8')
    sys.stdout.reconfigure(encoding='utf-8')
    main()

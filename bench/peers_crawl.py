#!/usr/bin/env python3
"""The usual pipeline at bench-crawl's work: peers_crawl.py HOSTS PORT CONNINFO

Scrapy fetches each host's robots.txt, feed and pages, trafilatura reads text and metadata, datasketch's MinHashLSH (128
permutations, words by threes, threshold .5) finds the story, psycopg writes page, story, version and event, committed by
64. Prints pages, seconds and peak RSS as a line of JSON."""
import json
import logging
import os
import re
import resource
import sys
import time

import psycopg
import scrapy
import trafilatura
from datasketch import MinHash, MinHashLSH
from scrapy.crawler import CrawlerProcess

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from peers_stories import BATCH, INSERTS, SCHEMA, shingles  # noqa: E402

HOSTS, PORT, DSN = open(sys.argv[1]).read().split(), int(sys.argv[2]), sys.argv[3]
START = time.time()


class Writer:
    def __init__(self):
        self.db = psycopg.connect(DSN)
        self.db.execute(SCHEMA)
        self.db.commit()
        self.rows, self.waiting = {k: [] for k in INSERTS}, 0
        self.lsh, self.story_of, self.pages, self.stories = MinHashLSH(threshold=.5, num_perm=128), [], 0, 0

    def take(self, url, title, body):
        m = MinHash(num_perm=128)
        m.update_batch([g.encode() for g in shingles(body, 3)])
        found, k, now = self.lsh.query(m), len(self.story_of), time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())
        story = self.story_of[found[0]] if found else self.stories
        self.lsh.insert(k, m, check_duplication=False)
        self.story_of.append(story)
        if not found:
            self.stories += 1
            self.rows['p_story'].append((story, title, now))
        self.rows['p_version'].append((k, story, url, title, body, hash(body), now))
        self.rows['p_page'].append((url, story, str(k), now))
        self.rows['p_event'].append((k, story, 'reposted' if found else 'created', now))
        self.pages += 1
        self.waiting += 1
        if self.waiting == BATCH:
            self.flush()

    def flush(self):
        with self.db.cursor() as cur:
            for table, rows in self.rows.items():
                if rows:
                    cur.executemany(INSERTS[table], rows)
                    rows.clear()
        self.db.commit()
        self.waiting = 0


class Wire(scrapy.Spider):
    name = 'wire'
    start_urls = ['http://%s:%d/feed.xml' % (h, PORT) for h in HOSTS]
    writer = Writer()

    def parse(self, response):
        for url in re.findall(r'<link>([^<]+)</link>', response.text):
            yield scrapy.Request(url, callback=self.story)

    def story(self, response):
        x = trafilatura.extract(response.body, url=response.url, with_metadata=True, output_format='json')
        if x:
            x = json.loads(x)
            self.writer.take(response.url, x.get('title'), x['text'])

    def closed(self, reason):
        self.writer.flush()


logging.getLogger('trafilatura').setLevel(logging.ERROR)
process = CrawlerProcess({'LOG_LEVEL': 'ERROR', 'ROBOTSTXT_OBEY': True, 'CONCURRENT_REQUESTS': 2000,
                          'CONCURRENT_REQUESTS_PER_DOMAIN': 1, 'DOWNLOAD_DELAY': 0, 'TELNETCONSOLE_ENABLED': False,
                          'COOKIES_ENABLED': False, 'RETRY_ENABLED': False})
process.crawl(Wire)
process.start()
use = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({'pages': Wire.writer.pages, 'seconds': round(time.time() - START, 2),
                  'cpu': round(use.ru_utime + use.ru_stime, 2), 'rss_mb': use.ru_maxrss >> 10}))

"""peers_fetch.py FILE CONNECTIONS: Scrapy over a file of URLs, bodies dropped: what it does for politeness is off."""
import logging
import sys

import scrapy
from scrapy.crawler import CrawlerProcess

URLS = open(sys.argv[1]).read().split()
GOT = [0]


class Spider(scrapy.Spider):
    name = 'fetch'

    async def start(self):
        for url in URLS:
            yield scrapy.Request(url, dont_filter=True)

    def start_requests(self):  # Scrapy before 2.13
        for url in URLS:
            yield scrapy.Request(url, dont_filter=True)

    def parse(self, response):
        GOT[0] += response.status == 200


logging.disable(logging.CRITICAL)
p = CrawlerProcess({'CONCURRENT_REQUESTS': int(sys.argv[2]), 'CONCURRENT_REQUESTS_PER_DOMAIN': int(sys.argv[2]), 'DOWNLOAD_DELAY': 0,
                    'ROBOTSTXT_OBEY': False, 'RETRY_ENABLED': False, 'COOKIES_ENABLED': False, 'LOG_ENABLED': False,
                    'TELNETCONSOLE_ENABLED': False, 'HTTPPROXY_ENABLED': False, 'REDIRECT_ENABLED': False})
p.crawl(Spider)
p.start()
print('{"pages": %d}' % GOT[0])

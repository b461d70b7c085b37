"""inspect url --base: all of crawler-commons' cases."""
from url_wpt import check

check('url_crawlercommons_resolve.jsonl')

-- A capture that was judged before brings nothing, but its page must not stay
-- due: arrays, an item a page; $3 when next. Where it was that capture which
-- set the next visit (a commit whose answer was lost), it stays: $4 when it was
-- fetched.
UPDATE dateline_store.page p SET next_fetch_at = x.next
FROM unnest($1::bigint[], $2::uuid[], $3::timestamptz[], $4::timestamptz[])
	x(host, url, next, at)
WHERE p.host_key = x.host AND p.url_key = x.url
	AND p.next_fetch_at <= x.at

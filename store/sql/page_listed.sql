-- A feed or sitemap gives page $1 the time $2, now $3: if that is later than
-- any it gave before and than what the page said itself, the page is due; but
-- where such times were of nothing, the later after the last visit, the more
-- they were (2, 4, 8 minutes ... 6 days). The operator's interval goes before.
UPDATE dateline_store.page p SET listed_at = $2,
	next_fetch_at = CASE WHEN news THEN $3 ELSE p.next_fetch_at END,
	next_reason = CASE WHEN news THEN 'listed' ELSE p.next_reason END
FROM (SELECT o.every_s IS NULL AND q.listed_at IS NOT NULL
		AND q.last_fetch_at IS NOT NULL AND q.failures = 0
		AND $2 > coalesce(q.shown_updated_at, q.listed_at)
		AND coalesce(q.next_fetch_at > $3, true) AS news
	FROM dateline_store.page q
	JOIN dateline_store.outlet o ON o.outlet_id = q.outlet_id
	WHERE q.url_key = $1 AND q.kind = 'page'
		AND NOT q.paused
		AND coalesce(q.listed_at < $2, true)
		AND coalesce($3 >= q.last_fetch_at + interval '2 minutes'
			* 2 ^ least(q.listed_idle, 12), true)) due
WHERE p.url_key = $1 AND p.kind = 'page'

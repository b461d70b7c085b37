-- What has waited for over an hour, what is refused, who has no zone.
SELECT (SELECT count(*) FROM dateline_store.page WHERE NOT paused
		AND next_fetch_at < dateline_store.clock() - interval '1 hour'),
	(SELECT count(*) FROM dateline_store.page WHERE kind IN ('source', 'feed')),
	(SELECT count(*) FROM dateline_store.quarantine),
	(SELECT count(*) FROM dateline_store.outlet WHERE operator AND zone IS NULL),
	(SELECT count(*) FROM dateline_store.outlet WHERE operator)

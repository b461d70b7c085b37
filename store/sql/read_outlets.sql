SELECT v.outlet, v.host, v.zone, v.pages, v.stories, v.last_success_at,
	v.failures_24h, v.quiet, o.paused
FROM dateline.outlets v
JOIN dateline_store.outlet o ON o.name = v.outlet ORDER BY v.outlet

-- Arrays, an item an event, in their order. The ids are drawn here, under the
-- judging lock: their order is commit's.
INSERT INTO dateline_store.event (event_id, kind, story_id, version, url,
	outlet, occurred_at, observed_at, recorded_at, headline, detail)
SELECT nextval('dateline_store.event_id'), x.kind, x.story, x.version, x.url,
	(SELECT name FROM dateline_store.outlet o
		WHERE o.outlet_id = x.outlet), x.occurred, x.observed,
	dateline_store.clock(), x.headline, x.detail::jsonb
FROM unnest($1::text[], $2::bigint[], $3::int[], $4::text[], $5::bigint[],
	$6::timestamptz[], $7::timestamptz[], $8::text[], $9::text[])
	x(kind, story, version, url, outlet, occurred, observed, headline, detail)

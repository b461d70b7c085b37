-- An event of merge or split; answers its id, which names the merge. $6, $7:
-- the verdict's reason and score, null where it was done by hand. $8: the URLs
-- of a split's pages; $9 to $11: versions that it took along, or null.
INSERT INTO dateline_store.event (event_id, kind, story_id, observed_at,
	recorded_at, headline, detail)
SELECT nextval('dateline_store.event_id'), $1, $2, $3, $12,
	$4, jsonb_build_object('story', $5::bigint) || CASE
	WHEN $6::text IS NULL THEN jsonb_build_object('by', 'hand')
	ELSE jsonb_build_object('by', 'verdict', 'reason', $6::text,
		'score', round($7::numeric, 3)) END
	|| CASE WHEN $8::text[] IS NULL THEN '{}'::jsonb
		ELSE jsonb_build_object('pages', to_jsonb($8::text[])) END
	|| CASE WHEN $9::bigint[] IS NULL THEN '{}'::jsonb
		ELSE jsonb_build_object('versions', (SELECT jsonb_agg(
			jsonb_build_object('from', x.f, 'to', x.t) || CASE
			WHEN x.f = ANY ($11::bigint[]) THEN '{}'::jsonb
			ELSE '{"stays": true}' END ORDER BY x.t)
			FROM unnest($9::bigint[], $10::bigint[]) x(f, t))) END
RETURNING event_id

-- An event of merge or split; answers its id, which names the merge. $6, $7:
-- the verdict's reason and score, null where it was done by hand. $8: the URLs
-- of a split's pages; $9, $10: versions that it took along; $11, $12: those that
-- are no more in the old story, with the number of the copy in the new one or 0;
-- $13: those of the new story that the old one keeps a copy of.
INSERT INTO dateline_store.event (event_id, kind, story_id, observed_at,
	recorded_at, headline, detail)
SELECT nextval('dateline_store.event_id'), $1, $2, $3, $14,
	$4, jsonb_build_object('story', $5::bigint) || CASE
	WHEN $6::text IS NULL THEN jsonb_build_object('by', 'hand')
	ELSE jsonb_build_object('by', 'verdict', 'reason', $6::text,
		'score', round($7::numeric, 3)) END
	|| CASE WHEN $8::text[] IS NULL THEN '{}'::jsonb
		ELSE jsonb_build_object('pages', to_jsonb($8::text[])) END
	|| (SELECT CASE WHEN count(*) = 0 THEN '{}'::jsonb
		ELSE jsonb_build_object('versions', jsonb_agg(CASE
			WHEN x.t = 0 THEN jsonb_build_object('from', x.f)
			ELSE jsonb_build_object('from', x.f, 'to', x.t) END
			|| CASE WHEN x.f = ANY ($11::bigint[]) THEN '{}'::jsonb
			ELSE '{"stays": true}' END ORDER BY x.t, x.f)) END
		FROM (SELECT f, t FROM unnest($9::bigint[], $10::bigint[]) a(f, t)
			UNION ALL
			SELECT f, t FROM unnest($11::bigint[], $12::bigint[]) b(f, t)
			WHERE f <> ALL (coalesce($9::bigint[], '{}'))) x)
	|| CASE WHEN $13::bigint[] IS NULL THEN '{}'::jsonb
		ELSE jsonb_build_object('keeps', to_jsonb($13::bigint[])) END
RETURNING event_id

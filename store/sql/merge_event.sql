-- An event of merge or split; answers its id, which names the merge. $6, $7:
-- the verdict's reason and score, null where it was done by hand.
INSERT INTO dateline_store.event (event_id, kind, story_id, observed_at,
	recorded_at, headline, detail)
SELECT nextval('dateline_store.event_id'), $1, $2, $3, $8, $4,
	jsonb_build_object('story', $5::bigint) || CASE WHEN $6::text IS NULL
	THEN '{}'::jsonb ELSE jsonb_build_object('by', 'verdict', 'reason',
	$6::text, 'score', round($7::numeric, 3)) END
RETURNING event_id

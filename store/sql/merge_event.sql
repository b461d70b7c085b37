-- An event of merge or split; answers its id, which names the merge.
INSERT INTO dateline_store.event (event_id, kind, story_id, observed_at,
	recorded_at, headline, detail)
SELECT nextval('dateline_store.event_id'), $1, $2, $3, $3, $4,
	jsonb_build_object('story', $5::bigint)
RETURNING event_id

-- $6, $7: the verdict's reason and score, null where it was done by hand.
INSERT INTO dateline_store.merge (story_id, merge_id, into_id, status, by_whom,
	reason, score)
VALUES ($1, $2, $3, $4, $5, $6, $7)

-- Of texts $1; and notes $2 in stories $3.
UPDATE dateline_store.version v SET note = NULL,
	byline = CASE WHEN v.text_hash = ANY ($1) THEN '{}' ELSE v.byline END,
	place = CASE WHEN v.text_hash = ANY ($1) THEN NULL ELSE v.place END
WHERE v.text_hash = ANY ($1) OR (v.note = ANY ($2) AND v.story_id IN
	(SELECT story_id FROM dateline_store.story WHERE root = ANY ($3)))

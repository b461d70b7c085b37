-- Of pages $1 (URLs), and with titles $2 or notes $3 in stories $4.
UPDATE dateline_store.event e SET headline = NULL, detail = e.detail - 'note'
WHERE (e.headline IS NOT NULL OR e.detail ? 'note') AND (e.url = ANY ($1)
	OR ((e.headline = ANY ($2) OR e.detail->>'note' = ANY ($3))
	AND e.shown_in IN (SELECT story_id FROM dateline_store.story
		WHERE root = ANY ($4))))

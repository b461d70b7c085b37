-- Was either of stories $1, $2 (or of what was merged into them) split from the
-- other by hand? That binds.
SELECT EXISTS (SELECT 1 FROM dateline_store.story_root r
	JOIN dateline_store.event e ON e.story_id = r.story_id
		AND e.kind = 'split'
	JOIN dateline_store.story_root o
		ON o.story_id = (e.detail ->> 'story')::bigint
	WHERE r.root IN ($1, $2) AND o.root IN ($1, $2) AND o.root <> r.root)

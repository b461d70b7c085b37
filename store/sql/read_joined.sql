-- Merges and splits inside and between the families of stories $1 and $2, in the
-- order of their commits: which story took in, or gave away, which other, and
-- whose today both are. by is null where it was done by hand. For explain.
SELECT e.kind, s.story_id, o.story_id, s.root, o.root, e.observed_at,
	nullif(e.detail ->> 'by', 'hand'), (e.detail ->> 'score')::double precision,
	e.detail ->> 'reason', e.event_id
FROM dateline_store.story s
JOIN dateline_store.event e ON e.story_id = s.story_id
	AND e.kind IN ('merged', 'split')
JOIN dateline_store.story o ON o.story_id = (e.detail ->> 'story')::bigint
WHERE s.root IN (SELECT root FROM dateline_store.story
		WHERE story_id IN ($1, $2))
	AND o.root IN (SELECT root FROM dateline_store.story
		WHERE story_id IN ($1, $2))
ORDER BY e.event_id

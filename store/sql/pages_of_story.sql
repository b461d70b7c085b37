-- The pages of story $1 and its family; last: it was never in another.
SELECT g.host_key, g.url_key, g.url, g.forgotten_at IS NOT NULL,
	NOT EXISTS (SELECT FROM dateline_store.posting q
		JOIN dateline_store.story o ON o.story_id = q.story_id
		WHERE q.url_key = g.url_key AND o.root <> $1)
FROM (SELECT DISTINCT p.host_key, p.url_key FROM dateline_store.posting p
	JOIN dateline_store.story s ON s.story_id = p.story_id
	WHERE s.root = $1) p
JOIN dateline_store.page g
	ON g.host_key = p.host_key AND g.url_key = p.url_key
ORDER BY g.url

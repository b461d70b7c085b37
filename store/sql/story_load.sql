-- $1: any stories' ids. The survivor's row of each; the last column is the id.
SELECT s.story_id, s.status, s.outlet_id, s.next_version, s.visited_at,
	s.first_url, a.story_id
FROM dateline_store.story a
JOIN dateline_store.story s ON s.story_id = a.root
WHERE a.story_id = ANY ($1::bigint[])
ORDER BY a.story_id

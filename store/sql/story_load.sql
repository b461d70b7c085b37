-- $1: any story's id. The survivor's row.
SELECT s.story_id, s.status, s.outlet_id, s.next_version, s.visited_at,
	s.first_url
FROM dateline_store.story a
JOIN dateline_store.story s ON s.story_id = coalesce(a.merged_into, a.story_id)
WHERE a.story_id = $1

-- The survivor's come first: a text known on both sides carries its version.
SELECT t.text_hash, t.version_of, t.version, t.title, t.summary, t.body,
	t.revision, t.story_id
FROM dateline_store.story s
JOIN dateline_store.text t ON t.story_id = s.story_id
WHERE s.story_id = $1 OR s.merged_into = $1
ORDER BY s.story_id <> $1, s.story_id, t.text_hash

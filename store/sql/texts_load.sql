-- The survivor's come first: a text known on both sides carries its version.
SELECT t.text_hash, t.version_of, t.version, t.title, t.summary, t.body,
	t.revision, s.root, t.story_id
FROM dateline_store.story s
JOIN dateline_store.text t ON t.story_id = s.story_id
WHERE s.root = ANY ($1::bigint[])
ORDER BY s.root, s.story_id <> s.root, s.story_id, t.text_hash

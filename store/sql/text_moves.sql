-- A text that opened a version belongs to that from then on.
UPDATE dateline_store.text SET version_of = $3, version = $4
WHERE story_id = $1 AND text_hash = $2

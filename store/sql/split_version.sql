-- Version ($1, $2), which no page carries any more, goes with its texts.
WITH a AS (
	DELETE FROM dateline_store.version_return
	WHERE story_id = $1 AND version = $2
), b AS (
	DELETE FROM dateline_store.text WHERE version_of = $1 AND version = $2
), c AS (
	DELETE FROM dateline_store.version_map
	WHERE story_id = $1 AND version = $2
), d AS (
	DELETE FROM dateline_store.sketch WHERE story_id = $1 AND version = $2
)
DELETE FROM dateline_store.version WHERE story_id = $1 AND version = $2

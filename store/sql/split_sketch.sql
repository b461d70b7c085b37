-- Version ($1, $2), taken along by a split, is found by the sketch of ($3, $4).
INSERT INTO dateline_store.sketch (hash, effective_at, story_id, version)
SELECT hash, effective_at, $1, $2 FROM dateline_store.sketch
WHERE story_id = $3 AND version = $4

INSERT INTO dateline_store.sketch (hash, effective_at, story_id, version)
SELECT h, $2, $3, $4 FROM unnest($1::bigint[]) h ON CONFLICT DO NOTHING

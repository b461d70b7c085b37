INSERT INTO dateline_store.sentence (hash, outlet_id, story_id)
SELECT DISTINCT h, $2::bigint, $3::bigint FROM unnest($1::bigint[]) h
ON CONFLICT DO NOTHING

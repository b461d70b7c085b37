-- Versions of stories $2 take part in no merge from $1 on.
DELETE FROM dateline_store.version_map
WHERE story_id = ANY ($2::bigint[]) AND merge_id >= $1

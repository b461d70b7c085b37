INSERT INTO dateline_store.forgotten_text (text_hash, forgotten_at)
SELECT unnest($1::uuid[]), $2 ON CONFLICT DO NOTHING

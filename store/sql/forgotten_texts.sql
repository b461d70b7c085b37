SELECT text_hash FROM dateline_store.forgotten_text WHERE text_hash = ANY ($1)

-- When something is due next; null: never.
SELECT min(p.next_fetch_at) FROM dateline_store.page p WHERE NOT p.paused

DELETE FROM dateline_store.quarantine
WHERE input = ANY ($1) OR url = ANY ($1) OR body_hash = ANY ($2)

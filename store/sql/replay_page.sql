UPDATE dateline_store.page SET body_revision = $3
WHERE url_key = $1 AND body_hash = $2

-- $1 url_key belongs to story $2 by the verdict.
UPDATE dateline_store.page SET story_id = $2 WHERE url_key = $1

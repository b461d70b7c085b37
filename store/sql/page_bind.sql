-- $1 url_key belongs to story $2 by hand.
UPDATE dateline_store.page SET story_id = $2, bound_story_id = $2
WHERE url_key = $1

-- A page that was due and not asked for, since its host rests: $1 host_key,
-- $2 url_key, $3 until when.
UPDATE dateline_store.page SET next_fetch_at = $3, next_reason = 'rests'
WHERE host_key = $1 AND url_key = $2 AND next_fetch_at < $3

-- A capture that was judged before brings nothing, but its page must not stay
-- due: $3 when next. Where it was that capture which set the next visit (a
-- commit whose answer was lost), it stays: $4 when it was fetched.
UPDATE dateline_store.page SET next_fetch_at = $3
WHERE host_key = $1 AND url_key = $2 AND next_fetch_at <= $4

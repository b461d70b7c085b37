-- $1 host_key; what the host is owed comes with it.
UPDATE dateline_store.host SET fence = fence + 1 WHERE host_key = $1
RETURNING asked_at, next_ask_at, rest_failures, rest_code, rest_why, fence,
	operator

SELECT asked_at, next_ask_at, rest_failures, rest_code, rest_why
FROM dateline_store.host WHERE host_key = $1

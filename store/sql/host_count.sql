UPDATE dateline_store.host SET requests = requests + 1,
	not_modified = not_modified + $2::int, refusals = refusals + $3::int
WHERE host_key = $1

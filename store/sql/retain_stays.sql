UPDATE dateline_store.body SET warc_file = NULL, warc_offset = NULL,
	warc_id = NULL, warc_url = NULL, warc_digest = NULL
WHERE warc_file = $1

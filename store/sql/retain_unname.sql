UPDATE dateline_store.capture SET warc_file = NULL, warc_offset = NULL
WHERE warc_file = $1

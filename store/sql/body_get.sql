SELECT zstd, bytes, content_type, warc_file, warc_offset
FROM dateline_store.body WHERE host_key = $1 AND body_hash = $2

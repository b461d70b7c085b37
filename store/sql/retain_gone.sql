-- File $1 is no more: bytes that lay in it alone are gone.
DELETE FROM dateline_store.body WHERE warc_file = $1 AND zstd IS NULL

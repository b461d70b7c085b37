SELECT tdm FROM dateline_store.host
WHERE host_key = $1 AND tdm_at IS NOT NULL

SELECT operator FROM dateline_store.host WHERE host_key = $1

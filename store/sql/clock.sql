SELECT dateline_store.clock(), (SELECT scripted FROM dateline_store.instance)

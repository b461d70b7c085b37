SELECT EXISTS (SELECT FROM dateline_store.forgotten_text)

-- What was refused once is no more.
DELETE FROM dateline_store.quarantine WHERE quarantine_id = $1

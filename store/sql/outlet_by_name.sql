SELECT outlet_id FROM dateline_store.outlet WHERE name = $1

UPDATE dateline_store.outlet SET paused = $2 WHERE name = $1 RETURNING name

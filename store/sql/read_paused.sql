-- What is left alone: which kind, name.
SELECT 'outlet', name FROM dateline_store.outlet WHERE paused
UNION ALL SELECT 'host', authority FROM dateline_store.host WHERE paused
ORDER BY 1, 2

-- Some hosts that the operator added, to look their names up.
SELECT authority FROM dateline_store.host WHERE operator
	AND authority NOT LIKE '%.test' ORDER BY authority LIMIT 3

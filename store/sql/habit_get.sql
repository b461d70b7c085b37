-- What an outlet's pages taught: $1 outlet_id.
SELECT sums::text[], threshold, requests, since
FROM dateline_store.habit WHERE outlet_id = $1

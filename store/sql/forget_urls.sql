-- Where pages $1 led, and since when they are known.
SELECT DISTINCT final_url, min(fetched_at) OVER ()
FROM dateline_store.capture WHERE url_key = ANY ($1)

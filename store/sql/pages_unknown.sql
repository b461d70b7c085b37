-- Which of $1 host_keys and $2 url_keys, side by side, are no pages yet: their
-- places, from 1.
SELECT x.i FROM unnest($1::bigint[], $2::uuid[]) WITH ORDINALITY AS x(h, k, i)
LEFT JOIN dateline_store.page p ON p.host_key = x.h AND p.url_key = x.k
WHERE p.url_key IS NULL ORDER BY x.i

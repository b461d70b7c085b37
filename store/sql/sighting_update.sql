-- $3: the row's first_seen_at as stored, $4: as it is now. $12: is there an
-- article of this fetch, whose byline, place, credit, note and time count?
UPDATE dateline_store.sighting SET first_seen_at = $4, last_seen_at = $5,
	text_hash = $6, coverage = $7, flips = $8, pending = $9,
	changed_at = $10, note = $11,
	byline = CASE WHEN $12 THEN $13 ELSE byline END,
	credit = CASE WHEN $12 THEN $14 ELSE credit END,
	place = CASE WHEN $12 THEN $15 ELSE place END,
	updated_at = CASE WHEN $12 THEN $16 ELSE updated_at END,
	updated_raw = CASE WHEN $12 THEN $17 ELSE updated_raw END,
	zone_known = CASE WHEN $12 THEN $18 ELSE zone_known END
WHERE story_id = $1 AND url_key = $2 AND first_seen_at = $3

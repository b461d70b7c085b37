-- Arrays, an item a stretch. $3: the row's first_seen_at as stored, $4: as it
-- is now; what a merge made of the stretch moves along. $12: is there an article
-- of this fetch, whose byline, place, credit, note and time count?
WITH x AS (
	SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::timestamptz[],
		$4::timestamptz[], $5::timestamptz[], $6::uuid[], $7::real[],
		$8::int[], $9::bool[], $10::timestamptz[], $11::text[],
		$12::bool[], $13::text[], $14::text[], $15::text[],
		$16::timestamptz[], $17::text[], $18::bool[])
		x(story, url, stored, first, last, text, coverage, flips,
		pending, changed, note, art, byline, credit, place, updated,
		raw, zone)
), moved AS (
	UPDATE dateline_store.sighting_map m SET first_seen_at = x.first
	FROM x WHERE x.first <> x.stored AND m.story_id = x.story
	AND m.url_key = x.url AND m.first_seen_at = x.stored
)
UPDATE dateline_store.sighting s SET first_seen_at = x.first,
	last_seen_at = x.last, text_hash = x.text, coverage = x.coverage,
	flips = x.flips, pending = x.pending, changed_at = x.changed,
	note = x.note,
	byline = CASE WHEN x.art THEN x.byline::text[] ELSE s.byline END,
	credit = CASE WHEN x.art THEN x.credit ELSE s.credit END,
	place = CASE WHEN x.art THEN x.place ELSE s.place END,
	updated_at = CASE WHEN x.art THEN x.updated ELSE s.updated_at END,
	updated_raw = CASE WHEN x.art THEN x.raw ELSE s.updated_raw END,
	zone_known = CASE WHEN x.art THEN x.zone ELSE s.zone_known END
FROM x
WHERE s.story_id = x.story AND s.url_key = x.url
	AND s.first_seen_at = x.stored

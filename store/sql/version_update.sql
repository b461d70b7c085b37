-- Arrays, an item a version.
UPDATE dateline_store.version v SET effective_at = x.effective,
	first_seen_at = x.first, last_seen_at = x.last, change_kind = x.kind,
	note = x.note, text_hash = x.text,
	words = CASE WHEN v.text_hash = x.text THEN v.words ELSE x.words END,
	words_added = x.added, words_removed = x.removed
FROM unnest($1::bigint[], $2::int[], $3::timestamptz[], $4::timestamptz[],
	$5::timestamptz[], $6::text[], $7::text[], $8::uuid[], $9::int[],
	$10::int[], $11::int[])
	x(story, version, effective, first, last, kind, note, text, words,
	added, removed)
WHERE v.story_id = x.story AND v.version = x.version

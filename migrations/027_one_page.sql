-- A page is one URL key, whatever host its URL was spelt with. Its rows lie
-- under one host_key (page, capture, judged, body, rights): that of the spelling
-- that came first. Where there are two rows of kind 'page', as in databases of
-- before or by two enrolments at once, this makes one of them: the one that is
-- due, else the first. Its URL stands in all of them from then on; what was judged
-- stays as it was. Lists, fronts and policies are told apart by host as well.
-- The judging lock must be held.
CREATE FUNCTION dateline_store.fold_page(key uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
	home bigint;
	others bigint[];
	named text;		-- the page's URL ...
	names text[];		-- ... and those that are no longer
BEGIN
	SELECT g.host_key, g.url INTO home, named FROM dateline_store.page g
	WHERE g.url_key = key AND g.kind = 'page'
	ORDER BY g.next_fetch_at IS NOT NULL AND NOT g.paused DESC,
		g.enrolled_at, g.host_key LIMIT 1;
	SELECT array_agg(g.host_key), array_agg(g.url) INTO others, names
	FROM dateline_store.page g
	WHERE g.url_key = key AND g.kind = 'page' AND g.host_key <> home;
	IF others IS NULL THEN
		RETURN;
	END IF;

	INSERT INTO dateline_store.body (host_key, body_hash, zstd, bytes,
		content_type, first_at, warc_file, warc_offset, warc_id,
		warc_url, warc_digest)
	SELECT home, b.body_hash, b.zstd, b.bytes, b.content_type, b.first_at,
		b.warc_file, b.warc_offset, b.warc_id, b.warc_url, b.warc_digest
	FROM dateline_store.body b
	WHERE b.host_key = ANY (others) AND b.body_hash IN (
		SELECT c.body_hash FROM dateline_store.capture c
			WHERE c.url_key = key AND c.host_key = ANY (others)
		UNION SELECT g.body_hash FROM dateline_store.page g
			WHERE g.url_key = key)
	ON CONFLICT DO NOTHING;

	WITH x AS (
		DELETE FROM dateline_store.judged j
		USING dateline_store.capture c
		WHERE c.url_key = key AND c.host_key = ANY (others)
			AND j.host_key = c.host_key
			AND j.capture_id = c.capture_id
		RETURNING j.capture_id, j.body_hash
	)
	INSERT INTO dateline_store.judged (host_key, capture_id, body_hash)
	SELECT home, x.capture_id, x.body_hash FROM x ON CONFLICT DO NOTHING;

	WITH x AS (
		DELETE FROM dateline_store.rights
		WHERE url_key = key AND host_key = ANY (others) RETURNING *
	)
	INSERT INTO dateline_store.rights (host_key, capture_id, url_key,
		fetched_at, said_by, noindex, noarchive, nosnippet,
		max_snippet, unavailable_after, noai, noimageai, tdm_reserved,
		tdm_policy, obeyed)
	SELECT home, x.capture_id, x.url_key, x.fetched_at, x.said_by,
		x.noindex, x.noarchive, x.nosnippet, x.max_snippet,
		x.unavailable_after, x.noai, x.noimageai, x.tdm_reserved,
		x.tdm_policy, x.obeyed
	FROM x ON CONFLICT DO NOTHING;

	WITH x AS (
		DELETE FROM dateline_store.capture
		WHERE url_key = key AND host_key = ANY (others) RETURNING *
	)
	INSERT INTO dateline_store.capture (host_key, capture_id, url_key,
		fetched_at, outcome, http_status, code, bytes, duration_ms,
		body_hash, text_hash, extractor, final_url, warc_file,
		warc_offset)
	SELECT home, x.capture_id, x.url_key, x.fetched_at, x.outcome,
		x.http_status, x.code, x.bytes, x.duration_ms, x.body_hash,
		x.text_hash, x.extractor, x.final_url, x.warc_file,
		x.warc_offset
	FROM x ON CONFLICT DO NOTHING;

	-- what judging goes on from is of the row that showed a text last
	UPDATE dateline_store.page p SET
		external_id = coalesce(p.external_id, l.external_id),
		enrolled_at = s.enrolled, last_fetch_at = s.fetched,
		visits = s.visits, changes = s.changes,
		changed_at = s.changed,
		last_outcome = l.last_outcome, last_code = l.last_code,
		last_message = l.last_message, failures = l.failures,
		canonical_key = coalesce(l.canonical_key, p.canonical_key),
		story_id = l.story_id, bound_story_id = coalesce(
			l.bound_story_id, p.bound_story_id),
		shown_updated_at = l.shown_updated_at,
		held_hash = l.held_hash, held_at = l.held_at,
		missed_at = l.missed_at, body_hash = l.body_hash,
		body_revision = l.body_revision,
		forgotten_at = s.forgotten,
		paused = p.paused OR s.forgotten IS NOT NULL,
		next_fetch_at = CASE WHEN s.forgotten IS NULL
			THEN p.next_fetch_at END
	FROM (SELECT g.* FROM dateline_store.page g
			WHERE g.url_key = key AND g.kind = 'page'
			ORDER BY g.story_id IS NULL,
				g.last_fetch_at DESC NULLS LAST,
				g.host_key LIMIT 1) l,
		(SELECT min(g.enrolled_at) AS enrolled,
			max(g.last_fetch_at) AS fetched,
			sum(g.visits) AS visits, sum(g.changes) AS changes,
			max(g.changed_at) AS changed,
			min(g.forgotten_at) AS forgotten
		FROM dateline_store.page g
		WHERE g.url_key = key AND g.kind = 'page') s
	WHERE p.host_key = home AND p.url_key = key;
	DELETE FROM dateline_store.page
	WHERE url_key = key AND host_key = ANY (others);

	UPDATE dateline_store.posting SET host_key = home, url = named
	WHERE url_key = key;
	UPDATE dateline_store.story SET first_url = named
	WHERE first_url = ANY (names) AND story_id IN (
		SELECT o.story_id FROM dateline_store.posting o
		WHERE o.url_key = key);
	UPDATE dateline_store.event SET url = named WHERE url = ANY (names);
END $$;
REVOKE ALL ON FUNCTION dateline_store.fold_page(uuid) FROM PUBLIC;
DO $$
DECLARE
	key uuid;
BEGIN
	IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'dateline_ingest') THEN
		GRANT EXECUTE ON FUNCTION dateline_store.fold_page(uuid)
			TO dateline_ingest;
	END IF;
	PERFORM pg_advisory_xact_lock(49060312); -- the judging lock
	FOR key IN SELECT g.url_key FROM dateline_store.page g
		WHERE g.kind = 'page'
		GROUP BY g.url_key HAVING count(*) > 1 LOOP
		PERFORM dateline_store.fold_page(key);
	END LOOP;
END $$;

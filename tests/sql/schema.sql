-- The schema as the contract has it: columns of the views, the judging clock,
-- partitions by month.
\set ON_ERROR_STOP 1
CREATE TEMP TABLE want (view text, columns text);
INSERT INTO want VALUES
('stories', 'story_id,status,merged_into,headline,credit,place,language,created_at,updated_at,first_seen_at,last_seen_at,head_version,versions,postings,outlets,corrections'),
('versions', 'story_id,version,origin_story_id,origin_version,headline,summary,body,byline,credit,place,created_at,updated_at,effective_at,first_seen_at,last_seen_at,words,content_hash,previous_version,change_kind,words_added,words_removed,stealth,note'),
('postings', 'story_id,url,external_id,outlet,version,text_hash,headline,coverage,stale,first_seen_at,last_seen_at,status,match_score,match_reason'),
('sightings', 'story_id,url,outlet,version,text_hash,headline,coverage,first_seen_at,last_seen_at,flips,stealth'),
('events', 'event_id,kind,story_id,story_id_now,version,url,outlet,occurred_at,observed_at,recorded_at,headline,detail'),
('pages', 'url,outlet,kind,next_fetch_at,last_fetch_at,last_outcome,interval_s,failures,changes,visits'),
('captures', 'capture_id,url,fetched_at,outcome,http_status,bytes,duration_ms,body_hash,extractor,warc_file,warc_offset'),
('outlets', 'outlet,host,zone,pages,stories,last_success_at,failures_24h,quiet'),
('quarantine', 'input,stage,code,message,at');
DO $$
DECLARE r record;
BEGIN
	FOR r IN SELECT w.view, w.columns AS want, (SELECT string_agg(a.attname, ',' ORDER BY a.attnum)
		FROM pg_attribute a WHERE a.attrelid = ('dateline.' || w.view)::regclass AND a.attnum > 0) AS got
		FROM want w LOOP
		IF r.want IS DISTINCT FROM r.got THEN
			RAISE 'view %: want % got %', r.view, r.want, r.got;
		END IF;
	END LOOP;
END $$;
SET dateline.clock = '2026-03-10T08:00:00Z';
DO $$ BEGIN
	ASSERT dateline_store.clock() = '2026-03-10T08:00:00Z';
	PERFORM dateline_store.make_partition('sketch', '1987-02-26T15:01:01Z');
	PERFORM dateline_store.make_partition('sketch', '1987-02-01T00:00:00Z');
	ASSERT to_regclass('dateline_store.sketch_198702') IS NOT NULL;
	BEGIN
		PERFORM dateline_store.make_partition('event', now());
		RAISE 'a partition of another table was made';
	EXCEPTION WHEN raise_exception THEN
		ASSERT sqlerrm LIKE 'no partitioned table%';
	END;
END $$;

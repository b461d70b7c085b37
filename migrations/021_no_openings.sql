-- How many stories of the outlet have a sentence says by itself whether it is a
-- line of the outlet (decision 0100): which of them it opened is not asked.
DELETE FROM dateline_store.sentence s WHERE s.opens AND EXISTS (
	SELECT FROM dateline_store.sentence n WHERE n.hash = s.hash
	AND n.outlet_id = s.outlet_id AND n.story_id = s.story_id AND NOT n.opens);
ALTER TABLE dateline_store.sentence DROP CONSTRAINT sentence_pkey;
ALTER TABLE dateline_store.sentence DROP COLUMN opens;
ALTER TABLE dateline_store.sentence ADD PRIMARY KEY (hash, outlet_id, story_id);

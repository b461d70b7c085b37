-- Which sentences opened a text of the outlet in that story: a lead that a
-- round-up or a side-bar brings once more is no boilerplate. Of what was stored
-- before nothing is known to be one. Asked by opens before story.
ALTER TABLE dateline_store.sentence ADD COLUMN opens boolean NOT NULL DEFAULT false;
ALTER TABLE dateline_store.sentence DROP CONSTRAINT sentence_pkey;
ALTER TABLE dateline_store.sentence ADD PRIMARY KEY (hash, outlet_id, opens, story_id);

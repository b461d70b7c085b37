-- A page that is visited may show nothing that is recorded: a miss, a cut that is
-- held. Its texts are near in time all the same, as long as somebody looks.
ALTER TABLE dateline_store.posting ADD COLUMN visited_at timestamptz;
COMMENT ON COLUMN dateline_store.posting.visited_at IS
	'last visit that showed nothing to record, where no stretch is later';

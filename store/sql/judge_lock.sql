-- The judging lock (timeline.md, "Times and order"): one writer from candidate
-- lookup to commit. The number is Dateline's own, of no meaning.
SELECT pg_advisory_xact_lock(49060312)

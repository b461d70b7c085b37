-- How many lists (feeds, sitemaps, their indexes) lie between a page and what
-- the operator added: lists within lists end (crawler/trap.h).
ALTER TABLE dateline_store.page ADD COLUMN depth integer NOT NULL DEFAULT 0;

-- A host's lists are few beside its pages.
CREATE INDEX page_lists ON dateline_store.page (host_key)
	WHERE kind <> 'page';

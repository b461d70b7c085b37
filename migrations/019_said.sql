-- What a page's last visit was told, in words: which rule refused it, who said
-- noindex. null: nothing.
ALTER TABLE dateline_store.page ADD COLUMN last_message text;

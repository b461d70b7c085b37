-- Merges by the verdict say why.
ALTER TABLE dateline_store.merge ADD COLUMN reason text;
ALTER TABLE dateline_store.merge ADD COLUMN score real;

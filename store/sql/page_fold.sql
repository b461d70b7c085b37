-- One row is made of those that page $1 has.
SELECT dateline_store.fold_page($1)

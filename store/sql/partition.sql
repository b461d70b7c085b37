SELECT dateline_store.make_partition($1, $2)

SELECT nextval('dateline_store.story_id')

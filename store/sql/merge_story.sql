-- $1 and all that was merged into it show as $2.
UPDATE dateline_store.story SET status = 'merged', merged_into = $2
WHERE story_id = $1 OR merged_into = $1

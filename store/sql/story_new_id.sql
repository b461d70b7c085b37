-- The next story's id: under the judging lock nobody else draws one.
SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END
FROM dateline_store.story_id

-- Versions of $1 (its family's) take the numbers of $2 from $3 on, in order.
-- $4 is the merge. What they were mapped to before stays, not current.
WITH moved AS (
	SELECT n.home, n.home_version, n.version,
		$3::int + row_number() OVER (ORDER BY n.version) - 1 AS number
	FROM dateline_store.version_now n WHERE n.story_id = $1
), old AS (
	UPDATE dateline_store.version_map m SET current = false
	FROM moved WHERE m.story_id = moved.home
		AND m.version = moved.home_version AND m.current
)
INSERT INTO dateline_store.version_map (story_id, version, merge_id, into_id,
	into_version, from_id, from_version, current)
SELECT home, home_version, $4, $2, number, $1, version, false FROM moved

SELECT story_id, version, headline, rank, snippet FROM dateline.search($1)
LIMIT $2

SELECT outlet, host, zone, pages, stories, last_success_at, failures_24h, quiet
FROM dateline.outlets ORDER BY outlet

SELECT input, stage, code, message, at FROM dateline.quarantine
ORDER BY at DESC, input LIMIT $1

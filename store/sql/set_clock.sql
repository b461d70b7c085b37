-- $1: the scripted time of this transaction.
SELECT set_config('dateline.clock', $1, true)

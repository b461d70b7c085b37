"""What the scripts beside it share: rows of ../shared/cases, runs of Dateline."""
import json
import os
import subprocess
import sys

DATELINE = os.environ.get('DATELINE', './dateline')
CASES = os.environ.get('CASES', '../shared/cases')


def rows(name):
    with open(os.path.join(CASES, name), encoding='utf-8') as f:
        return [json.loads(line) for line in f]


def lines(*args):
    """JSON lines of a run; NUL cannot be an argument."""
    raw = [a.encode('utf-8', 'surrogatepass') for a in args]
    if any(b'\0' in a for a in raw):
        return []
    out = subprocess.run([DATELINE.encode()] + raw, stdout=subprocess.PIPE, check=False)
    return [json.loads(line) for line in out.stdout.splitlines()]


def finish(name, good, bad, least=None):
    """Counts and what is wrong; exits 1 where fewer than least are right (None: any is wrong)."""
    total = good + len(bad)
    print(f'{name}: {good} of {total}')
    for b in bad:
        print('  ', *(ascii(x) for x in b))
    if good < (total if least is None else least):
        sys.exit(1)

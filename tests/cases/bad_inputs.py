"""Every extract row of make_bad_inputs.py: ends as its index says, within its
seconds and memory (these in a plain build alone). The best time of three runs
counts: a busy machine is not the program's fault."""
import json
import os
import subprocess
import sys
import tempfile
import time

from cases import CASES, DATELINE, finish

PLAIN = not os.environ.get('SANITIZED')


def run(path, out):
    """Exit code, seconds, MB, the line; memory is of the child alone: this process is small."""
    begun = time.monotonic()
    pid = os.posix_spawn(DATELINE, [DATELINE, 'extract', path], os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)])
    _, status, use = os.wait4(pid, 0)
    took = time.monotonic() - begun
    with open(out, encoding='utf-8', errors='strict') as f:
        return os.waitstatus_to_exitcode(status), took, use.ru_maxrss / 1024, f.read()


def fault(row, path, out):
    for last in (False, False, True):
        code, took, mb, text = run(path, out)
        got = json.loads(text)
        error = got.get('error', {}).get('code')
        if row['ok'] != 'either' and row['ok'] != (error is None):
            return f'ok is {error is None}'
        if error and error not in row['codes']:
            return f'code is {error}'
        if code != (4 if error else 0):
            return f'exit code is {code}'
        if '\0' in text or '\\u0000' in text:
            return 'there is a NUL'
        if PLAIN and mb > row['rss_mb']:
            return f'{mb:.0f} MB'
        if not PLAIN or took <= row['seconds']:
            return None
        if last:
            return f'{took:.1f} s'
    return None


def main():
    good, bad = 0, []
    with tempfile.TemporaryDirectory() as tmp:
        subprocess.run([sys.executable, os.path.join(CASES, 'make_bad_inputs.py'), tmp],
                       check=True, stdout=subprocess.DEVNULL)
        with open(os.path.join(tmp, 'index.jsonl'), encoding='utf-8') as f:
            index = [json.loads(line) for line in f]
        for row in index:
            if row['stage'] != 'extract' or 'file' not in row:
                continue
            why = fault(row, os.path.join(tmp, row['file']), os.path.join(tmp, 'out'))
            if why:
                bad.append((row['name'], row['expect'], why))
            else:
                good += 1
    finish('make_bad_inputs.py, extract', good, bad)


main()

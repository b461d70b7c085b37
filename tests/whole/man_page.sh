# The man page has an entry for each verb, whose first line names exactly the
# options that the verb's table has, and each code with its text.
set -eu
python3 - "$DATELINE" <<'PY'
import re, subprocess, sys
dateline = sys.argv[1]
def run(*args):
    return subprocess.run([dateline, *args], stdout=subprocess.PIPE, text=True, check=False).stdout
def options(text):
    return set(re.findall(r'^  --([a-z-]+)', text, re.M))
with open('docs/dateline.1', encoding='utf-8') as f:
    page = f.read()
page = re.sub(r'\\f[BRI]', '', page).replace('\\-', '-').replace('\\|', '')
sections = dict(re.findall(r'^\.SH ([A-Z ]+)\n(.*?)(?=^\.SH |\Z)', page, re.M | re.S))
entries = {}
for head in re.findall(r'^\.TP\n\.B (.*)', sections['VERBS'], re.M):
    words = head.split()
    name = ' '.join(words[:2]) if words[0] == 'inspect' else words[0]
    assert name not in entries, 'two entries: ' + name
    entries[name] = set(re.findall(r'--([a-z-]+)', head))
top = run('help')
verbs = [x.split()[0] for x in top.split('\nverbs\n')[1].splitlines()]
want = {v: options(run('help', v)) for v in verbs if v != 'inspect'}
for word in re.search(r'inspect (\S+)', run('help', 'inspect')).group(1).split('|'):
    want['inspect ' + word] = options(run('inspect', word, '--help'))
for name in sorted(want.keys() | entries.keys()):
    assert name in entries, 'no entry: ' + name
    assert name in want, 'no such verb: ' + name
    assert want[name] == entries[name], '%s: %s' % (name, sorted(want[name] ^ entries[name]))
assert options(top) == set(re.findall(r'--([a-z-]+)', sections['SYNOPSIS'])), 'global options'
with open('core/codes.def', encoding='utf-8') as f:
    codes = re.findall(r'^CODE\((\w+), "(.*)"\)$', f.read(), re.M)[1:]
told = re.findall(r'^\.TP\n\.B (\w+)\n(.*)\.$', sections['CODES'], re.M)
assert [(c, t.lower()) for c, t in codes] == [(c, t.lower()) for c, t in told], set(codes) ^ {(c, t) for c, t in told}
PY

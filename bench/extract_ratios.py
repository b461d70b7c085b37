"""extract_ratios.py DIR: the ratios of what tools/bench-extract measured, and
what they are held against."""
import json
import os
import sys


def read(name):
    path = os.path.join(sys.argv[1], name)
    if not os.path.exists(path):
        return {}
    with open(path, encoding='utf-8') as f:
        return {r['tool']: r for r in map(json.loads, f)}


def speed(rows, tool):
    return rows.get(tool, {}).get('pages_per_cpu_s')


every, alone, tenth, peers = map(read, ('all', 'alone', 'tenth', 'peers'))
print(f"CPU time, of a bare gumbo_parse's: {every['dateline']['of_gumbo_parse']:.3f} (at most .45)")
for tool, bar in (('trafilatura with metadata', ' (at least 10)'), ('resiliparse', '')):
    if speed(peers, tool):
        ratio = speed(tenth, 'dateline') / speed(peers, tool)
        print(f'pages a CPU second, times those of {tool}: {ratio:.1f}{bar}')
print(f"peak RSS: {alone['dateline']['peak_rss_mb']:.1f} MB (at most 64)")

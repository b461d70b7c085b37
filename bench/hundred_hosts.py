#!/usr/bin/env python3
"""hundred_hosts.py [--short] [--pages N] [--connections N]: the rate of 70 hosts, alone and beside 30 bad ones: 5 whose
name hangs, 5 that accept and say nothing, 10 that drip, 10 that reset. Every good page takes 50 ms. The crawler runs in
bench_fetch, hosts are addresses of 127.0.0.0/8. Prints both rates; exits 1 where the 70 lose 5 % or more."""
import argparse
import asyncio
import json
import os
import socket
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'tests', 'hostile'))
from names import Names

BODY = b'<p>page</p>' * 200
PAGE = b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n' % len(BODY) + BODY
LATENCY = .05


async def good(reader, writer):
    while await reader.readuntil(b'\r\n\r\n'):
        await asyncio.sleep(LATENCY)
        writer.write(PAGE)


async def hang(reader, writer):
    await reader.read()
    await reader.read()


async def drip(reader, writer):
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n')
    while not writer.is_closing():
        writer.write(b'x' * 20)  # over libcurl's limit of a slow one: it lasts until the time limit
        await asyncio.sleep(.1)
        await writer.drain()


async def reset(reader, writer):
    await reader.readuntil(b'\r\n\r\n')
    writer.get_extra_info('socket').setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))


async def talk(reader, writer):
    kind = int(writer.get_extra_info('sockname')[0].split('.')[2])
    try:
        await (good, hang, drip, reset)[kind](reader, writer)
    except (OSError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


async def measure(a, program):
    asyncio.get_running_loop().set_exception_handler(quiet)
    server = await asyncio.start_server(talk, '0.0.0.0', 0, backlog=1000)
    port = server.sockets[0].getsockname()[1]
    names = Names({'hang.test': None})
    urls = lambda hosts, n: ['http://%s:%d/%d' % (h, port, i) for i in range(n) for h in hosts]
    well = urls(['127.0.0.%d' % i for i in range(1, 71)], a.pages)
    bad = urls(['h%d.hang.test' % i for i in range(5)] + ['127.0.1.%d' % i for i in range(1, 6)]
               + ['127.0.%d.%d' % (k, i) for k in (2, 3) for i in range(1, 11)], a.pages)
    rates = {True: [], False: []}
    with tempfile.TemporaryDirectory() as tmp:
        for both in [False, True] * a.runs:
            path = os.path.join(tmp, 'urls')
            with open(path, 'w') as f:
                f.write('\n'.join(bad + well if both else well) + '\n')
            p = await asyncio.create_subprocess_exec(
                program, '-c', str(a.connections), '-t', '20000', '-r', '127.0.0.1:%d' % names.port, '-p', 'http://127.0.0.', path,
                stdout=subprocess.PIPE)
            out = json.loads((await p.communicate())[0])
            assert out['pages'] == len(well), out
            rates[both].append(out['rate'])
            print('%s: %.0f pages/s (%d pages of 70 hosts in %.2f s; %d outcomes of others)' % (
                'beside 30 bad' if both else 'alone', out['rate'], out['pages'], out['seconds'], out['others']), flush=True)
    names.close()
    return max(rates[False]), max(rates[True])


def quiet(loop, context):
    """Connections that are cut when it ends are no news."""


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--short', action='store_true')
    p.add_argument('--pages', type=int)
    p.add_argument('--connections', type=int, default=32)
    p.add_argument('--runs', type=int)
    p.add_argument('--tries', type=int, default=1)
    a = p.parse_args()
    a.pages = a.pages or (40 if a.short else 150)
    a.runs = a.runs or (1 if a.short else 3)
    program = os.path.abspath(os.environ.get('BENCH_FETCH', 'build/bench/bench_fetch'))
    for _ in range(a.tries):
        alone, beside = asyncio.run(measure(a, program))
        print('hundred hosts: 70 at %.0f pages/s alone, %.0f beside 30 that hang, drip or reset: %.1f %% less' % (
            alone, beside, 100 * (1 - beside / alone)))
        if beside > .95 * alone:
            return 0
    return 1


if __name__ == '__main__':
    sys.exit(main())

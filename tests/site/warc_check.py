#!/usr/bin/env python3
"""Are these WARC 1.1 files as the standard (ISO 28500:2017) has them?  Reads each
gzip member as one record: names, lengths, digests, ids, what revisits refer to.
Shares nothing with crawler/."""
import base64
import hashlib
import re
import sys
import zlib

NEEDED = {'warcinfo': [], 'metadata': ['warc-target-uri'],
          'response': ['warc-target-uri', 'warc-payload-digest'], 'revisit': ['warc-target-uri', 'warc-profile']}


def members(data):
    while data:
        z = zlib.decompressobj(31)
        out = z.decompress(data) + z.flush()
        assert z.eof, 'a member is cut short'
        yield out
        data = z.unused_data


def digest(b):
    return 'sha1:' + base64.b32encode(hashlib.sha1(b).digest()).decode()


def record(raw):
    head, rest = raw.split(b'\r\n\r\n', 1)
    lines = head.decode().split('\r\n')
    assert lines[0] == 'WARC/1.1', lines[0]
    f = {}
    for line in lines[1:]:
        name, value = line.split(': ', 1)
        assert name.lower() not in f, name
        f[name.lower()] = value
    n = int(f['content-length'])
    assert len(rest) == n + 4 and rest[n:] == b'\r\n\r\n', 'Content-Length'
    return f, rest[:n]


def main():
    ids, payloads, revisits, known = set(), {}, 0, 0
    for path in sys.argv[1:]:
        for i, raw in enumerate(members(open(path, 'rb').read())):
            f, block = record(raw)
            kind = f['warc-type']
            assert (kind == 'warcinfo') == (i == 0), kind
            for name in NEEDED[kind] + ['warc-record-id', 'warc-date', 'content-type', 'warc-block-digest']:
                assert name in f, (kind, name)
            assert re.fullmatch(r'<urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}>', f['warc-record-id'])
            assert f['warc-record-id'] not in ids
            ids.add(f['warc-record-id'])
            assert f['warc-block-digest'] == digest(block)
            for name in ('warc-concurrent-to', 'warc-warcinfo-id', 'warc-refers-to'):
                assert f.get(name) is None or f[name] in ids, (name, f[name])
            if kind in ('response', 'revisit'):
                http, body = block.split(b'\r\n\r\n', 1)
                assert http.startswith(b'HTTP/1.')
                assert b'\r\ntransfer-encoding' not in http.lower()
            if kind == 'response':
                assert f['warc-payload-digest'] == digest(body)
                payloads[f['warc-target-uri'], f['warc-date']] = f['warc-payload-digest']
            if kind == 'revisit':
                revisits += 1
                assert not body
                if 'warc-refers-to-date' in f:
                    of = payloads[f['warc-refers-to-target-uri'], f['warc-refers-to-date']]
                    known += 1
                    if f['warc-profile'].endswith('identical-payload-digest'):
                        assert f['warc-payload-digest'] == of
                else:
                    assert f['warc-profile'].endswith('server-not-modified')
    print('%d records, %d responses, %d revisits, %d of them say of what' % (len(ids), len(payloads), revisits, known))
    assert payloads and known


if __name__ == '__main__':
    main()

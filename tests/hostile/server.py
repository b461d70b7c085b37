"""A server of our own that does wrong: one fault a path, on every address of
127.0.0.0/8 at one port. FAULTS says what each must lead to."""
import fcntl
import gzip
import socket
import struct
import subprocess
import sys
import termios
import threading
import time

HEAD = b'HTTP/1.1 200 OK\r\n'
TCP_REPAIR = 19  # linux/tcp.h: a socket closed under it leaves without a word
LINK = b'HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: '


def bomb():
    """96 MB of nothing in 93 kB."""
    return gzip.compress(bytes(96 << 20), 9)


def packed(data, names=b'gzip'):
    return HEAD + b'Content-Encoding: %s\r\nContent-Length: %d\r\n\r\n' % (names, len(data)) + data


def endless(first, more):
    def talk(s):
        s.sendall(first)
        while True:
            s.sendall(more)
    return talk


def dripping(first, drop, every):
    def talk(s):
        s.sendall(first)
        while True:
            time.sleep(every)
            s.sendall(drop)
    return talk


HALF = HEAD + b'Content-Length: 100000\r\n\r\n' + b'x' * 1000
SEND_AND_STOP = """import os, signal, socket, sys
socket.socket(fileno=int(sys.argv[1])).sendall(sys.stdin.buffer.read())
os.kill(os.getpid(), signal.SIGSTOP)"""


def frozen(s):
    """The process that serves is stopped amid the body: its kernel goes on to acknowledge."""
    p = subprocess.Popen([sys.executable, '-c', SEND_AND_STOP, str(s.fileno())], stdin=subprocess.PIPE, pass_fds=[s.fileno()])
    try:
        p.stdin.write(HALF)
        p.stdin.close()
        s.recv(1)  # until the client leaves
    finally:
        p.kill()
        p.wait()


def half_open(s):
    """Amid the body the peer is no more, and says so to nobody: neither FIN nor RST."""
    s.sendall(HALF)
    while struct.unpack('i', fcntl.ioctl(s, termios.TIOCOUTQ, bytes(4)))[0]:
        time.sleep(.01)  # what is acknowledged after we left would be answered by a RST
    try:
        s.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR, 1)  # needs CAP_NET_ADMIN
    except PermissionError:
        s.recv(1)  # as near as one gets without: silence


def reset(s):
    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))


PAGE = b'<title>A title of some words</title><article>' + b'<p>One sentence after another is a text.' * 20 + b'</article>'

# path -> (what is sent, the codes one of which must come; none: it is a page)
FAULTS = {
    'bomb': (lambda s: s.sendall(packed(bomb())), 'BODY_TOO_LARGE'),
    'bomb-twice': (lambda s: s.sendall(packed(gzip.compress(bomb()), b'gzip, gzip')), 'BODY_TOO_LARGE'),
    'encodings': (lambda s: s.sendall(packed(b'abc', b', '.join([b'gzip'] * 20))), 'BAD_ENCODING'),
    'not-gzip': (lambda s: s.sendall(packed(b'no gzip at all')), 'BAD_ENCODING'),
    'unknown-encoding': (lambda s: s.sendall(packed(b'abc', b'foo')), 'BAD_ENCODING'),
    'gzip-cut': (lambda s: s.sendall(packed(gzip.compress(PAGE)[:60])), 'SUSPECT_TRUNCATED TRUNCATED'),
    'endless-headers': (endless(HEAD, b'X-Y: ' + b'a' * 1000 + b'\r\n'), 'HEADERS_TOO_LARGE'),
    'endless-header': (endless(HEAD + b'X: ', b'a' * 4096), 'HEADERS_TOO_LARGE'),
    'endless-100': (endless(b'', b'HTTP/1.1 100 Continue\r\nX: ' + b'a' * 900 + b'\r\n\r\n'), 'HEADERS_TOO_LARGE'),
    'endless-body': (endless(HEAD + b'\r\n', b'x' * 65536), 'BODY_TOO_LARGE'),
    'endless-chunks': (endless(HEAD + b'Transfer-Encoding: chunked\r\n\r\n', b'1000\r\n' + b'x' * 4096 + b'\r\n'), 'BODY_TOO_LARGE'),
    'drips': (dripping(HEAD + b'Content-Length: 100000\r\n\r\n', b'x', .5), 'TOO_SLOW'),
    'drips-headers': (dripping(HEAD, b'X: y\r\n', .5), 'TOO_SLOW'),
    'says-nothing': (dripping(b'', b'', 1), 'TOO_SLOW'),
    'frozen': (frozen, 'TOO_SLOW'),
    'half-open': (half_open, 'TOO_SLOW'),
    'bad-chunk': (lambda s: s.sendall(HEAD + b'Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nabc'), 'PROTOCOL'),
    'short': (lambda s: s.sendall(HEAD + b'Content-Length: 1000\r\n\r\nshort'), 'TRUNCATED'),
    'long': (lambda s: s.sendall(HEAD + b'Content-Length: %d\r\n\r\n' % len(PAGE) + PAGE + b'and more'), ''),
    'negative': (lambda s: s.sendall(HEAD + b'Content-Length: -5\r\n\r\nabc'), 'PROTOCOL'),
    'two-lengths': (lambda s: s.sendall(HEAD + b'Content-Length: 5\r\nContent-Length: 9\r\n\r\nabcdefghi'),
                    'SUSPECT_TRUNCATED PROTOCOL NO_ARTICLE'),
    'length-of-23-digits': (lambda s: s.sendall(HEAD + b'Content-Length: 99999999999999999999999\r\n\r\nabc'),
                            'PROTOCOL BODY_TOO_LARGE'),
    'http09': (lambda s: s.sendall(b'<html>no headers</html>'), 'PROTOCOL'),
    'nul-header': (lambda s: s.sendall(HEAD + b'X: a\0b\r\n\r\nabc'), 'PROTOCOL'),
    'folded-header': (lambda s: s.sendall(HEAD + b'X: a\r\n  b: c\r\nContent-Length: %d\r\n\r\n' % len(PAGE) + PAGE), ''),
    'to-file': (lambda s: s.sendall(LINK + b'file:///etc/passwd\r\n\r\n'), 'FORBIDDEN_SCHEME'),
    'to-ftp': (lambda s: s.sendall(LINK + b'ftp://127.0.0.1/x\r\n\r\n'), 'FORBIDDEN_SCHEME'),
    'to-gopher': (lambda s: s.sendall(LINK + b'gopher://127.0.0.1:5432/x\r\n\r\n'), 'FORBIDDEN_SCHEME'),
    'to-inside': (lambda s: s.sendall(LINK + b'http://127.0.0.2:8080/x\r\n\r\n'), 'FORBIDDEN_ADDRESS'),
    'to-decimal': (lambda s: s.sendall(LINK + b'http://2130706434/x\r\n\r\n'), 'FORBIDDEN_ADDRESS'),
    'to-mapped': (lambda s: s.sendall(LINK + b'http://[::ffff:7f00:2]/x\r\n\r\n'), 'FORBIDDEN_ADDRESS'),
    'to-zero': (lambda s: s.sendall(LINK + b'http://0/x\r\n\r\n'), 'FORBIDDEN_ADDRESS'),
    'to-port-22': (lambda s: s.sendall(LINK + b'http://127.0.0.1:22/x\r\n\r\n'), 'FORBIDDEN_PORT'),
    'to-itself': (lambda s: s.sendall(LINK + b'/to-itself\r\n\r\n'), 'TOO_MANY_REDIRECTS'),
    'resets': (reset, 'CONNECTION'),
    'empty': (lambda s: None, 'EMPTY_REPLY'),
}
SLOW = ('drips', 'drips-headers', 'says-nothing', 'frozen', 'half-open')  # end by a time limit


class Server:
    """talk(socket, path, host header) has the connection, until it returns."""

    def __init__(self, talk, address='0.0.0.0', port=0):
        self.talk, self.connections, self.paths = talk, 0, []
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind((address, port))
        self.listener.listen(512)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                s, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.converse, args=(s,), daemon=True).start()

    def converse(self, s):
        try:
            with s:
                s.settimeout(60)
                data = b''
                while b'\r\n\r\n' not in data:
                    got = s.recv(65536)
                    if not got:
                        return
                    data += got
                path = data.split(b' ')[1].decode()
                host = data.lower().split(b'\r\nhost:')[1].split(b'\r\n')[0].strip().decode()
                self.paths.append((host, path))
                self.talk(s, path, host)
        except OSError:
            pass

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


def fault(s, path, host):
    name = path.strip('/')
    if path == '/robots.txt':
        s.sendall(b'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
    elif name in FAULTS:
        FAULTS[name][0](s)
    else:
        s.sendall(HEAD + b'Connection: close\r\nContent-Length: %d\r\n\r\n' % len(PAGE) + PAGE)

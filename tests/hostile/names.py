"""A name server of our own on loopback, by UDP: name -> what it does at the nth question for an A record: a list of
addresses, or None: it says nothing. TTLs are of no time."""
import socket
import struct
import threading


class Names:
    def __init__(self, rows):
        self.rows, self.asked = rows, {}
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(('127.0.0.1', 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                q, peer = self.socket.recvfrom(4096)
            except OSError:
                return
            answer = self.answer(q)
            if answer:
                self.socket.sendto(answer, peer)

    def answer(self, q):
        labels, at = [], 12
        while q[at]:
            labels.append(q[at + 1:at + 1 + q[at]].decode())
            at += q[at] + 1
        kind, = struct.unpack('>H', q[at + 1:at + 3])
        name = '.'.join(labels).lower()
        row = next((v for k, v in self.rows.items() if name == k or name.endswith('.' + k)), ())
        if kind == 1:
            self.asked[name] = self.asked.get(name, 0) + 1
        found = row(self.asked.get(name, 1)) if callable(row) else row
        if found is None:
            return None
        family, size = (socket.AF_INET, 4) if kind == 1 else (socket.AF_INET6, 16)
        data = b''
        n = 0
        for a in found:
            if (':' in a) == (kind == 28):
                data += struct.pack('>HHHIH', 0xc00c, kind, 1, 0, size) + socket.inet_pton(family, a)
                n += 1
        flags = 0x8180 | (0 if row != () else 3)
        return q[:2] + struct.pack('>HHHHH', flags, 1, n, 0, 0) + q[12:at + 5] + data

    def close(self):
        self.socket.close()

"""The server of the site."""

import socket
import struct
import time
from urllib.parse import urlsplit
from urllib.request import urlopen

from tools.serving import served

# The connection is cut, not closed: what is still to come has nowhere to go.
CUT = struct.pack("ii", 1, 0)


def test_who_leaves_before_all_is_sent_is_no_trouble(tmp_path, capfd):
    (tmp_path / "long.txt").write_bytes(b"x" * 30_000_000)
    with served(tmp_path) as address:
        port = urlsplit(address).port
        with socket.create_connection(("127.0.0.1", port)) as reader:
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, CUT)
            reader.sendall(b"GET /long.txt HTTP/1.0\r\n\r\n")
            reader.recv(10)
        time.sleep(0.2)
        with urlopen(f"{address}long.txt") as reply:  # noqa: S310 - our own server
            assert len(reply.read()) == 30_000_000
    assert capfd.readouterr().err == ""

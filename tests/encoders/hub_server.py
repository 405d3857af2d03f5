"""A small model hub on this machine, with what makes downloads fail."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class HubServer:
    """Serves files by path, as a hub does: a redirect with the checksum, then the content."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.checksums: dict[str, str] = {}
        """What the hub claims, where that is not the truth."""
        self.cut_after: int | None = None
        """Ends the next answer after so many bytes of content."""
        self.status: int | None = None
        self.requests: list[tuple[str, str | None]] = []
        """Path and Range of every request for content."""
        self.address = ""


@contextmanager
def running_hub() -> Iterator[HubServer]:
    hub = HubServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.removeprefix("/storage")
            if hub.status is not None:
                self.send_error(hub.status)
            elif path not in hub.files:
                self.send_error(404)
            elif path == self.path and "/resolve/" in path:
                true = hashlib.sha256(hub.files[path]).hexdigest()
                self.send_response(302)
                self.send_header("Location", f"/storage{path}")
                self.send_header("X-Linked-Etag", f'"{hub.checksums.get(path, true)}"')
                self.send_header("Content-Length", "0")
                self.end_headers()
            else:
                self._send(path, hub.files[path])

        def _send(self, path: str, content: bytes) -> None:
            version = f'"{hashlib.md5(content).hexdigest()}-x"'
            asked = self.headers.get("Range")
            hub.requests.append((path, asked))
            start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
            if asked and self.headers.get("If-Range") == version:
                self.send_response(206)
            else:
                start = 0
                self.send_response(200)
            self.send_header("ETag", version)
            self.send_header("Content-Length", str(len(content) - start))
            self.end_headers()
            cut, hub.cut_after = hub.cut_after, None
            self.wfile.write(content[start:] if cut is None else content[start : start + cut])

        def log_message(self, *_what: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = False
        hub.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield hub
        finally:
            server.shutdown()
            thread.join()

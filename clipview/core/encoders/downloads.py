"""Fetching one file over HTTP: resumed where it stopped, checked against its checksum, stopped at any moment."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from http.client import HTTPException, HTTPMessage, HTTPResponse
from pathlib import Path
from typing import IO, NoReturn
from urllib.parse import urlsplit

from msgspec import Struct

from clipview.core.errors import ClipViewError, ModelUnavailableError, NoSpaceError

_CHUNK_BYTES = 1 << 20
_CONNECT_S = 5.0
_STALL_S = 30.0
_KEPT_FREE_BYTES = 64 << 20


class NotPublishedError(ClipViewError):
    """The server has no such file."""


class Download(Struct, frozen=True):
    """How far a file has come."""

    file: str
    done_bytes: int
    total_bytes: int | None


def download(url: str, target: Path, sha256: str = "") -> Iterator[Download]:
    """Fetch a file to `target`, a step for about every megabyte; the file appears there only when it is whole.

    Closing the generator stops at once; the next call goes on where this one stopped, if the server still has the
    same file. Without `sha256` the checksum that model hubs send is used, and with neither the length.

    Raises NotPublishedError for a file that the server lacks, ModelUnavailableError for no or a broken connection, a
    refusal or a wrong checksum, NoSpaceError for a full disk.
    """
    _reach(url)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    version_file = target.with_name(target.name + ".version")
    have = part.stat().st_size if part.is_file() and version_file.is_file() else 0
    version = version_file.read_text(encoding="utf-8") if have else ""
    try:
        with _open(url, have, version) as answer:
            resumed = answer.status == 206
            promise = _Promise.of(answer, have if resumed else 0)
            _leave_room(target.parent, promise.missing_bytes)
            version_file.write_text(promise.version, encoding="utf-8")
            with part.open("ab" if resumed else "wb") as file:
                done = have if resumed else 0
                yield Download(target.name, done, promise.total_bytes)
                while chunk := answer.read(_CHUNK_BYTES):
                    file.write(chunk)
                    done += len(chunk)
                    yield Download(target.name, done, promise.total_bytes)
                file.flush()
                os.fsync(file.fileno())
        if promise.total_bytes is not None and done != promise.total_bytes:
            raise ModelUnavailableError(
                f"The connection for {target.name} ended after {done} of {promise.total_bytes} bytes: run the same "
                "again, it goes on from there."
            )
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == 416:
            # What is here does not begin the server's file any more.
            part.unlink(missing_ok=True)
            version_file.unlink(missing_ok=True)
        raise _refusal(url, error.code) from error
    except (urllib.error.URLError, HTTPException, TimeoutError, ConnectionError) as error:
        raise _unreachable(url, getattr(error, "reason", None) or error) from error
    except OSError as error:
        _disk_trouble(error, target)
    _check(part, target.name, sha256 or promise.checksum, version_file)
    part.replace(target)
    version_file.unlink(missing_ok=True)


class _Promise(Struct, frozen=True):
    """What the server says of the file."""

    total_bytes: int | None
    missing_bytes: int
    version: str
    """A strong ETag, to go on only with the same file."""
    checksum: str
    """SHA-256 of the content, or git's SHA-1 of it as a blob; empty when the server tells neither."""

    @classmethod
    def of(cls, answer: HTTPResponse, have: int) -> _Promise:
        length = answer.headers.get("Content-Length")
        missing = int(length) if length and length.isdigit() else 0
        # Hubs answer with a redirect to their storage; the checksum stands in the first answer's headers.
        first: Message = getattr(answer, "first_headers", answer.headers)
        linked = (first.get("X-Linked-Etag") or answer.headers.get("X-Linked-Etag") or "").strip('"')
        own = (answer.headers.get("ETag") or "").strip()
        checksum = linked or own.strip('"')
        return cls(
            total_bytes=have + missing if length else None,
            missing_bytes=missing,
            version="" if own.startswith("W/") else own,
            checksum=checksum if re.fullmatch(r"[0-9a-f]{64}|[0-9a-f]{40}", checksum) and _is_hub(first) else "",
        )


def _is_hub(headers: Message) -> bool:
    # Elsewhere an ETag of that shape may be anything.
    return "X-Linked-Etag" in headers or "X-Repo-Commit" in headers


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects, never from HTTPS to HTTP, and remembers the first answer's headers."""

    def __init__(self) -> None:
        self.first_headers: Message | None = None

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        if self.first_headers is None:
            self.first_headers = headers
        if urlsplit(req.full_url).scheme == "https" and urlsplit(newurl).scheme != "https":
            raise urllib.error.URLError("the server redirects to an unprotected address")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _open(url: str, have: int, version: str) -> HTTPResponse:
    if urlsplit(url).scheme not in ("https", "http"):
        raise ModelUnavailableError(f"{url} is no web address: give one that begins with https://.")
    request = urllib.request.Request(  # noqa: S310 - the scheme is checked above
        url, headers={"User-Agent": "clipview", "Accept-Encoding": "identity"}
    )
    if have and version:
        request.add_header("Range", f"bytes={have}-")
        request.add_header("If-Range", version)
    redirects = _Redirects()
    answer: HTTPResponse = urllib.request.build_opener(redirects).open(request, timeout=_STALL_S)
    if redirects.first_headers is not None:
        answer.first_headers = redirects.first_headers  # type: ignore[attr-defined]
    return answer


def _reach(url: str) -> None:
    """Fail within seconds where there is no network; looking up a name may otherwise take a minute."""
    parts = urlsplit(url)
    if parts.hostname is None or parts.scheme in urllib.request.getproxies():
        return
    address = (parts.hostname, parts.port or (443 if parts.scheme == "https" else 80))
    trouble: list[OSError] = []
    connected = threading.Event()

    def connect() -> None:
        try:
            socket.create_connection(address, timeout=_CONNECT_S).close()
        except OSError as error:
            trouble.append(error)
        connected.set()

    # A thread, because nothing interrupts a name lookup; it ends by itself.
    threading.Thread(target=connect, name="clipview-reach", daemon=True).start()
    if not connected.wait(_CONNECT_S):
        raise _unreachable(url, TimeoutError("no answer"))
    if trouble:
        raise _unreachable(url, trouble[0])


def _unreachable(url: str, reason: object) -> ModelUnavailableError:
    return ModelUnavailableError(
        f"{urlsplit(url).hostname} can't be reached ({reason}): check the internet connection and try again, "
        "or bring the model's file from another computer with `clipview models import FILE`."
    )


def _refusal(url: str, code: int) -> ClipViewError:
    host, file = urlsplit(url).hostname, Path(urlsplit(url).path).name
    if code == 404:
        return NotPublishedError(f"{host} has no file {file}: check the model's name.")
    if code in (401, 403):
        # A hub answers so both for a private model and for one that does not exist.
        return NotPublishedError(
            f"{host} does not give {file} to everybody: check the model's name, or download it in a browser and use "
            "`clipview models import FILE`."
        )
    if code == 416:
        return ModelUnavailableError(f"{host} has changed {file} since the download began: run the same again.")
    return ModelUnavailableError(f"{host} refuses {file} at the moment (HTTP {code}): try again later.")


def _leave_room(folder: Path, missing_bytes: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < missing_bytes + _KEPT_FREE_BYTES:
        raise NoSpaceError(
            f"{folder} has {free / 1e9:.1f} GB free and the model needs {missing_bytes / 1e9:.1f} GB: free some space "
            "and run the same again."
        )


def _disk_trouble(error: OSError, target: Path) -> NoReturn:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        raise NoSpaceError(f"The disk of {target.parent} is full: free some space and run the same again.") from error
    raise ModelUnavailableError(f"{target} can't be written ({error}): check the folder.") from error


def _check(part: Path, name: str, checksum: str, version_file: Path) -> None:
    if not checksum:
        return
    if len(checksum) == 64:
        digest = hashlib.sha256()
    else:
        digest = hashlib.sha1(usedforsecurity=False)
        digest.update(f"blob {part.stat().st_size}\0".encode())
    with part.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    if digest.hexdigest() != checksum:
        part.unlink()
        version_file.unlink(missing_ok=True)
        raise ModelUnavailableError(f"{name} arrived damaged (its checksum is wrong): run the same again.")

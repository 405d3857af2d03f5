"""Where a library keeps its files."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from msgspec import Struct


class Places(Struct, frozen=True):
    """The files and folders of one library, and what it shares with others."""

    library: Path
    """The library's home folder; it can be copied, backed up and deleted as a whole."""
    models: Path
    """Downloaded and imported search models, shared by all libraries."""
    cache: Path
    """What can be made again at any time, shared by all libraries."""

    @property
    def database(self) -> Path:
        """The truth of the library."""
        return self.library / "library.db"

    @property
    def thumbnails(self) -> Path:
        """The thumbnail cache."""
        return self.library / "thumbnails.db"

    @property
    def vectors(self) -> Path:
        """Folder of files derived from the embeddings."""
        return self.library / "vectors"

    @property
    def vocabularies(self) -> Path:
        """Folder of the user's own tags, as TOML files."""
        return self.library / "vocabularies"

    @property
    def backups(self) -> Path:
        """Folder of verified copies of the database."""
        return self.library / "backups"

    @property
    def lock(self) -> Path:
        """The file that a writer holds."""
        return self.library / "library.lock"

    @property
    def door(self) -> Path:
        """Where the window that is open on this library listens for later ones: a socket, on Windows a named pipe."""
        from hashlib import sha256  # Only here: it takes 4 ms, and the engine has no use for it.

        user = getattr(os, "getuid", lambda: os.environ.get("USERNAME", ""))()
        digest = sha256(os.fsencode(self.library.resolve())).hexdigest()[:20]
        # Not in the library, whose path may be longer than a socket's can be.
        folder = r"\\.\pipe" if sys.platform == "win32" else tempfile.gettempdir()
        return Path(folder, f"clipview-{user}-{digest}")

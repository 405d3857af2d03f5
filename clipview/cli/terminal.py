"""What is safe to write to a terminal. Imports nothing slow, so that `--help` and refusals come at once."""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """Make text from outside safe for a terminal: control characters, which could move the cursor, become U+FFFD."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _moves_the_cursor(c) else c for c in text)


def _moves_the_cursor(character: str) -> bool:
    # Joiners are part of many emoji and of some scripts, and only ever join.
    return unicodedata.category(character) in ("Cc", "Cf") and character not in "\u200c\u200d"

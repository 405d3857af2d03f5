"""How a system says that it has no memory left, in the words of whatever wanted some."""

from __future__ import annotations

from typing import Final

EXIT_CODE: Final = 71
"""What a child process ends with that has too little memory to start."""

ENGINE: Final = "The engine has too little memory to start. Close other programs, then try again."
DECODER: Final = "The photo decoder has too little memory to start. Close other programs, then try again."

_WORDS: Final = ("failed to map segment", "cannot allocate memory", "can't start new thread", "out of memory")


def is_shortage(error: BaseException | None) -> bool:
    """Tell whether an error, or what led to it, is a want of memory: libraries raise all kinds for that."""
    while error is not None:
        said = str(error).lower()
        if isinstance(error, MemoryError) or any(words in said for words in _WORDS):
            return True
        error = error.__cause__ or error.__context__
    return False

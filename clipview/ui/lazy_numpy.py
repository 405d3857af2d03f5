"""NumPy, read in at its first use: the window paints its first pictures without it, a tenth of a second earlier."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
else:

    class _Numpy:
        __slots__ = ()

        def __getattr__(self, name: str) -> object:
            import numpy

            return getattr(numpy, name)

    np = _Numpy()

__all__ = ["np"]

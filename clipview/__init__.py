"""ClipView: find your photos by describing them, on your own machine.

`ui` (the window) and `cli` (the command line) are two doors to one library. `engine` is the process that does the
window's heavy work, `core` everything that ClipView knows; docs/architecture.md is the map.
"""

__version__ = "0.1.0"

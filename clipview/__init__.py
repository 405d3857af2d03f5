"""ClipView: find your photos by describing them, on your own machine."""

__version__ = "0.1.0"

"""The window: the only package that imports PySide6; it never imports torch, open_clip or hnswlib."""

"""The core: everything ClipView knows, without Qt, printing, exiting or globals."""

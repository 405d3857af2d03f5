"""The process boundary: a child process does the heavy work, and speaks with the window in frozen messages.

`messages` is the language, `server` the child's side, `client` the window's; none of them knows Qt.
"""

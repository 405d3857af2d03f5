"""Which keys do what: the one table of shortcuts."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtGui import QKeySequence

from clipview.ui.wording import QT_TRANSLATE_NOOP


class Shortcut(Struct, frozen=True):
    """One thing that keys do."""

    group: str
    """Which heading it stands under; untranslated."""
    keys: tuple[str, ...]
    """Key sequences in Qt's portable notation, any of which does it."""
    text: str
    """What it does; untranslated."""
    action_name: str
    """The name by which the window's actions find their keys; empty when a view handles the keys itself."""
    shown: str = ""
    """What the sheet shows instead of the keys, for gestures that are no key sequence; untranslated."""


_SEARCH = QT_TRANSLATE_NOOP("Shortcuts", "Search")
_PHOTOS = QT_TRANSLATE_NOOP("Shortcuts", "Photos")
_VIEWER = QT_TRANSLATE_NOOP("Shortcuts", "Viewer")
_REVIEW = QT_TRANSLATE_NOOP("Shortcuts", "Review desk")
_WINDOW = QT_TRANSLATE_NOOP("Shortcuts", "Window")

SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut(_SEARCH, ("Ctrl+F", "Ctrl+K", "/"), QT_TRANSLATE_NOOP("Shortcuts", "Go to the search field"), "search"),
    Shortcut(
        _SEARCH, ("Escape",), QT_TRANSLATE_NOOP("Shortcuts", "One step back: viewer, selection, search"), "step_back"
    ),
    Shortcut(_SEARCH, ("Alt+Left",), QT_TRANSLATE_NOOP("Shortcuts", "The search before this one"), "back"),
    Shortcut(_SEARCH, ("Alt+Right",), QT_TRANSLATE_NOOP("Shortcuts", "The search after this one"), "forward"),
    Shortcut(_SEARCH, ("Ctrl+V",), QT_TRANSLATE_NOOP("Shortcuts", "Search with the copied picture"), "paste_image"),
    Shortcut(_SEARCH, ("Ctrl+Shift+O",), QT_TRANSLATE_NOOP("Shortcuts", "Search with an image file"), "search_image"),
    Shortcut(_SEARCH, ("Ctrl+Shift+F",), QT_TRANSLATE_NOOP("Shortcuts", "Filters"), "filters"),
    Shortcut(_SEARCH, ("F1",), QT_TRANSLATE_NOOP("Shortcuts", "How to search"), "search_help"),
    Shortcut(_SEARCH, ("Ctrl+S",), QT_TRANSLATE_NOOP("Shortcuts", "Save this search"), "save_search"),
    Shortcut(
        _PHOTOS,
        (),
        QT_TRANSLATE_NOOP("Shortcuts", "Move; with Shift, select"),
        "",
        QT_TRANSLATE_NOOP("Shortcuts", "Arrows, Home, End, Page keys"),
    ),
    Shortcut(_PHOTOS, ("Return",), QT_TRANSLATE_NOOP("Shortcuts", "Open in the viewer"), "open"),
    Shortcut(_PHOTOS, ("Space",), QT_TRANSLATE_NOOP("Shortcuts", "Quick look"), "quick_look"),
    Shortcut(_PHOTOS, ("S",), QT_TRANSLATE_NOOP("Shortcuts", "Find similar photos"), "find_similar"),
    Shortcut(_PHOTOS, ("Shift+S",), QT_TRANSLATE_NOOP("Shortcuts", "Add the photo to the search"), "add_to_search"),
    Shortcut(_PHOTOS, ("+", "="), QT_TRANSLATE_NOOP("Shortcuts", "More photos like this"), "more_like"),
    Shortcut(_PHOTOS, ("-",), QT_TRANSLATE_NOOP("Shortcuts", "Fewer photos like this"), "less_like"),
    Shortcut(_PHOTOS, ("W",), QT_TRANSLATE_NOOP("Shortcuts", "Show or hide the weaker matches"), "toggle_weaker"),
    Shortcut(_PHOTOS, ("Ctrl+A",), QT_TRANSLATE_NOOP("Shortcuts", "Select all photos"), "select_all"),
    Shortcut(_PHOTOS, ("Ctrl+Shift+C",), QT_TRANSLATE_NOOP("Shortcuts", "Copy the path"), "copy_path"),
    Shortcut(_PHOTOS, ("Ctrl+C",), QT_TRANSLATE_NOOP("Shortcuts", "Copy the picture"), "copy_image"),
    Shortcut(_PHOTOS, ("Ctrl+R",), QT_TRANSLATE_NOOP("Shortcuts", "Show in its folder"), "reveal"),
    Shortcut(_PHOTOS, ("Delete",), QT_TRANSLATE_NOOP("Shortcuts", "Move to the bin; asks first"), "to_bin"),
    Shortcut(
        _PHOTOS,
        (),
        QT_TRANSLATE_NOOP("Shortcuts", "Spread a stack out, fold it again"),
        "",
        QT_TRANSLATE_NOOP("Shortcuts", "Right, Left"),
    ),
    Shortcut(_PHOTOS, ("F",), QT_TRANSLATE_NOOP("Shortcuts", "Make a favourite, or no longer"), "favourite"),
    Shortcut(_PHOTOS, ("L",), QT_TRANSLATE_NOOP("Shortcuts", "Add to an album"), "add_to_album"),
    Shortcut(
        _PHOTOS,
        (),
        QT_TRANSLATE_NOOP("Shortcuts", "Move in the album's order"),
        "",
        QT_TRANSLATE_NOOP("Shortcuts", "Alt+Shift with arrows, Home, End"),
    ),
    Shortcut(_PHOTOS, ("T",), QT_TRANSLATE_NOOP("Shortcuts", "Add a tag"), "add_tag"),
    Shortcut(_PHOTOS, ("1",), QT_TRANSLATE_NOOP("Shortcuts", "1 star"), "stars_1"),
    Shortcut(_PHOTOS, ("2",), QT_TRANSLATE_NOOP("Shortcuts", "2 stars"), "stars_2"),
    Shortcut(_PHOTOS, ("3",), QT_TRANSLATE_NOOP("Shortcuts", "3 stars"), "stars_3"),
    Shortcut(_PHOTOS, ("4",), QT_TRANSLATE_NOOP("Shortcuts", "4 stars"), "stars_4"),
    Shortcut(_PHOTOS, ("5",), QT_TRANSLATE_NOOP("Shortcuts", "5 stars"), "stars_5"),
    Shortcut(_PHOTOS, ("0",), QT_TRANSLATE_NOOP("Shortcuts", "No stars"), "stars_0"),
    Shortcut(_PHOTOS, ("Ctrl+E",), QT_TRANSLATE_NOOP("Shortcuts", "Export copies"), "export"),
    Shortcut(
        _VIEWER,
        (),
        QT_TRANSLATE_NOOP("Shortcuts", "Previous and next photo"),
        "",
        QT_TRANSLATE_NOOP("Shortcuts", "Left, Right"),
    ),
    Shortcut(
        _VIEWER,
        (),
        QT_TRANSLATE_NOOP("Shortcuts", "Zoom in and out"),
        "",
        QT_TRANSLATE_NOOP("Shortcuts", "Wheel, Ctrl with plus and minus"),
    ),
    Shortcut(_VIEWER, ("Z",), QT_TRANSLATE_NOOP("Shortcuts", "Actual size and back"), ""),
    Shortcut(_VIEWER, ("R",), QT_TRANSLATE_NOOP("Shortcuts", "Search a part of the photo"), ""),
    Shortcut(_VIEWER, ("P",), QT_TRANSLATE_NOOP("Shortcuts", "Slideshow"), ""),
    Shortcut(_REVIEW, ("Ctrl+T",), QT_TRANSLATE_NOOP("Shortcuts", "Open the review desk"), "review"),
    Shortcut(_REVIEW, ("Y",), QT_TRANSLATE_NOOP("Shortcuts", "Yes, the photo shows it"), ""),
    Shortcut(_REVIEW, ("N",), QT_TRANSLATE_NOOP("Shortcuts", "No, it doesn't"), ""),
    Shortcut(_REVIEW, ("S", "Right"), QT_TRANSLATE_NOOP("Shortcuts", "Skip, for later"), ""),
    Shortcut(_REVIEW, ("Left",), QT_TRANSLATE_NOOP("Shortcuts", "Back to what was skipped"), ""),
    Shortcut(_REVIEW, ("G",), QT_TRANSLATE_NOOP("Shortcuts", "Whole groups, or one by one"), ""),
    Shortcut(_WINDOW, ("Ctrl+Z",), QT_TRANSLATE_NOOP("Shortcuts", "Undo"), "undo"),
    Shortcut(_WINDOW, ("Ctrl+Shift+Z", "Ctrl+Y"), QT_TRANSLATE_NOOP("Shortcuts", "Redo"), "redo"),
    Shortcut(_WINDOW, ("Ctrl++", "Ctrl+="), QT_TRANSLATE_NOOP("Shortcuts", "Larger thumbnails"), "larger"),
    Shortcut(_WINDOW, ("Ctrl+-",), QT_TRANSLATE_NOOP("Shortcuts", "Smaller thumbnails"), "smaller"),
    Shortcut(_WINDOW, ("B",), QT_TRANSLATE_NOOP("Shortcuts", "Show or hide the sidebar"), "toggle_sidebar"),
    Shortcut(_WINDOW, ("I",), QT_TRANSLATE_NOOP("Shortcuts", "Show or hide the photo's details"), "toggle_info"),
    Shortcut(_WINDOW, ("Ctrl+O",), QT_TRANSLATE_NOOP("Shortcuts", "Add a folder"), "add_folder"),
    Shortcut(_WINDOW, ("F5",), QT_TRANSLATE_NOOP("Shortcuts", "Look for new and changed photos"), "rescan"),
    Shortcut(_WINDOW, ("F11",), QT_TRANSLATE_NOOP("Shortcuts", "Full screen"), "full_screen"),
    Shortcut(_WINDOW, ("?",), QT_TRANSLATE_NOOP("Shortcuts", "This list"), "shortcuts"),
    Shortcut(_WINDOW, ("Ctrl+Q",), QT_TRANSLATE_NOOP("Shortcuts", "Quit"), "quit"),
)

COLUMNS = ((_SEARCH, _WINDOW, _REVIEW), (_PHOTOS, _VIEWER))
"""How a page of them is divided, where there is room for two columns."""


def shortcut(action_name: str) -> list[QKeySequence]:
    """Return the key sequences of an action, the one to show in menus first; raises KeyError when it isn't listed."""
    for entry in SHORTCUTS:
        if entry.action_name == action_name:
            return [QKeySequence(keys) for keys in entry.keys]
    raise KeyError(action_name)

"""Colours and type: every colour, size and style rule that the window is drawn with."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from clipview.core.resources import resource

BODY_PX = 13
QUERY_PX = 15
SECTION_PX = 11
STEP_PX = 4
SIDEBAR_PX = 214
INFO_PX = 286
CELL_GAP_PX = 6
CELL_RADIUS_PX = 7
MATCH_BAR_PX = 3


class Theme(Struct, frozen=True):
    """One set of colours, each "#rrggbb".

    `text`, `dim_text`, `accent` and `warning` may be written on every ground (`background`, `panel`, `field`,
    `hover`, `accent_ground`) at a contrast of at least 4.5:1, and `on_accent` on `accent`.
    """

    name: str
    background: str
    panel: str
    line: str
    text: str
    dim_text: str
    field: str
    placeholder: str
    hover: str
    accent: str
    on_accent: str
    accent_ground: str
    warning: str


DARK = Theme(
    name="dark",
    background="#1b1c1f",
    panel="#222327",
    line="#303238",
    text="#e8e9ec",
    dim_text="#9a9da6",
    field="#2a2c31",
    placeholder="#2a2c31",
    hover="#32343a",
    accent="#5aa7ff",
    on_accent="#10151c",
    accent_ground="#23354d",
    warning="#e0b15a",
)

LIGHT = Theme(
    name="light",
    background="#fafafb",
    panel="#f1f2f4",
    line="#dcdee3",
    text="#1d1f24",
    dim_text="#636771",
    field="#ffffff",
    placeholder="#e6e8ec",
    hover="#e6e8ec",
    accent="#1565cb",
    on_accent="#ffffff",
    accent_ground="#dfeafb",
    warning="#8a5f00",
)


class ThemeChoice(StrEnum):
    """What the user asked for."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


class Appearance(QObject):
    """Dresses the application in a theme, and changes it live when the system or the user does.

    Signals:
        changed(Theme): the application's palette and style sheet are already the new ones.
    """

    changed = Signal(object)

    def __init__(self, application: QApplication, choice: ThemeChoice = ThemeChoice.SYSTEM) -> None:
        super().__init__(application)
        self._application = application
        self._choice = choice
        application.setFont(body_font(application.font()))
        self._hint_to_platform()
        self._theme = self._wanted()
        self._dress()
        application.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    @property
    def theme(self) -> Theme:
        """The theme in use now."""
        return self._theme

    @property
    def choice(self) -> ThemeChoice:
        """What the user asked for."""
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Use this theme from now on, or follow the system again."""
        self._choice = choice
        self._hint_to_platform()
        self._update()

    @Slot()
    def _on_scheme_changed(self) -> None:
        self._update()

    def _update(self) -> None:
        wanted = self._wanted()
        if wanted == self._theme:
            return
        self._theme = wanted
        self._dress()
        self.changed.emit(wanted)

    def _wanted(self) -> Theme:
        if self._choice is not ThemeChoice.SYSTEM:
            return DARK if self._choice is ThemeChoice.DARK else LIGHT
        scheme = self._application.styleHints().colorScheme()
        return LIGHT if scheme == Qt.ColorScheme.Light else DARK

    def _hint_to_platform(self) -> None:
        """Let native parts (title bar, file dialogs) follow the user's choice too."""
        scheme = {
            ThemeChoice.SYSTEM: Qt.ColorScheme.Unknown,
            ThemeChoice.DARK: Qt.ColorScheme.Dark,
            ThemeChoice.LIGHT: Qt.ColorScheme.Light,
        }[self._choice]
        self._application.styleHints().setColorScheme(scheme)

    def _dress(self) -> None:
        self._application.setPalette(palette(self._theme))
        self._application.setStyleSheet(style_sheet(self._theme))


def body_font(system: QFont) -> QFont:
    """Return the system's font at body size, with figures of equal width so that live counts don't jitter."""
    font = QFont(system)
    font.setPixelSize(BODY_PX)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def section_font(body: QFont) -> QFont:
    """Return the small bold font of section heads."""
    font = QFont(body)
    font.setPixelSize(SECTION_PX)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two "#rrggbb" colours, 1 to 21 (WCAG 2.2, success criterion 1.4.3)."""
    dark, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def palette(theme: Theme) -> QPalette:
    """Return the palette for what the style sheet doesn't reach: item views, native drawing, disabled states."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    made = QPalette()
    for name, colour in {
        role.Window: theme.panel,
        role.WindowText: theme.text,
        role.Base: theme.field,
        role.AlternateBase: theme.panel,
        role.Text: theme.text,
        role.PlaceholderText: theme.dim_text,
        role.Button: theme.field,
        role.ButtonText: theme.text,
        role.BrightText: theme.warning,
        role.ToolTipBase: theme.field,
        role.ToolTipText: theme.text,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.hover,
        role.Midlight: theme.line,
        role.Mid: theme.line,
        role.Dark: theme.line,
        role.Shadow: theme.background,
    }.items():
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, name, _mix(theme.text, theme.panel, 0.55))
    return made


def style_sheet(theme: Theme) -> str:
    """Return the application's style sheet.

    Widgets opt into a look by the dynamic property `look`: "section" (a label that heads a group), "dim" (a quiet
    label), "primary" and "quiet" (buttons), "query" (the search field).
    """
    return f"""
* {{ outline: 0; }}
QMainWindow, QDialog {{ background: {theme.panel}; }}
QAbstractScrollArea#grid {{ background: {theme.background}; }}
QLabel[look="section"] {{ color: {theme.dim_text}; font-size: {SECTION_PX}px; font-weight: 600; }}
QLabel[look="dim"] {{ color: {theme.dim_text}; }}

QPushButton, QToolButton {{
    background: {theme.field}; color: {theme.text}; border: 1px solid {theme.line}; border-radius: 6px;
    padding: {STEP_PX}px {3 * STEP_PX}px; min-height: 18px;
}}
QToolButton {{ padding: {STEP_PX}px; }}
QPushButton:hover, QToolButton:hover {{ background: {theme.hover}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {theme.line}; }}
QPushButton:checked, QToolButton:checked {{ background: {theme.accent_ground}; border-color: {theme.accent}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {_mix(theme.text, theme.panel, 0.55).name()}; }}
QPushButton[look="primary"] {{
    background: {theme.accent}; color: {theme.on_accent}; border-color: {theme.accent}; font-weight: 600;
}}
QPushButton[look="primary"]:hover {{ background: {_mix(theme.accent, theme.text, 0.12).name()}; }}
QPushButton[look="quiet"], QToolButton[look="quiet"] {{ background: transparent; border-color: transparent; }}
QPushButton[look="quiet"]:hover, QToolButton[look="quiet"]:hover {{ background: {theme.hover}; }}
QToolButton[look="quiet"]:checked {{ background: {theme.accent_ground}; }}
QToolButton[popupMode="1"] {{ padding-right: 20px; }}
QToolButton::menu-button {{ border: none; width: 18px; }}
QPushButton:focus, QToolButton:focus, QPushButton[look="quiet"]:focus, QToolButton[look="quiet"]:focus {{
    border: 1px solid {theme.accent};
}}
QPushButton[look="primary"]:focus {{ border: 2px solid {theme.text}; }}

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QComboBox {{
    background: {theme.field}; color: {theme.text}; border: 1px solid {theme.line}; border-radius: 6px;
    padding: {STEP_PX}px {2 * STEP_PX}px; min-height: 18px;
    selection-background-color: {theme.accent}; selection-color: {theme.on_accent};
}}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateEdit:focus,
QComboBox:focus {{ border: 1px solid {theme.accent}; }}
QLineEdit[look="query"] {{ font-size: {QUERY_PX}px; border: none; background: transparent; padding: 0; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QComboBox::down-arrow, QToolButton::menu-arrow {{ image: url("{_drawing("arrow")}"); width: 12px; height: 12px; }}
QComboBox QAbstractItemView {{ background: {theme.field}; border: 1px solid {theme.line}; }}

QMenuBar {{ background: {theme.panel}; color: {theme.text}; }}
QMenuBar::item {{ padding: {STEP_PX}px {2 * STEP_PX}px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {theme.hover}; }}
QMenu {{ background: {theme.field}; color: {theme.text}; border: 1px solid {theme.line}; padding: {STEP_PX}px; }}
QMenu::item {{ padding: 5px {6 * STEP_PX}px 5px {4 * STEP_PX}px; border-radius: 4px; }}
QMenu::item:selected {{ background: {theme.accent_ground}; }}
QMenu::item:disabled {{ color: {_mix(theme.text, theme.field, 0.55).name()}; }}
QMenu::separator {{ height: 1px; background: {theme.line}; margin: {STEP_PX}px {2 * STEP_PX}px; }}
QToolTip {{
    background: {theme.field}; color: {theme.text}; border: 1px solid {theme.line}; padding: {STEP_PX}px;
}}

QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {_mix(theme.dim_text, theme.background, 0.45).name()}; border-radius: 3px; }}
QScrollBar::handle:vertical {{ min-height: 36px; margin: 3px; }}
QScrollBar::handle:horizontal {{ min-width: 36px; margin: 3px; }}
QScrollBar::handle:disabled {{ background: transparent; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {theme.dim_text}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QSplitter::handle {{ background: {theme.line}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QSplitter::handle:hover {{ background: {theme.accent}; }}

QSlider {{ min-height: 20px; }}
QSlider::groove:horizontal {{ height: 3px; border-radius: 1px; background: {theme.line}; }}
QSlider::handle:horizontal {{
    width: 12px; height: 12px; margin: -5px 0; border-radius: 6px; background: {theme.text};
    border: 1px solid {theme.text};
}}
QSlider::handle:horizontal:hover {{ background: {theme.accent}; border-color: {theme.accent}; }}
QSlider::handle:horizontal:focus {{
    width: 12px; height: 12px; margin: -7px 0; border-radius: 8px; background: {theme.accent};
    border: 3px solid {theme.text};
}}

QProgressBar {{
    background: {theme.line}; border: none; border-radius: 2px; max-height: {STEP_PX}px; min-height: {STEP_PX}px;
}}
QProgressBar::chunk {{ background: {theme.accent}; border-radius: 2px; }}

QTreeView, QListView, QTableView {{ background: {theme.panel}; border: none; }}
QTreeView::item, QListView::item {{ padding: 3px {STEP_PX}px; border-radius: 5px; }}
QTreeView::item:hover, QListView::item:hover {{ background: {theme.hover}; }}
QTreeView::item:selected, QListView::item:selected {{ background: {theme.accent_ground}; color: {theme.text}; }}
QTreeView:focus, QListView:focus, QTableView:focus {{ border: 1px solid {theme.accent}; }}
QHeaderView::section {{
    background: {theme.panel}; color: {theme.dim_text}; border: none; border-bottom: 1px solid {theme.line};
    padding: {STEP_PX}px;
}}
QCheckBox, QRadioButton {{ padding: 2px; border: 1px solid transparent; border-radius: 4px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {theme.accent}; }}
QCheckBox::indicator {{
    width: 14px; height: 14px; background: {theme.field}; border: 1px solid {theme.dim_text}; border-radius: 4px;
}}
QCheckBox::indicator:hover {{ border-color: {theme.accent}; }}
QCheckBox::indicator:checked {{
    background: {theme.accent}; border-color: {theme.accent}; image: url("{_drawing(f"checked-{theme.name}")}");
}}
QCheckBox::indicator:disabled {{ border-color: {theme.line}; }}
QRadioButton::indicator {{
    width: 12px; height: 12px; background: {theme.field}; border: 1px solid {theme.dim_text}; border-radius: 7px;
}}
QRadioButton::indicator:hover {{ border-color: {theme.accent}; }}
QRadioButton::indicator:checked {{
    width: 6px; height: 6px; background: {theme.on_accent}; border: 4px solid {theme.accent};
}}
QStatusBar {{ background: {theme.panel}; color: {theme.dim_text}; border-top: 1px solid {theme.line}; }}
QStatusBar::item {{ border: none; }}
"""


def _drawing(name: str) -> str:
    """Return the place of a drawing that the style sheet shows; unlike an icon it comes in its final colours."""
    return resource(f"style/{name}.svg").as_posix()


def _luminance(colour: str) -> float:
    linear = []
    for start in (1, 3, 5):
        share = int(colour[start : start + 2], 16) / 255
        linear.append(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _mix(one: str, other: str, share: float) -> QColor:
    """Return `one` moved by `share` (0 to 1) towards `other`."""
    first, second = QColor(one), QColor(other)
    return QColor(
        round(first.red() + (second.red() - first.red()) * share),
        round(first.green() + (second.green() - first.green()) * share),
        round(first.blue() + (second.blue() - first.blue()) * share),
    )

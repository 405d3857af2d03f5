from __future__ import annotations

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QToolButton

from clipview.core.errors import ClipViewError
from clipview.core.resources import resource
from clipview.ui.icons import IconDresser, icon, icon_pixmap
from clipview.ui.theme import DARK, LIGHT, Appearance, Theme, ThemeChoice, contrast


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("ink", ["text", "dim_text", "accent", "warning"])
@pytest.mark.parametrize("ground", ["background", "panel", "field", "hover", "accent_ground"])
def test_text_is_readable_on_every_ground(theme: Theme, ink: str, ground: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_text_on_the_accent_is_readable(theme: Theme) -> None:
    assert contrast(theme.on_accent, theme.accent) >= 4.5


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1)


def test_choosing_a_theme_dresses_the_application_before_it_says_so(application: QApplication) -> None:
    appearance = Appearance(application, ThemeChoice.DARK)
    seen: list[tuple[Theme, str]] = []
    appearance.changed.connect(
        lambda theme: seen.append((theme, application.palette().color(QPalette.ColorRole.Window).name()))
    )
    appearance.choose(ThemeChoice.LIGHT)
    appearance.choose(ThemeChoice.LIGHT)
    appearance.choose(ThemeChoice.DARK)
    assert seen == [(LIGHT, LIGHT.panel), (DARK, DARK.panel)]
    assert DARK.background in application.styleSheet()


def test_icons_take_the_colour_of_the_theme_when_it_changes(application: QApplication) -> None:
    appearance = Appearance(application, ThemeChoice.DARK)
    button = QToolButton()
    IconDresser(button, "close", "text", appearance)
    dark = _ink(button)
    appearance.choose(ThemeChoice.LIGHT)
    light = _ink(button)
    appearance.choose(ThemeChoice.DARK)
    assert (dark, light) == (DARK.text, LIGHT.text)


def test_every_icon_draws_something_at_its_density(application: QApplication) -> None:
    names = sorted(path.stem for path in resource("icons").glob("*.svg"))
    assert len(names) >= 35
    for name in names:
        image = icon_pixmap(name, "#ff0000", 20, 1.5).toImage()
        assert image.width() == 30
        assert any(image.pixelColor(x, y).alpha() > 200 for x in range(30) for y in range(30)), name


def test_an_unknown_icon_is_named(application: QApplication) -> None:
    with pytest.raises(ClipViewError, match="no-such-icon"):
        icon("no-such-icon", "#ffffff")


def _ink(button: QToolButton) -> str:
    image = button.icon().pixmap(20, 20).toImage()
    return image.pixelColor(image.width() // 2, image.height() // 2).name()

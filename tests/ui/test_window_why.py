"""Why a photo matches, in the info panel."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from windows import ColourEncoder, Indexed, Opened, paint, places_in, save_picture, until

from clipview.core.query_syntax import Key, Part
from clipview.ui.question import Question


def test_info_panel_tells_why_the_selected_photo_matches(application: QApplication, tmp_path):
    class Starter(ColourEncoder):
        name = "starter"

    for name, colour in {
        "cherry": "rgb(250, 10, 10)", "rose": "rgb(230, 90, 110)", "sky": "rgb(90, 150, 240)",
        "leaf": "rgb(10, 200, 20)", "lemon": "rgb(250, 240, 20)", "stone": "rgb(128, 128, 128)",
    }.items():  # fmt: skip
        paint(tmp_path / "photos" / f"{name}.png", colour)
    with Indexed(places_in(tmp_path), Starter()).opened(write=True) as library:
        for _ in library.scan([tmp_path / "photos"]):
            pass
    opened = Opened(application, places_in(tmp_path)).ready()
    try:
        window, why = opened.window, opened.window.info.why
        opened.search("red")
        opened.click("cherry.png")
        until(lambda: why.says)
        assert why.says[0] == "The best of all your photos"
        window.marking.mark((opened.id_of("cherry.png"),), more=True)
        window.live.go(Question("red", (Part(Key.LOOKS, "green", -1.0),), more=window.live.question.more))
        until(lambda: "your marks" in why.says)
        assert {"red", "\N{MINUS SIGN} green"} <= set(why.says)
        save_picture(window, "why")
        window.open_viewer(opened.id_of("cherry.png"))
        window.actions_by_name["toggle_info"].trigger()
        until(lambda: "your marks" in window.viewer.info.why.says)
        save_picture(window, "why-viewer")
        window.close_viewer()
        opened.click("cherry.png")
        window.live.go(Question())
        until(lambda: not why.isVisible())
    finally:
        opened.close()

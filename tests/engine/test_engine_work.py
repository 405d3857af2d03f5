from __future__ import annotations

import os
import shutil
import threading
import time
from pathlib import Path

import numpy as np
from colours import paint
from stand_in import PATIENCE_S, Window, hold

from clipview.core.photo_table import PhotoTable
from clipview.core.store import FileColumns, Store
from clipview.engine.library_state import folder_tree
from clipview.engine.messages import (
    GetModel,
    ImportModel,
    LibraryState,
    ModelEnded,
    Notice,
    PauseScan,
    RemoveFolder,
    Scan,
    ScanEnded,
    ScanProgress,
    StopModel,
    StopScan,
    UseModel,
)
from clipview.engine.reachability import Reachability


def paint_many(folder: Path, count: int) -> None:
    for number in range(count):
        paint(folder / f"{number:03}.jpg", "red", size=(40 + number, 30))


def test_a_scan_reports_its_steps_and_what_it_found(window, photos):
    paint_many(photos, 10)
    (photos / "empty.jpg").touch()
    window.send(Scan((photos,)))
    seen: set[int] = set()
    while len(seen) < 10:
        seen |= set(window.wait(ScanProgress).step.photo_ids)
    ended = window.wait(ScanEnded)
    assert ended.failure is None
    assert ended.summary is not None
    assert (ended.summary.added, len(ended.summary.skipped)) == (10, 1)
    assert window.search().total == 10


def test_an_idle_engine_makes_the_copy_that_its_next_start_is_quick_by(open_window, places, photos):
    paint_many(photos, 100)
    window = open_window()
    window.ready()
    window.index(photos)
    deadline_s = time.monotonic() + PATIENCE_S
    while not (places.library / "start.bin").exists():
        assert time.monotonic() < deadline_s
        threading.Event().wait(0.01)
    window.client.close()
    again = open_window()
    again.ready()
    assert again.search("red").total == 100


def test_the_state_follows_a_scan(window, photos):
    paint_many(photos / "a", 3)
    paint_many(photos / "b" / "c", 5)
    shutil.copytree(photos / "a", photos / "b" / "again")
    window.index(photos)
    state = window.latest(LibraryState)
    (root,) = state.folders
    # The three of "a" are the same photos as three of the others.
    assert (root.path, root.photos, root.reachable) == (photos, 5, True)
    assert [(child.path.name, child.photos) for child in root.children] == [("a", 3), ("b", 5)]
    assert [child.path.name for child in root.children[1].children] == ["again", "c"]
    assert (state.photos, state.searchable, state.missing, state.set_aside) == (5, 5, 0, 0)
    assert state.models[0].state == "built-in"


def test_a_folder_that_does_not_exist_ends_the_scan_with_a_sentence(window, tmp_path):
    window.send(Scan((tmp_path / "nowhere",)))
    ended = window.wait(ScanEnded)
    assert ended.summary is None
    assert str(tmp_path / "nowhere") in (ended.failure or "")


def begin_scan(window: Window, *folders: Path) -> Path:
    """Scan until the engine stands still in the middle of it; deleting the file that is returned lets it go on."""
    held = hold(window.places)
    window.send(Scan(folders))
    window.wait(ScanProgress, lambda progress: progress.step.done >= 4)
    return held


def test_a_paused_scan_goes_on_where_it_was(open_window, photos):
    window = open_window("held")
    window.ready()
    paint_many(photos, 24)
    held = begin_scan(window, photos)
    window.send(PauseScan(paused=True))
    window.wait(ScanProgress, lambda progress: progress.paused)
    held.unlink()
    # What is in hand is finished; then nothing more comes, while searches go on.
    window.wait(LibraryState, lambda state: (state.searchable or 0) >= 4)
    assert 4 <= window.search("red").total < 24
    window.send(PauseScan(paused=False))
    summary = window.wait(ScanEnded).summary
    assert summary is not None
    assert summary.added == 24


def test_what_is_looked_at_is_read_first_and_then_the_newest(open_window, photos):
    window = open_window("held")
    window.ready()
    for age, (name, count) in enumerate((("new", 30), ("older", 6), ("oldest", 6))):
        for number in range(count):
            path = paint(photos / name / f"{number}.jpg", "red", size=(40 + number, 30 + age))
            os.utime(path, (1_500_000_000 - age * 1_000 + number,) * 2)
    # Looked at before the scan begins, and another folder in the middle of it. A scan hears of it after the answer, and
    # before the next one.
    for _ in range(2):
        window.search(folder=photos / "oldest")
    held = begin_scan(window, photos)
    for _ in range(2):
        window.search("red", folder=photos / "older")
    held.unlink()
    window.wait(ScanEnded)
    # Photos are numbered in the order in which they come into the library; a few are under way at any time.
    older, oldest = (window.search(folder=photos / name).ids for name in ("older", "oldest"))
    new = window.search(folder=photos / "new").ids
    assert np.median(oldest) < new.min()
    assert np.median(older) < np.sort(new)[-4]
    assert np.median(new[:10]) < np.median(new[-10:])


def test_a_stopped_scan_keeps_what_it_has_and_the_next_one_finishes(open_window, photos):
    window = open_window("held")
    window.ready()
    paint_many(photos, 24)
    held = begin_scan(window, photos)
    window.send(Scan((photos,)))
    window.send_and_wait(StopScan())
    held.unlink()
    ended = window.wait(ScanEnded)
    assert (ended.summary, ended.failure) == (None, None)
    kept = window.search().total
    assert 4 <= kept < 24
    summary = window.index(photos).summary
    assert summary is not None
    assert (summary.added, summary.unchanged) == (24 - kept, kept)


def test_stopping_when_nothing_goes_on_does_not_stop_the_next_scan(window, photos):
    paint_many(photos, 2)
    window.send(StopScan())
    assert window.index(photos).summary is not None


def test_words_are_answered_while_a_scan_goes_on(open_window, photos):
    window = open_window("held")
    window.ready()
    paint_many(photos, 16)
    held = begin_scan(window, photos)
    window.wait(LibraryState, lambda state: (state.searchable or 0) >= 4)
    assert 4 <= window.search("red").strong < 16
    held.unlink()
    window.wait(ScanEnded)


def test_a_removed_folder_takes_its_photos_along_but_not_its_files(window, tmp_path):
    paint_many(tmp_path / "one", 3)
    paint(tmp_path / "two" / "blue.jpg", "blue")
    shutil.copy(tmp_path / "one" / "000.jpg", tmp_path / "two" / "copy.jpg")
    window.index(tmp_path / "one", tmp_path / "two")
    assert window.latest(LibraryState).photos == 4
    window.send(RemoveFolder(tmp_path / "one"))
    state = window.wait(LibraryState, lambda state: state.photos == 2)
    assert ([folder.path for folder in state.folders], state.missing) == ([tmp_path / "two"], 0)
    assert window.search().total == 2
    assert len(list((tmp_path / "one").iterdir())) == 3
    with Store.open(window.places.database, write=False) as store:
        assert len(store.embedded_photos(1)) == 2


def test_a_folder_inside_a_covered_one_is_removed_for_good(window, photos):
    paint_many(photos, 2)
    paint(photos / "private [x]" / "blue.jpg", "blue")
    window.index(photos)
    assert window.latest(LibraryState).photos == 3
    window.send(RemoveFolder(photos / "private [x]"))
    window.wait(LibraryState, lambda state: state.photos == 2)
    summary = window.index().summary
    assert summary is not None
    assert summary.added == 0
    assert window.search().total == 2


def test_removing_a_folder_that_is_not_covered_is_told(window, tmp_path):
    window.send(RemoveFolder(tmp_path))
    assert str(tmp_path) in window.wait(Notice).text


def test_removing_a_folder_during_its_scan_ends_the_scan(open_window, photos):
    window = open_window("held")
    window.ready()
    paint_many(photos, 40)
    held = begin_scan(window, photos)
    window.send_and_wait(RemoveFolder(photos))
    held.unlink()
    assert window.wait(ScanEnded) == ScanEnded(None)
    assert window.latest(LibraryState).folders == ()
    assert window.search().total == 0


def test_removing_another_folder_lets_the_scan_go_on(open_window, tmp_path):
    window = open_window("held")
    window.ready()
    paint(tmp_path / "other" / "blue.jpg", "blue")
    window.index(tmp_path / "other")
    paint_many(tmp_path / "photos", 20)
    held = begin_scan(window, tmp_path / "photos")
    window.send_and_wait(RemoveFolder(tmp_path / "other"))
    held.unlink()
    ended = window.wait(ScanEnded)
    assert ended.summary is not None
    assert window.search().total == 20


def test_another_model_takes_over_when_its_vectors_are_complete(window, photos):
    paint_many(photos, 6)
    paint(photos / "blue.jpg", "blue")
    window.index(photos)
    window.send(UseModel("other"))
    assert window.wait(ModelEnded) == ModelEnded("other")
    window.wait(ScanEnded)
    assert window.search("blue").named == 1
    window.send(UseModel("other"))
    window.wait(ModelEnded)
    with Store.open(window.places.database, write=False) as store:
        assert [len(store.embedded_photos(model.model_id)) for model in store.models()] == [7, 7]
        assert store.setting("active_model") == "2"


def test_a_model_that_can_not_be_downloaded_is_refused_with_the_next_step(open_window, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    window = open_window()
    window.ready()
    window.send(GetModel("hf-hub:nobody/nothing"))
    ended = window.wait(ModelEnded)
    assert "127.0.0.1 can't be reached" in (ended.failure or "")
    window.send(StopModel())
    assert window.search().total == 0


def test_a_file_that_is_no_model_is_refused(window, tmp_path):
    window.send(ImportModel(tmp_path / "cat.jpg", "ViT-B-32"))
    assert window.wait(ModelEnded).failure


def test_a_drive_that_does_not_answer_counts_as_out_of_reach(tmp_path):
    hung = threading.Event()
    away, there = tmp_path / "away", tmp_path

    asked: list[Path] = []

    def is_reachable(folder: Path) -> bool:
        asked.append(folder)
        if folder == away:
            hung.wait()
        return True

    reachability = Reachability(is_reachable, patience_s=0.1)
    assert reachability.look([away, there])
    # On a busy machine an answer may come too late for one look, and is there for the next.
    look_until(reachability, [away, there], {away})
    assert not reachability.within_reach(away / "2019" / "a.jpg")
    assert reachability.within_reach(there / "b.jpg")
    assert asked.count(away) == 1
    hung.set()
    look_until(reachability, [away], set())


def look_until(reachability: Reachability, folders: list[Path], unreachable: set[Path]) -> None:
    """Look until two looks in a row find that nothing but these is out of reach."""
    deadline = time.monotonic() + PATIENCE_S
    while reachability.look(folders) or reachability.unreachable != unreachable:
        assert time.monotonic() < deadline, reachability.unreachable


def test_photos_of_a_folder_out_of_reach_are_marked(open_window, photos, tmp_path):
    paint_many(photos, 2)
    paint(tmp_path / "drive" / "blue.jpg", "blue")
    first = open_window()
    first.ready()
    first.index(photos, tmp_path / "drive")
    first.client.close()
    (tmp_path / "drive").rename(tmp_path / "unplugged")
    second = open_window()
    second.ready()
    second.wait(
        LibraryState,
        lambda state: (
            {folder.path.name: folder.reachable for folder in state.folders} == {"photos": True, "drive": False}
        ),
    )
    answer = second.search("blue")
    assert answer.offline.tolist() == [True] + [False] * (len(answer.ids) - 1)


def test_a_tree_of_folders_is_quick_and_keeps_within_its_depth(tmp_path):
    deep = tmp_path / Path(*["x"] * 90)
    paths = sorted([deep / "a.jpg", *(tmp_path / f"{n % 50}" / f"{n % 1000}" / f"{n}.jpg" for n in range(20_000))])
    columns = FileColumns(
        photo_ids=np.arange(1, len(paths) + 1),
        paths=[os.fsencode(path) for path in paths],
        dates_s=np.zeros(len(paths), np.int64),
        taken=np.zeros(len(paths), np.bool_),
        colours=np.zeros(len(paths), np.uint32),
        formats=["JPEG"] * len(paths),
        cameras=[""] * len(paths),
        sides_px=np.ones((len(paths), 2), np.int32),
        placed=np.zeros(len(paths), np.bool_),
        texts=[""] * len(paths),
    )
    (root,) = folder_tree(PhotoTable(columns), [tmp_path], [tmp_path])
    assert (root.photos, len(root.children), root.reachable) == (len(paths), 51, False)
    node, depth = root, 0
    while node.children:
        node, depth = node.children[-1], depth + 1
    assert (node.photos, depth) == (1, 64)

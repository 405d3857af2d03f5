"""Stars, favourites, captions and albums: what is kept, what undoes it, and what survives."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
from colours import ColourEncoder, Indexed, OtherColourEncoder, finish, loader, paint

from clipview.core import album_facts
from clipview.core.changes import (
    AddToAlbum,
    AlbumContent,
    AlbumKind,
    ArrangeAlbum,
    Describe,
    DropAlbum,
    Favour,
    MakeAlbum,
    Rate,
    RemoveFromAlbum,
    RenameAlbum,
    SetCover,
    Several,
)
from clipview.core.errors import ClipViewError
from clipview.core.library import Library
from clipview.core.places import Places
from clipview.core.scan import ScanOptions
from clipview.core.stored_query import from_text, to_text
from clipview.core.types import Filters, ImageTerm, Query, Sort, TextTerm


@pytest.fixture
def three(indexed, photos):
    """A library of three photos, and their ids by name."""
    for name, colour in (("a.jpg", "red"), ("b.jpg", "green"), ("c.jpg", "blue")):
        paint(photos / name, colour)
    indexed.index(photos)
    return indexed.ids()


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A library that is open for changes, and its photos' ids; each test leaves it as it found it."""
    base = tmp_path_factory.mktemp("kept")
    indexed = Indexed(Places(base / "library", base / "models", base / "cache"), ColourEncoder())
    for name, colour in (("a.jpg", "red"), ("b.jpg", "green"), ("c.jpg", "blue")):
        paint(base / "photos" / name, colour)
    indexed.index(base / "photos")
    ids = indexed.ids()
    with indexed.opened(write=True) as library:
        yield library, ids


def _everything(library):
    """All that a person has said, as values that can be compared."""
    ids = library.in_memory.searcher.table.ids.tolist()
    personal = library.store.personal
    return personal.marks(ids), [personal.album(head.name) for head in library.albums.heads()]


def test_every_change_gives_what_undoes_and_redoes_it_exactly(kept):
    library, ids = kept
    a, b, c = ids["a.jpg"], ids["b.jpg"], ids["c.jpg"]
    made = library.change(Several((MakeAlbum(AlbumContent("Kept", photo_ids=(c, a), cover=a)), Rate((a,), 2))))
    for change in (
        Rate((a, b), 5),
        Rate((a,), None),
        Favour((b, c), favourite=True),
        Describe(c, "the sea"),
        MakeAlbum(AlbumContent("New", photo_ids=(b, a))),
        DropAlbum("kept"),
        RenameAlbum("Kept", "KEPT"),
        RenameAlbum("Kept", "Other"),
        AddToAlbum("Kept", (a, b)),
        RemoveFromAlbum("Kept", (a,)),
        ArrangeAlbum("Kept", (a,), before=c),
        ArrangeAlbum("Kept", (c, b), before=None),
        SetCover("Kept", c),
        Several((Rate((a,), 1), RenameAlbum("Kept", "Again"), AddToAlbum("Again", (b,)))),
    ):
        before = _everything(library)
        undo = library.change(change)
        after = _everything(library)
        assert after != before, change
        redo = library.change(undo)
        assert _everything(library) == before, change
        library.change(redo)
        assert _everything(library) == after, change
        library.change(undo)
    library.change(made)


def test_a_change_that_fails_half_way_changes_nothing(kept):
    library, ids = kept
    before = _everything(library)
    with pytest.raises(ClipViewError, match="no album 'nowhere'"):
        library.change(Several((Rate((ids["a.jpg"],), 5), DropAlbum("nowhere"))))
    assert _everything(library) == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Rate((1,), 6), "0 to 5 stars"),
        (MakeAlbum(AlbumContent("  ")), "needs a name"),
        (MakeAlbum(AlbumContent("x" * 101)), "at most 100"),
        (MakeAlbum(AlbumContent("TAKEN")), "'Taken' already"),
        (RenameAlbum("filled", "taken"), "'Taken' already"),
        (AddToAlbum("Filled", (1,)), "fills itself"),
        (ArrangeAlbum("Filled", (1,), None), "no order of its own"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(kept, change, words):
    library, _ = kept
    filled = AlbumContent("Filled", AlbumKind.SEARCH, search=to_text(Query((TextTerm("red"),))))
    undo = library.change(Several((MakeAlbum(AlbumContent("Taken")), MakeAlbum(filled))))
    with pytest.raises(ClipViewError, match=words):
        library.change(change)
    library.change(undo)


def test_stars_captions_and_albums_survive_rename_edit_model_change_and_lost_caches(indexed, three, photos, places):
    a, b = three["a.jpg"], three["b.jpg"]
    with indexed.opened(write=True) as library:
        library.change(Several((Rate((a,), 4), Favour((a,), favourite=True), Describe(a, "mine"))))
        library.change(MakeAlbum(AlbumContent("Both", photo_ids=(b, a), cover=a)))
        said = _everything(library)
    (photos / "deeper").mkdir()
    (photos / "a.jpg").rename(photos / "deeper" / "renamed.jpg")
    paint(photos / "b.jpg", "yellow")
    indexed.index()
    shutil.rmtree(places.vectors, ignore_errors=True)
    places.thumbnails.unlink()
    indexed.index()
    with Library.open(places, write=True, load=loader(indexed.encoder, OtherColourEncoder())) as library:
        finish(library.scan(model="other", options=ScanOptions(decode_workers=1)))
        assert library.model == "other"
        assert _everything(library) == said
        details = library.store.details(a)
        assert (details.metadata.rating, details.metadata.caption, details.favourite) == (4, "mine", True)
        assert details.albums == ("Both",)


def test_photos_of_a_missing_drive_stay_in_their_album_and_show_again_when_it_is_back(indexed, three, photos):
    with indexed.opened(write=True) as library:
        library.change(MakeAlbum(AlbumContent("All", photo_ids=(three["a.jpg"], three["b.jpg"], three["c.jpg"]))))
    (photos / "b.jpg").rename(photos.parent / "b.jpg")
    indexed.index()
    with indexed.opened() as library:
        assert library.albums.photos("All").tolist() == [three["a.jpg"], three["c.jpg"]]
        assert [(head.present, head.name) for head in library.albums.heads()] == [(2, "All")]
    (photos.parent / "b.jpg").rename(photos / "b.jpg")
    indexed.index()
    with indexed.opened() as library:
        assert library.albums.photos("All").tolist() == [three["a.jpg"], three["b.jpg"], three["c.jpg"]]


def test_forgotten_photos_leave_their_albums(indexed, three, photos):
    with indexed.opened(write=True) as library:
        library.change(MakeAlbum(AlbumContent("All", photo_ids=tuple(three.values()), cover=three["a.jpg"])))
        undo = library.change(Rate((three["a.jpg"],), 3))
        library.remove_folder(photos)
        assert library.albums.content("All") == AlbumContent("All")
        library.change(undo)
        assert library.store.problems() == []


def test_search_album_fills_itself_with_photos_that_come_later(indexed, three, photos):
    search = to_text(Query((TextTerm("red"),)))
    with indexed.opened(write=True) as library:
        library.change(MakeAlbum(AlbumContent("Reds", AlbumKind.SEARCH, search=search)))
        assert library.albums.photos("reds").tolist() == [three["a.jpg"]]
    paint(photos / "d.jpg", "red", quality=70)
    indexed.index()
    with indexed.opened() as library:
        assert [hit.path.name for hit in library.albums.results("Reds").hits] == ["a.jpg", "d.jpg"]


def test_query_is_read_back_as_it_was_stored(tmp_path):
    query = Query(
        (TextTerm("a dog"), TextTerm("beach", -0.5), ImageTerm(tmp_path / "\udcff.jpg", 2.0)),
        Filters(folders=(tmp_path,)),
        Sort.OLDEST,
        limit=7,
    )
    assert from_text(to_text(query)) == query
    with pytest.raises(ClipViewError, match="can't be read"):
        from_text("{")
    with pytest.raises(ClipViewError, match="Make the album anew"):
        from_text('{"is": "Filters"}')


def test_album_of_one_colour_names_the_photo_that_does_not_belong(indexed, photos):
    for number in range(12):
        paint(photos / f"red{number}.jpg", "red", quality=40 + number, size=(48 + number, 32))
        paint(photos / f"any{number}.jpg", ("green", "blue", "white")[number % 3], size=(60 + number, 32))
    indexed.index(photos)
    ids = indexed.ids()
    reds = [ids[f"red{number}.jpg"] for number in range(12)]
    with indexed.opened() as library:
        alone = library.albums.facts_of(reds)
        assert alone.strangers == ()
        assert alone.cover in reds
        assert library.albums.facts_of([*reds, ids["any0.jpg"]]).strangers == (ids["any0.jpg"],)
        assert library.albums.facts_of([*reds[:3], ids["any0.jpg"]]).strangers == (), "too few to tell"


def test_what_sets_an_album_apart_is_what_the_library_has_less_of():
    names = ["common", "rare", "once"]
    library = np.zeros((100, 3), np.bool_)
    library[:80, 0] = True
    library[:10, 1] = True
    library[0, 2] = True
    album = library[:10]
    telling = album_facts.distinctive(album, library, names)
    assert [each.tag for each in telling] == ["rare"]
    assert [(each.tag, each.share) for each in album_facts.coverage(album, library, names)] == [
        ("rare", 1.0),
        ("common", 1.0),
    ]
    assert album_facts.distinctive(library, library, names) == ()


def test_empty_album_has_facts_too(indexed, three):
    with indexed.opened(write=True) as library:
        library.change(MakeAlbum(AlbumContent("Empty")))
        facts = library.albums.facts("Empty")
    assert (facts.photos, facts.cover, facts.strangers, facts.coverage) == (0, None, (), ())


def test_album_favourite_and_star_filters_see_what_the_person_says_at_once(kept):
    library, ids = kept
    a, b, c = ids["a.jpg"], ids["b.jpg"], ids["c.jpg"]
    filled = AlbumContent("Reds", AlbumKind.SEARCH, search=to_text(Query((TextTerm("red"),))))
    around = AlbumContent("Round", AlbumKind.SEARCH, search=to_text(Query(filters=Filters(albums=("Round",)))))

    def found(**filters):
        return set(library.rank(Query(filters=Filters(**filters))).ids.tolist())

    undo = library.change(
        Several(
            (
                MakeAlbum(AlbumContent("Été", photo_ids=(c, a))),
                MakeAlbum(filled),
                MakeAlbum(around),
                Favour((b,), favourite=True),
                Rate((b, c), 4),
                Describe(c, "sunset over Oslo"),
            )
        )
    )
    assert found(albums=("été",)) == {a, c}
    assert found(albums=("reds",)) == {a}
    assert found(albums=("Round",)) == set(), "an album that asks for itself is empty"
    assert found(favourite=True) == {b}
    assert found(min_rating=4) == {b, c}
    assert found(words=("oslo",)) == {c}
    library.change(undo)
    assert found(min_rating=4) == found(words=("oslo",)) == found(favourite=True) == set()

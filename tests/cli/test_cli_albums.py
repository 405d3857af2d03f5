"""`clipview albums`, `album`, `mark` and `export` from outside."""

from __future__ import annotations

import os
import shutil

import pytest


@pytest.fixture
def library(clipview, sample_library, tmp_path):
    """Run commands on a copy of the sample library; gives the command and its photos by name."""
    shutil.copytree(sample_library / "library", tmp_path / "library")
    folder = sample_library / "photos"

    def run(command, *words):
        return clipview(command, *words, "--library", tmp_path / "library")

    return run, sorted(path for path in folder.rglob("*") if path.is_file())


def test_album_is_made_listed_changed_and_deleted(library):
    run, photos = library
    assert run("albums").out.startswith("There are no albums yet")
    assert run("album", "Trip", "--add", photos[2], photos[0]).code == 0
    assert run("albums", "--json").document == [{"name": "Trip", "kind": "manual", "photos": 2}]
    hits = run("album", "trip", "--json").document["hits"]
    assert [hit["path"] for hit in hits] == [os.fspath(photos[2]), os.fspath(photos[0])]
    assert {hit["band"] for hit in hits} == {"strong"}
    run("album", "Trip", "--add", photos[1])
    run("album", "Trip", "--remove", photos[2])
    run("album", "Trip", "--rename", "Norway 2019")
    listed = run("album", "Norway 2019").out
    assert photos[0].name in listed
    assert photos[2].name not in listed
    assert run("album", "Trip").err.startswith("clipview: There is no album 'Trip'")
    assert run("album", "Norway 2019", "--delete").code == 0
    assert run("albums", "--json").document == []


def test_search_album_lists_what_the_search_finds(library):
    run, _ = library
    run("album", "Cats", "--search", "a cat")
    found = run("search", "a cat", "--json").document
    album = run("album", "Cats", "--json").document
    assert album["strong"] == found["strong"]
    assert {hit["path"] for hit in found["hits"]} <= {hit["path"] for hit in album["hits"]}


def test_facts_are_told_as_one_document(library):
    run, photos = library
    run("album", "All", "--add", *photos)
    facts = run("album", "All", "--facts", "--json").document
    assert facts["photos"] == facts["described"] == len(photos)
    assert facts["cover"] in map(os.fspath, photos)
    assert facts["distinctive"] == [], "the whole library is not set apart from itself"
    assert "photos" in run("album", "All", "--facts").out


def test_album_is_taught_and_says_what_it_can_tell(library):
    run, photos = library
    told = run("album", "Taught", "--teach", photos[0], photos[1], "--json").document
    assert (told["album"], told["examples"], told["learned"], told["found"]) == ("Taught", 2, False, 0)
    assert "can't tell yet" in run("album", "taught", "--teach", photos[2]).out
    run("album", "Taught", "--remove", photos[3])
    facts = run("album", "Taught", "--facts", "--json").document
    assert (facts["taught"]["examples"], facts["taught"]["counter_examples"]) == (3, 1)
    assert {"name": "Taught", "kind": "taught", "photos": 3} in run("albums", "--json").document
    run("album", "By hand", "--add", photos[0])
    assert run("album", "By hand", "--teach", photos[1]).code == 1


def test_export_copies_and_never_overwrites_or_leaves_the_folder(library, tmp_path):
    run, photos = library
    target = tmp_path / "out"
    target.mkdir()
    (target / photos[0].name).write_bytes(b"mine")
    outside = tmp_path / "outside.jpg"
    (target / photos[1].name).symlink_to(outside)
    run("album", "Trip", "--add", photos[0], photos[1])
    done = run("export", target, "--album", "Trip", "--json")
    assert (done.code, done.document) == (0, {"written": 2, "sidecars": 0, "skipped": []})
    assert (target / photos[0].name).read_bytes() == b"mine"
    assert not outside.exists()
    copies = [path for path in target.iterdir() if " (2)" in path.name]
    assert sorted(path.read_bytes() for path in copies) == sorted(path.read_bytes() for path in photos[:2])


def test_export_writes_sidecars_beside_the_copies_but_not_beside_the_photos(library, tmp_path):
    run, photos = library
    before = sorted(photos[0].parent.iterdir())
    run("mark", photos[0], "--stars", "5", "--caption", "the first")
    done = run("export", tmp_path / "out", "--files", photos[0], photos[1], "--sidecars", "--json").document
    assert (done["written"], done["sidecars"]) == (2, 1)
    assert "the first" in (tmp_path / "out" / (photos[0].name + ".xmp")).read_text(encoding="utf-8")
    assert sorted(photos[0].parent.iterdir()) == before


def test_sidecars_are_written_beside_the_photos_on_request(library):
    run, photos = library
    sidecar = photos[3].with_name(photos[3].name + ".xmp")
    try:
        assert run("mark", photos[3], "--stars", "3", "--favourite").code == 0
        assert run("export", "--marked", "--sidecars", "--json").document["sidecars"] == 1
        assert b"<xmp:Rating>3" in sidecar.read_bytes()
        sidecar.write_bytes(b"broken")
        refused = run("export", "--marked", "--sidecars")
        assert refused.code == 1
        assert "left as it is" in refused.out
        assert sidecar.read_bytes() == b"broken"
    finally:
        sidecar.unlink()


def test_tagged_photos_are_exported_with_automatic_tags_only_on_request(library, tmp_path):
    run, _ = library
    tags = {each["name"]: each["photos"] for each in run("tag", "--json").document["tags"]}
    name, count = next(iter(tags.items()))
    plain = run("export", tmp_path / "plain", "--tag", name.upper(), "--sidecars", "--json").document
    assert (plain["written"], plain["sidecars"]) == (count, 0)
    told = run("export", tmp_path / "told", "--tag", name, "--sidecars", "--automatic", "--json").document
    assert (told["written"], told["sidecars"]) == (count, count)
    assert all(f">{name}<" in path.read_text(encoding="utf-8") for path in (tmp_path / "told").glob("*.xmp"))
    unknown = run("export", tmp_path / "plain", "--tag", "nothing of this kind")
    assert (unknown.code, "`clipview tags`" in unknown.err) == (1, True)


def test_wrong_words_are_refused_with_the_next_step(library, tmp_path):
    run, photos = library
    assert run("export", "--files", photos[0]).code == 2
    assert run("export", tmp_path, "--marked", "--automatic").code == 2
    assert run("export", tmp_path, "--marked", "--limit", "0").code == 2
    assert run("mark", photos[0]).code == 2
    assert "clipview index" in run("mark", tmp_path / "nowhere.jpg", "--stars", "1").err
    assert run("album", "Nowhere", "--facts").code == 1

"""Whatever strangers' bytes and words are, each reader gives a value or its own error; some seconds here, minutes long.

`CLIPVIEW_FUZZ=long` takes forty times the examples.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "photos"))
sys.path.insert(0, str(Path(__file__).parents[1] / "engine"))

from photo_files import encoded, noise
from preparations import Small
from stand_in import Window

from clipview.core import stored_query
from clipview.core.errors import ClipViewError
from clipview.core.metadata import read_sidecar
from clipview.core.photos import content_of
from clipview.core.pictures import Limits
from clipview.core.places import Places
from clipview.core.prompts import read_vocabulary
from clipview.core.query_syntax import parse, query_of
from clipview.core.types import Filters, Metadata, PhotoContent, Query, TextTerm, Unreadable
from clipview.core.xmp import parse_xmp
from clipview.core.xmp_merge import Bag, Text, merged
from clipview.engine import messages as m
from clipview.engine.messages import tags

_TIMES = 40 if os.environ.get("CLIPVIEW_FUZZ") == "long" else 1
_LIMITS = Limits(file_bytes=1 << 20, memory_bytes=64 << 20)
_PHOTOS = [encoded(noise(40, 30), name) for name in ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")]
_SIDECAR = merged(None, {"dc:subject": Bag(("a", "b")), "xmp:Rating": "3", "dc:description": Text("words")}, 1 << 20)
_VOCABULARY = b'[[tag]]\nname = "dog"\nprompts = ["a dog"]\nparent = "pet"\n\n[[tag]]\nname = "pet"\nprompts = []\n'


def fuzzed(examples: int):
    return settings(
        max_examples=examples * _TIMES,
        deadline=None,
        derandomize=_TIMES == 1,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


changes = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6)), min_size=1, max_size=8)
"""Places in a file, as shares of its length, and what is written there; nothing cuts the rest off."""


def changed(content: bytes, edits: list[tuple[float, bytes]]) -> bytes:
    harmed = bytearray(content)
    for share, written in edits:
        at = int(share * len(harmed))
        harmed[at : at + len(written) if written else None] = written
    return bytes(harmed)


@fuzzed(60)
@given(content=st.sampled_from(_PHOTOS), edits=changes)
def test_fuzz_a_photo_file_is_read_or_has_a_reason(content, edits):
    read = content_of(changed(content, edits), b"\0" * 32, Small(), _LIMITS)
    if isinstance(read, Unreadable):
        assert read.reason.endswith((".", ")"))
    else:
        assert isinstance(read, PhotoContent)
        assert len(read.miniature) == 256


@fuzzed(25)
@given(edits=changes, words=st.lists(st.text(max_size=20), max_size=4))
def test_fuzz_a_sidecar_is_read_and_keeps_what_is_written_to_it(edits, words):
    packet = changed(_SIDECAR, edits)
    assert isinstance(read_sidecar(packet), Metadata)
    try:
        written = merged(packet, {"dc:subject": Bag(tuple(words))}, 1 << 20)
    except ClipViewError:
        return
    again = merged(written, {"dc:subject": Bag(tuple(words))}, 1 << 20)
    assert parse_xmp(again) == parse_xmp(written)


_query_words = st.text(
    alphabet=st.sampled_from(" \"-:^.()<>*@,|&%_\\'\0\n") | st.characters(codec="utf-16", max_codepoint=0x2FFFF),
    max_size=60,
)
_keys = st.sampled_from(
    ["in", "type", "is", "has", "after", "before", "date", "rating", "camera", "tag", "name", "album"]
)


@fuzzed(60)
@example("date:0000..9999")
@example("rating:99999999999999999999")
@given(st.one_of(_query_words, st.builds("{}:{}".format, _keys, _query_words)))
def test_fuzz_every_text_is_a_search_and_survives_being_written(text):
    parsed = parse(text)
    query = query_of(parsed, date(2020, 5, 17))
    assert stored_query.from_text(stored_query.to_text(query)) == query
    assert parse(parsed.written()).parts == parsed.parts


@fuzzed(60)
@given(edits=changes)
def test_fuzz_a_vocabulary_file_is_read_or_refused_by_name(edits):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mine.toml"
        path.write_bytes(changed(_VOCABULARY, edits))
        refused = ""
        try:
            assert read_vocabulary(path).tags
        except ClipViewError as error:
            refused = str(error)
    assert not refused or path.name in refused


def test_fuzz_messages_never_stop_the_engine(tmp_path):
    chance = random.Random(5)
    window = Window(Places(tmp_path / "library", tmp_path / "models", tmp_path / "cache"))
    try:
        window.wait(m.Ready)
        process = window.client.process_id
        known = (*vars(m).values(), *vars(tags).values())
        kinds = [kind for kind in known if isinstance(kind, type) and kind.__module__.startswith(m.__name__)]
        kinds = [kind for kind in kinds if kind not in (m.Quit, m.EngineDied, m.GetModel, m.AddSamples)]
        values = (
            None, -1, 2**70, "", "\0", "\udc80", b"\xff", (), (1, "a"), Path("/nowhere"), float("nan"), Query(),
            Query((TextTerm("x" * 10_000),)), Filters(words=("'",)), [], {}, object, kinds[0],
        )  # fmt: skip
        for _ in range(150 * _TIMES):
            kind = chance.choice(kinds)
            count = len(getattr(kind, "__struct_fields__", ()))
            window.send(kind(*(chance.choice(values) for _ in range(count))))
        window.send(m.PauseScan(paused=False))
        assert window.search().total == 0
        assert window.client.process_id == process
    finally:
        window.client.close()

"""What the window asks about tags, in a lane of its own: tagging, answers, the review queue, the vocabulary."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np

from clipview.core.errors import ClipViewError
from clipview.core.library import Library
from clipview.core.prompts import read_vocabulary
from clipview.core.tag_changes import VOCABULARY_CHANGES, AnswerTag, UndoAnswers
from clipview.core.tagging import TagSummary, Taught
from clipview.core.tagging.changing import make_change
from clipview.core.tagging.decisions import ACCEPT_FROM
from clipview.core.types import Query, TextTerm
from clipview.engine.messages import tags as m
from clipview.engine.refusals import Post

_REPORT_EVERY_S: Final = 0.1
_WORTH_SHOWING: Final = 0.02
"""Below this confidence no line would be set."""


class Tagging:
    """Answers requests about tags for one library; all but `stop` and `explain` in one thread at a time."""

    def __init__(self, library: Library, post: Post, nudge: Callable[[], object]) -> None:
        """Take the library, the way to the window, and what brings searches and the window up to date."""
        self._library, self._post, self._nudge = library, post, nudge
        self._stopped = threading.Event()

    def stop(self) -> None:
        """End the tagging that goes on; from any thread."""
        self._stopped.set()

    def handle(self, request: object) -> None:
        """Do what one request asks; raises ClipViewError when it can't be done."""
        match request:
            case m.ListTags():
                self._post(self._listed())
            case m.TagPhotos():
                self._tag(request)
            case m.MakeTagChange():
                self._change(request)
            case m.ListReview(number, count, tag):
                self._post(m.ReviewList(number, tag, self._pairs(count, tag)))
            case m.LookAtTag(number, name):
                self._post(self._confidences(number, name))
            case m.ListVocabulary(number):
                self._post(self._vocabulary(number))
            case m.TakeVocabulary(file):
                self._take_vocabulary(file)

    def explain(self, request: object) -> None:
        """Tell what speaks for a tag of a photo; from any thread."""
        assert isinstance(request, m.ExplainTag)
        try:
            told = self._library.explain(Query((TextTerm(request.tag),)), request.photo_id)
        except ClipViewError:
            told = None
        better, words = (None, ()) if told is None else (told.better_than, told.words)
        self._post(m.TagExplained(request.number, request.photo_id, request.tag, better, words))

    # ---- lists ----

    def _listed(self) -> m.TagList:
        known = {tag.name.casefold(): tag for tag in self._library.tags.vocabularies.read().tags}
        rows = []
        for count in self._library.tags.counts():
            tag = known.pop(count.name.casefold(), None)
            group, parent = ("", None) if tag is None else (tag.group, tag.parent)
            rows.append(m.TagRow(count.name, group, parent, count.taught, count.photos, count.by_hand, count.unsure))
        words = tuple(sorted(tag.name for tag in known.values()))
        return m.TagList(tuple(rows), words, self._library.tags.outdated())

    def _pairs(self, count: int, tag: str | None) -> tuple[m.Pair, ...]:
        try:
            questions = self._library.tags.review(count, tag)
        except ClipViewError:
            # The tag was renamed or forgotten while the request was on its way.
            return ()
        return tuple(m.Pair(each.photo_id, each.tag, each.confidence) for each in questions)

    def _confidences(self, number: int, name: str) -> m.TagConfidences:
        tags = self._library.tags
        sure = sorted(tags.likelihoods(name).items(), key=lambda pair: (-pair[1], pair[0]))
        sure = [pair for pair in sure if pair[1] >= _WORTH_SHOWING]
        line = tags.line(name)
        return m.TagConfidences(
            number,
            name,
            ACCEPT_FROM if line is None else line,
            ACCEPT_FROM,
            np.array([photo_id for photo_id, _ in sure], np.int64),
            np.array([confidence for _, confidence in sure], np.float32),
        )

    def _vocabulary(self, number: int) -> m.VocabularyList:
        tags = self._library.tags
        try:
            stale = tags.stale()
        except ClipViewError:
            # There are no photos yet; words can be thought of all the same.
            stale = 0
        vocabularies = tags.vocabularies
        return m.VocabularyList(number, vocabularies.read().tags, vocabularies.disabled(), vocabularies.own_file, stale)

    # ---- work ----

    def _change(self, request: m.MakeTagChange) -> None:
        try:
            made = make_change(self._library.tags, request.change)
        except ClipViewError as error:
            self._post(m.TagChangeMade(request.number, None, failure=str(error)))
            return
        self._post(m.TagChangeMade(request.number, made.undo, None if made.taught is None else _told(made.taught)))
        if isinstance(request.change, VOCABULARY_CHANGES):
            self._tag_anew()
        self._post(self._listed())
        if not isinstance(request.change, AnswerTag | UndoAnswers):
            self._nudge()

    def _tag_anew(self) -> None:
        """Tag what was tagged by the vocabulary as it was before."""
        stale = self._library.tags.stale_photos(tagged_before=True) if self._library.store.known_photos() else []
        if stale:
            self._tag(m.TagPhotos(tuple(stale)))

    def _tag(self, request: m.TagPhotos) -> None:
        self._stopped.clear()
        try:
            summary = self._run(request)
        except ClipViewError as error:
            self._post(m.TaggingEnded(done=False, failure=str(error)))
            return
        self._post(self._listed())
        if summary is None:
            self._post(m.TaggingEnded(done=False))
        else:
            self._post(m.TaggingEnded(True, summary.tagged, tuple(summary.added.items()), summary.unsure))  # noqa: FBT003
        self._nudge()

    def _run(self, request: m.TagPhotos) -> TagSummary | None:
        tags = self._library.tags
        chosen = tags.chosen(
            photo_ids=request.photo_ids,
            folders=() if request.folder is None else (request.folder,),
            album=request.album,
            stale=request.stale_only,
            tagged_before=request.tagged_before,
        )
        steps = tags.tag(chosen)
        told_s = 0.0
        try:
            while True:
                step = next(steps)
                if self._stopped.is_set():
                    return None
                if time.monotonic() - told_s >= _REPORT_EVERY_S:
                    told_s = time.monotonic()
                    self._post(m.TaggingProgress(step.done, step.total))
        except StopIteration as end:
            summary: TagSummary = end.value
            return summary
        finally:
            steps.close()

    def _take_vocabulary(self, file: Path) -> None:
        vocabularies = self._library.tags.vocabularies
        read_vocabulary(file)
        target = vocabularies.own_file.with_name(file.name if file.suffix == ".toml" else f"{file.name}.toml")
        if target.exists():
            raise ClipViewError(
                f"The library has a vocabulary {target.name} already. Rename the file, or edit the one in "
                f"{target.parent}."
            )
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
        except OSError as error:
            raise ClipViewError(
                f"The vocabulary can't be copied to {target} ({error.strerror}). Check the folder's permissions."
            ) from error
        try:
            vocabularies.read()
        except ClipViewError:
            target.unlink()
            raise
        self._tag_anew()
        self._post(self._vocabulary(0))
        self._post(self._listed())


def _told(taught: Taught) -> m.TaughtTag:
    return m.TaughtTag(taught.check.learned, taught.check.area, taught.found, taught.unsure)

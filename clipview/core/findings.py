"""What is worked out about a library beside searching it, and when that is due again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from clipview.core.errors import ModelUnavailableError
from clipview.core.groups import Groups, find_groups
from clipview.core.memory import Loaded
from clipview.core.paperwork import Strengths, find_paperwork
from clipview.core.store import Model, Store
from clipview.core.types import Fold

log = logging.getLogger(__name__)


class Findings(Struct, frozen=True, eq=False):
    """A library's groups and paperwork at one moment."""

    groups: Groups = field(default_factory=Groups)
    paperwork: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    """Ids of screenshots and documents, ascending."""
    duplicates: int = 0
    """Pictures that are there several times, as one file or another."""
    number: int = 0
    """Grows with each look at the library."""


class FindingsKeeper:
    """Keeps the findings of one library; `current` never waits, `refresh` takes seconds in a large library."""

    def __init__(self, database: Path, strengths: Callable[[Loaded], Strengths]) -> None:
        """Take where things come from.

        Args:
            database: read through a connection of its own, so that nobody waits for it.
            strengths: gives a model's word on descriptions.
        """
        self._database, self._strengths = database, strengths
        self._current = Findings()
        self._known: tuple[int, Model | None, bool] | None = None
        self._refreshing = threading.Lock()

    @property
    def current(self) -> Findings:
        """What was found last."""
        return self._current

    def refresh(self, loaded: Loaded) -> Findings:
        """Look again if the library is another one than last time.

        Raises:
            ClipViewError: the database can't be read.
        """
        with self._refreshing:
            vectors = loaded.vectors
            known = (loaded.generation, loaded.model, vectors is not None and vectors.calibrated_with_bank)
            if known == self._known:
                return self._current
            with Store.open(self._database, write=False) as store:
                looks, copied = store.looks(), len(store.copied_photos())
            groups = Groups() if vectors is None else find_groups(looks, vectors.similar, vectors.calibration.image)
            try:
                paperwork = find_paperwork(looks, None if vectors is None else self._strengths(loaded))
            except ModelUnavailableError as error:
                log.info("documents are not looked for: %s", error)
                paperwork = find_paperwork(looks, None)
            duplicates = copied + len(groups.members(Fold.PICTURE))
            self._current = Findings(groups, paperwork, duplicates, self._current.number + 1)
            self._known = known
            return self._current

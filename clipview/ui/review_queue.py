"""What is asked next at the review desk: the engine's order, without what was answered or skipped meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clipview.engine.messages.tags import Pair

BATCH = 200
"""Questions that are fetched at once."""
_FEW = 100
"""With fewer in hand more are fetched, long before a person who answers quickly gets there."""

Key = tuple[int, str]


class ReviewQueue:
    """The pairs that wait, and those that were gone by."""

    def __init__(self) -> None:
        self._waiting: list[Pair] = []
        self._gone: list[Pair] = []
        self._answered: set[Key] = set()
        self._skipped: set[Key] = set()
        self._fetching = False
        self._more = True

    @property
    def needs_more(self) -> bool:
        """Whether more questions should be fetched now."""
        return not self._fetching and (len(self._waiting) < 2 or (self._more and len(self._waiting) < _FEW))

    def note_fetching(self) -> None:
        """More questions are on their way."""
        self._fetching = True

    @property
    def current(self) -> Pair | None:
        """The pair in question."""
        return self._waiting[0] if self._waiting else None

    @property
    def coming(self) -> Sequence[Pair]:
        """What comes after it."""
        return self._waiting[1:]

    @property
    def answered(self) -> int:
        """How many pairs were answered."""
        return len(self._answered)

    @property
    def skipped(self) -> int:
        """How many pairs were left for later."""
        return len(self._skipped)

    def restart(self) -> None:
        """Ask about something else; what was skipped may come again."""
        self._waiting, self._gone, self._skipped = [], [], set()
        self._fetching, self._more = False, True

    def take(self, pairs: Sequence[Pair]) -> None:
        """Take a new order; the pair in question stays in question."""
        current = self.current
        self._fetching, self._more = False, len(pairs) >= BATCH
        fresh = [pair for pair in pairs if _key(pair) not in self._answered | self._skipped]
        if current is not None:
            fresh = [current, *(pair for pair in fresh if _key(pair) != _key(current))]
        self._waiting = fresh

    def answer(self) -> None:
        """Go on: the pair in question is answered."""
        pair = self._waiting.pop(0)
        self._gone.append(pair)
        self._answered.add(_key(pair))
        self._skipped.discard(_key(pair))

    def answer_these(self, tag: str, photo_ids: Iterable[int]) -> None:
        """Leave out all pairs of a tag with these photos: they are answered."""
        keys = {(photo_id, tag) for photo_id in photo_ids}
        self._gone += [pair for pair in self._waiting if _key(pair) in keys]
        self._waiting = [pair for pair in self._waiting if _key(pair) not in keys]
        self._answered |= keys

    def skip(self) -> None:
        """Go on without an answer."""
        pair = self._waiting.pop(0)
        self._gone.append(pair)
        self._skipped.add(_key(pair))

    def step_back(self) -> bool:
        """Ask about the pair before once more; returns whether there was one that has no answer."""
        for place in range(len(self._gone) - 1, -1, -1):
            if _key(self._gone[place]) in self._skipped:
                pair = self._gone.pop(place)
                self._skipped.discard(_key(pair))
                self._waiting.insert(0, pair)
                return True
        return False

    def put_back(self, tag: str, photo_ids: Iterable[int]) -> None:
        """Ask again about pairs whose answers were taken back."""
        keys = {(photo_id, tag) for photo_id in photo_ids}
        self._answered -= keys
        again = [pair for pair in self._gone if _key(pair) in keys]
        self._gone = [pair for pair in self._gone if _key(pair) not in keys]
        self._waiting = again + [pair for pair in self._waiting if _key(pair) not in keys]

    def of_tag(self, tag: str) -> list[Pair]:
        """Return the pairs of a tag that wait, surest first."""
        return sorted((pair for pair in self._waiting if pair.tag == tag), key=lambda pair: -pair.confidence)


def _key(pair: Pair) -> Key:
    return pair.photo_id, pair.tag

"""`clipview search --explain`: why photos match, as lines for people and as JSON."""

from __future__ import annotations

from typing import Any, Final

from clipview.cli.output import path_text
from clipview.cli.terminal import plain
from clipview.core.library import Library
from clipview.core.types import Explanation, ImageTerm, Query, Reason, Results, TextTerm

MOST: Final = 20
"""Hits that are explained, the first ones: each costs about as much as the search."""


def explanations(library: Library, query: Query, results: Results) -> dict[int, Explanation]:
    """Return why the first photos of an answer match, by id."""
    told = {hit.photo_id: library.explain(query, hit.photo_id) for hit in results.hits[:MOST]}
    return {photo_id: each for photo_id, each in told.items() if each is not None}


def explanation_document(told: Explanation) -> dict[str, Any]:
    """One explanation for JSON."""
    return {
        "named": told.named,
        "better_than": round(told.better_than, 2),
        "terms": [
            {
                "term": _name(reason),
                "weight": 0.0 if reason.term is None else reason.term.weight,
                "match": reason.match,
                "points": reason.points,
                "agrees": list(reason.agrees),
            }
            for reason in told.reasons
        ],
        "words": list(told.words),
    }


def explanation_text(told: Explanation) -> str:
    """One explanation in a line for people."""
    parts = [f"{_signed(reason.points)} {plain(_name(reason))}" for reason in told.reasons if len(told.reasons) > 1]
    parts.append("named so" if told.named else f"better than {told.better_than:.4g} %")
    if told.words:
        parts.append("shows " + ", ".join(map(plain, told.words)))
    return "; ".join(parts)


def _name(reason: Reason) -> str:
    match reason.term:
        case TextTerm(text=text):
            return text
        case ImageTerm(path=path):
            return path_text(path)
        case None:
            return "marks"


def _signed(points: int) -> str:
    return f"{points:+d}" if points else "0"

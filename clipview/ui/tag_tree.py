"""How tags stand below each other: by the vocabulary's groups, and inside a group by parent."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from clipview.engine.messages.tags import TagRow


class TagNode(Struct, frozen=True):
    """A tag of the tree in the sidebar, or a group of them."""

    name: str
    """Of the tag; empty for a group."""
    text: str
    photos: int | None
    children: tuple[TagNode, ...]


def tag_tree(tags: Sequence[TagRow]) -> tuple[TagNode, ...]:
    """Return the groups by name, those tags first that people made themselves; only tags that some photo has."""
    shown = [tag for tag in tags if tag.photos or tag.taught]
    groups: dict[str, list[TagRow]] = {}
    for tag in shown:
        groups.setdefault(tag.group, []).append(tag)
    return tuple(_group(name, groups[name]) for name in sorted(groups))


def _group(name: str, tags: Sequence[TagRow]) -> TagNode:
    names = {tag.name for tag in tags}
    below: dict[str | None, list[TagRow]] = {}
    for tag in tags:
        below.setdefault(tag.parent if tag.parent in names else None, []).append(tag)

    def nodes(parent: str | None) -> tuple[TagNode, ...]:
        mine = sorted(below.get(parent, []), key=lambda tag: tag.name.casefold())
        return tuple(TagNode(tag.name, tag.name, tag.photos, nodes(tag.name)) for tag in mine)

    own = QCoreApplication.translate("TagTree", "My tags")
    return TagNode("", name[:1].upper() + name[1:] if name else own, None, nodes(None))

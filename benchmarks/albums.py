"""How well an album's facts are told: strangers found among planted ones, and false alarms in pure albums.

    python benchmarks/albums.py FOLDER

FOLDER holds photos whose names begin with what they show ("beagle_2.jpg"). Albums are made of all photos of one kind by
GROUPS below; strangers are drawn from the others with a fixed seed. Prints shares.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from pathlib import Path

from clipview.config import places
from clipview.core.library import Library

GROUPS = {
    "dogs": "affenpinscher afghan_hound appenzeller bouvier bull_mastiff cardigan retriever cocker_spaniel "
    "dandie_dinmont setter pointer great_dane groenendael ibizan_hound water_spaniel keeshond komondor kuvasz malinois "
    "mexican_hairless miniature_pinscher newfoundland otterhound saluki samoyed sealyham sussex_spaniel",
    "birds": "egret grouse brambling bulbul hornbill lorikeet magpie sandpiper merganser redshank water_ouzel",
    "vehicles": "half_track minivan passenger_car pickup police_van submarine tricycle unicycle oxcart horse_cart",
    "reptiles": "agama alligator_lizard banded_gecko cobra komodo_dragon hognose python",
    "food": "bagel guacamole hotdog french_loaf meat_loaf pretzel trifle confectionery butternut_squash acorn_squash",
    "buildings": "cliff_dwelling monastery prison stupa triumphal_arch viaduct greenhouse water_tower",
}
PLANTED = (1, 2, 3)
ROUNDS = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as home, Library.open(places(Path(home)), write=True) as library:
        for _ in library.scan([folder]):
            pass
        table = library.in_memory.searcher.table
        names = {photo_id: path.stem.lower() for photo_id, path in library.in_memory.searcher.names(table.ids).items()}
        groups = {
            group: [i for i, name in names.items() if re.search("|".join(words.split()), name)]
            for group, words in GROUPS.items()
        }
        groups = {group: ids for group, ids in groups.items() if len(ids) >= 8}
        print("pure albums: photos, flagged")
        flagged = sum(len(_shown(library, group, ids)) for group, ids in groups.items())
        total = sum(map(len, groups.values()))
        print(f"false alarms in pure albums: {flagged} of {total} photos")
        draw = random.Random(1)
        found = planted = wrong = 0
        for ids in groups.values():
            others = [i for i in names if i not in ids]
            for count in PLANTED:
                for _ in range(ROUNDS):
                    strangers = draw.sample(others, count)
                    told = set(library.albums.facts_of([*ids, *strangers]).strangers)
                    found += len(told & set(strangers))
                    wrong += len(told - set(strangers))
                    planted += count

        print(f"planted strangers: recall {found / planted:.2f}, precision {found / max(1, found + wrong):.2f}")


def _shown(library: Library, group: str, ids: list[int]) -> tuple[int, ...]:
    facts = library.albums.facts_of(ids)
    tags = ", ".join(each.tag for each in facts.distinctive[:3])
    print(f"  {group}: {len(ids)}, {len(facts.strangers)}; title {' and '.join(facts.title.tags)!r}, apart by {tags}")
    return facts.strangers


if __name__ == "__main__":
    main()

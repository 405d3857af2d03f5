"""Where the sample photos come from: pictures that scikit-image and scikit-learn install with themselves."""

from __future__ import annotations

import importlib.util
import shutil
from functools import partial
from pathlib import Path

from msgspec import Struct

from clipview.core.errors import ClipViewError
from clipview.core.flushing import put_whole


class SamplePhoto(Struct, frozen=True):
    """One photo that is on this machine already, and whose photo it is."""

    source: Path
    name: str
    """A file name that tells a person what is in the picture."""
    title: str
    licence: str
    credit: str
    """Who took it or gave it, as the package that ships it states."""


def sample_photos() -> list[SamplePhoto]:
    """Return the sample photos that are installed, in a fixed order.

    Neither package is imported, only its folder found. Raises ClipViewError when neither is installed.
    """
    found = []
    for package, subfolder, photos in _SOURCES:
        folder = _folder_of(package)
        if folder is None:
            continue
        for file_name, name, title, licence, credit in photos:
            source = folder / subfolder / file_name
            if source.is_file():
                found.append(SamplePhoto(source, name, title, licence, credit))
    if not found:
        raise ClipViewError("The sample photos are not installed. Get them with: pip install scikit-image scikit-learn")
    return found


def copy_samples(folder: Path) -> list[Path]:
    """Copy the sample photos into a folder, which is made if need be, and return their paths there.

    A photo that is there already with the right length stays as it is; each file appears whole or not at all.
    """
    folder.mkdir(parents=True, exist_ok=True)
    copies = []
    for photo in sample_photos():
        target = folder / photo.name
        if not target.is_file() or target.stat().st_size != photo.source.stat().st_size:
            # A scan passes over what is unfinished, because of its name.
            put_whole(target, partial(shutil.copyfile, photo.source))
        copies.append(target)
    return copies


def _folder_of(package: str) -> Path | None:
    specification = importlib.util.find_spec(package)
    if specification is None or not specification.submodule_search_locations:
        return None
    return Path(specification.submodule_search_locations[0])


_PUBLIC_DOMAIN = "Public domain"
_CC0 = "CC0 1.0"
_CC_BY = "CC BY 2.0"
_AS_SHIPPED = "Not stated; shipped with scikit-image"
_MIDDLEBURY = "Middlebury 2014 stereo benchmark: Nesic, Westling, Wang, Kitajima, Krathwohl, Scharstein"

_Photo = tuple[str, str, str, str, str]
"""File in the package, our name, title, licence, credit."""

# Facts from skimage/data/_fetchers.py (scikit-image 0.26) and sklearn/datasets/images/README.txt (scikit-learn 1.9).
_SKIMAGE: tuple[_Photo, ...] = (
    ("astronaut.png", "astronaut-eileen-collins.png", "Astronaut Eileen Collins", _PUBLIC_DOMAIN, "NASA"),
    ("chelsea.png", "cat-chelsea.png", "Chelsea the cat", _CC0, "Stéfan van der Walt"),
    ("coffee.png", "coffee.png", "A cup of coffee", _CC0, "Rachel Michetti, courtesy of Pikolo Espresso Bar"),
    ("rocket.jpg", "rocket-on-launch-pad.jpg", "Falcon 9 before the launch of DSCOVR", _PUBLIC_DOMAIN, "SpaceX"),
    ("camera.png", "photographer-with-camera.png", "A photographer and his camera", _CC0, "Lav Varshney"),
    ("coins.png", "coins-from-pompeii.png", "Greek coins from Pompeii", "No known restrictions", "Brooklyn Museum"),
    ("hubble_deep_field.jpg", "deep-space.jpg", "Hubble eXtreme Deep Field", _PUBLIC_DOMAIN, "NASA, HubbleSite"),
    ("moon.png", "moon.png", "The surface of the moon", _AS_SHIPPED, "scikit-image"),
    ("motorcycle_left.png", "motorcycle-in-garage-1.png", "A motorcycle in a garage", _AS_SHIPPED, _MIDDLEBURY),
    # The same scene from 19 cm to the right: a near duplicate.
    ("motorcycle_right.png", "motorcycle-in-garage-2.png", "The same motorcycle again", _AS_SHIPPED, _MIDDLEBURY),
    ("brick.png", "brick-wall.png", "A brick wall", _CC0, "CC0Textures"),
    ("grass.png", "grass.png", "Grass", _CC0, "linolafett, DeviantArt"),
    ("gravel.png", "gravel.png", "Gravel", _CC0, "CC0Textures"),
    ("page.png", "printed-page.png", "A scanned page of print", _AS_SHIPPED, "scikit-image"),
)
_SKLEARN: tuple[_Photo, ...] = (
    ("china.jpg", "summer-palace-china.jpg", "A palace in China", _CC_BY, "danielbuechele on Flickr"),
    ("flower.jpg", "flower.jpg", "A flower", _CC_BY, "vultilion on Flickr"),
)
_SOURCES = (("skimage", "data", _SKIMAGE), ("sklearn", "datasets/images", _SKLEARN))

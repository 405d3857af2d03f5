"""What turns pictures and words into vectors: the `Encoder` contract and the two encoders that keep it.

Importing this package imports neither torch nor open_clip; `load_encoder` does when it is called.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from clipview.core.types import Matrix, ModelInput

if TYPE_CHECKING:
    from PIL import Image


class Preparation(Protocol):
    """Makes a model's input from a picture; picklable and free of torch, so that decode workers can run it.

    A value, not a service: two preparations that compare equal give equal inputs for equal pictures.
    """

    @property
    def min_side_px(self) -> int:
        """The shortest side that a decode scaled for speed must keep."""
        ...

    def __call__(self, image: Image.Image) -> ModelInput:
        """Return the input for an upright sRGB picture (mode RGB), of the same shapes for every picture."""
        ...


class ImageVectors(Struct, frozen=True):
    """The embeddings of a batch of pictures."""

    search: Matrix
    """Shape (n, dim): compared with text vectors, and with each other when `similar` is None."""
    similar: Matrix | None = None
    """Shape (n, similar_dim): compared with each other only; better at "looks like this" than `search`."""


TEXT_QUANTILES = (0.90, 0.97, 0.985, 0.993, 0.996, 0.9997)
"""Shares of unrelated pairs of text and photo that lie below the anchors of a scale."""

IMAGE_QUANTILES = (0.90, 0.97, 0.985, 0.993, 0.998, 0.9997)
"""The same for pairs of two photos."""


class QuantileScale(Struct, frozen=True):
    """What unrelated pairs give; source of the scheme: docs/relevance.md."""

    text: tuple[float, float, float, float, float, float]
    """Text against image: how far scores at `TEXT_QUANTILES` lie above what the photo gives to anything."""
    image: tuple[float, float, float, float, float, float]
    """Image against image: scores at `IMAGE_QUANTILES`."""
    spread: float
    """The standard deviation of one photo's scores over unrelated texts, for the median photo."""


class Encoder(Protocol):
    """A model that puts pictures and words into one space where cosine similarity ranks them.

    All vectors are float32 and of unit length. One encoder is used by one thread at a time.
    """

    name: str
    """How people choose it: `starter`, or an open_clip name such as `ViT-B-32/openai`."""
    fingerprint: str
    """Identifies weights and preparation: vectors are comparable when fingerprints are equal."""
    dim: int
    similar_dim: int
    """Length of `ImageVectors.similar`; equal to `dim` when there is none."""
    preparation: Preparation
    templates: tuple[str, ...]
    """Prompt templates with one `{}`, averaged for a bare noun phrase; ("{}",) when templates don't help."""
    batch_size: int
    """How many pictures to embed at once for the best speed on this machine."""
    default_scale: QuantileScale | None
    """Scores to expect before a library is large enough to tell; None when unknown for this model."""
    logit_scale: float
    """What cosines are multiplied by before a softmax over texts: the inverse of the model's temperature."""

    def encode_images(self, inputs: Sequence[ModelInput]) -> ImageVectors:
        """Embed prepared pictures; an empty sequence gives shape (0, dim)."""
        ...

    def encode_texts(self, texts: Sequence[str]) -> Matrix:
        """Embed texts as they are, without templates: shape (len(texts), dim)."""
        ...


def load_encoder(name: str, models_dir: Path, cache_dir: Path) -> Encoder:
    """Load a model that is on this machine; never downloads.

    Args:
        name: `starter`, `MODEL/TAG` of open_clip, `MODEL/PATH` with a checkpoint file, a folder that open_clip saved
            (also as `local-dir:PATH`), or `hf-hub:ORGANISATION/NAME`.
        models_dir: ClipView's folder of downloaded and imported models.
        cache_dir: what can be made again: phrase vectors, converted tokenizers.

    Raises ModelUnavailableError, with the next step, when the model is unknown, missing, unsafe or damaged.
    """
    # Imported here because it brings torch.
    from clipview.core.encoders.loading import load

    return load(name, models_dir, cache_dir)

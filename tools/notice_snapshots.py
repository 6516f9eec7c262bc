"""Keep the reviewed snapshots of notices: `python -m tools.notice_snapshots` writes them anew.

They stand in tests/unit/notices/snapshots, one file for each language, telling, recipient and
channel, with every way in which the telling comes about. Read what has changed before committing.
"""

import itertools
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from mahis.domain.notices import Channel  # noqa: E402 - texts come after Django
from mahis.domain.parties import Language  # noqa: E402
from mahis.gateways.notices import as_text, examples, render  # noqa: E402
from mahis.gateways.notices.examples import Example  # noqa: E402

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "unit" / "notices" / "snapshots"


def snapshots() -> Mapping[Path, str]:
    """Give what each file has to hold."""
    return dict(_files())


def main() -> None:
    """Write all files, and remove those that belong to no notice any more."""
    wanted = snapshots()
    for path in set(FOLDER.rglob("*.txt")) - set(wanted):
        path.unlink()
    changed = [path for path, text in wanted.items() if _write(path, text)]
    print(f"notices: {len(wanted)} snapshots, {len(changed)} changed")
    for path in changed:
        print(f"  {path.relative_to(FOLDER)}")


def _files() -> Iterator[tuple[Path, str]]:
    for (telling, side), group in itertools.groupby(sorted(examples.every(), key=_key), key=_key):
        told = tuple(group)
        for language, channel in itertools.product(Language, Channel):
            path = FOLDER / language.value / f"{telling}-{side}-{channel.value}.txt"
            yield path, "\n".join(_text(example, language, channel) for example in told)


def _key(example: Example) -> tuple[str, str]:
    return example.telling.value, example.side.value


def _text(example: Example, language: Language, channel: Channel) -> str:
    text = render(example.facts(language), language=language, channel=channel)
    return f"======== {example.name}\n{text.subject}\n--------\n{as_text(text)}"


def _write(path: Path, text: str) -> bool:
    """Write a file where it says something else; says whether it did."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


if __name__ == "__main__":
    main()

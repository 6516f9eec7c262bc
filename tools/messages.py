"""Keep the message catalogues: `update` from the sources, `check` that none is missing, `compile`.

Catalogues are src/mahis/locale/<language>/LC_MESSAGES/django.po. Everything runs on Babel, so that
no machine needs GNU gettext. Exit status 1 means that `check` found something to mend.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.checkers import checkers
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "mahis"
LANGUAGES = ("fr", "nl", "de", "en")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def catalogue_path(language: str) -> Path:
    """Give the file of one language."""
    return SOURCES / "locale" / language / "LC_MESSAGES" / "django.po"


def template() -> Catalog:
    """Give the catalogue of all messages in the sources, without translations."""
    found = Catalog(project="mahis", fuzzy=False)
    for path in sorted(SOURCES.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or not path.is_file():
            continue
        where = path.relative_to(ROOT).as_posix()
        for _line, message, comments, context in _messages_in(path):
            found.add(message, locations=[(where, 0)], auto_comments=comments, context=context)
    return found


def _messages_in(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What stands outside messages comes out as blanked words; indented, it would not be Python.
        blanked = templatize(text, origin=str(path))
        text = "\n".join(line.strip() for line in blanked.splitlines())
    yield from extract(
        "python",
        io.BytesIO(text.encode()),
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
    )


def read(language: str) -> Catalog:
    """Read the catalogue of one language; an empty one where there is no file yet."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language, project="mahis", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def render(language: str, catalogue: Catalog) -> bytes:
    """Give the text of a catalogue; no dates and line numbers, so that only words make changes."""
    out = io.BytesIO()
    write_po(out, catalogue, omit_header=True, include_lineno=False, sort_by_file=True, width=100)
    head = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n'
    head += '"Content-Type: text/plain; charset=utf-8\\n"\n'
    head += f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    return head.encode() + out.getvalue()


def updated(language: str, wanted: Catalog) -> Catalog:
    """Give a catalogue with exactly the messages of the sources, translations kept."""
    catalogue = read(language)
    catalogue.update(wanted, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    if language == "en":
        for message in catalogue:
            if message.id and not _is_translated(message):
                message.string = message.id
    return catalogue


def _is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, list | tuple) else [message.string]
    return bool(strings) and all(strings)


def update() -> int:
    """Bring all catalogues up to date with the sources."""
    wanted = template()
    for language in LANGUAGES:
        path = catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = updated(language, wanted)
        path.write_bytes(render(language, catalogue))
        missing = sum(1 for each in catalogue if each.id and not _is_translated(each))
        print(f"{language}: {len(catalogue)} messages, {missing} to translate")
    return 0


def problems() -> Iterator[str]:
    """Give what is wrong: drift from the sources, missing, fuzzy or broken translations."""
    wanted = template()
    for language in LANGUAGES:
        path = catalogue_path(language)
        if not path.exists():
            yield f"{language}: there is no catalogue; run: tools/messages.py update"
            continue
        catalogue = read(language)
        if path.read_bytes() != render(language, updated(language, wanted)):
            yield f"{language}: differs from the sources; run: tools/messages.py update"
        for message in catalogue:
            if message.id:
                yield from (f"{language}: {each}" for each in _faults(message, catalogue))


def _faults(message: Message, catalogue: Catalog) -> Iterator[str]:
    name = message.id if isinstance(message.id, str) else message.id[0]
    if not _is_translated(message):
        yield f"missing: {name!r}"
        return
    if message.fuzzy:
        yield f"fuzzy: {name!r}"
    for check in checkers:
        try:
            check(catalogue, message)
        except Exception as error:  # noqa: BLE001 - Babel's checkers raise what they like
            yield f"broken: {name!r}: {error}"


def check() -> int:
    """Print every problem; 1 where there is any."""
    found = list(problems())
    for line in found:
        print(line)
    print(f"messages: {len(found)} problems" if found else "messages: complete in four languages")
    return 1 if found else 0


def compile_all() -> int:
    """Write the binary catalogues that Django reads."""
    for language in LANGUAGES:
        path = catalogue_path(language)
        if path.exists():
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, read(language))
    return 0


if __name__ == "__main__":
    commands = {"update": update, "check": check, "compile": compile_all}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:  # noqa: PLR2004
        sys.exit(f"usage: tools/messages.py {'|'.join(commands)}")
    sys.exit(commands[sys.argv[1]]())

"""The text of a message out of its file, so that pages show it without running what it holds."""

import dataclasses
import enum
import html.parser
import re
import urllib.parse

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BREAKS = frozenset({"p", "div", "tr", "ul", "ol", "table", "section", "article", "main"})
_LISTS = frozenset({"ul", "ol"})
_STRONG = frozenset({"b", "strong"})
_UNSEEN = frozenset({"script", "style", "title", "template"})
_SPACES = re.compile(r"\s+")
_MOST_BYTES = 200_000


class Form(enum.StrEnum):
    """How a block of text is shown."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Run:
    """A piece of text, perhaps with a place that it leads to."""

    text: str
    address: str = ""
    is_strong: bool = False


@dataclasses.dataclass(frozen=True, kw_only=True)
class Block:
    """A heading, a paragraph or one item of a list."""

    form: Form
    runs: tuple[Run, ...]
    #: How deep an item stands in lists of lists.
    depth: int = 0

    @property
    def text(self) -> str:
        """All of it as one text."""
        return "".join(run.text for run in self.runs).strip()


def blocks(content: bytes, *, media_type: str) -> tuple[Block, ...]:
    """Give the text of a file block by block; nothing for a file that is no text."""
    text = content[:_MOST_BYTES].decode("utf-8", "replace")
    if media_type == "text/plain":
        parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
        return tuple(Block(form=Form.PARAGRAPH, runs=(Run(text=part),)) for part in parts if part)
    if media_type != "text/html":
        return ()
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.finished()


class _Reader(html.parser.HTMLParser):
    """Keeps words and where links lead, and lets everything else go."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[Block] = []
        self._runs: list[Run] = []
        self._form = Form.PARAGRAPH
        self._address = ""
        self._unseen = 0
        self._depth = 0
        self._strong = 0

    def finished(self) -> tuple[Block, ...]:
        """Give what was read."""
        self._end()
        return tuple(self._blocks)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "a":
            self._address = _safe(dict(attrs).get("href") or "")
        elif tag in _STRONG:
            self._strong += 1
        elif tag == "br":
            self._runs.append(Run(text="\n"))
        elif tag in _HEADINGS or tag == "li":
            self._end()
            self._form = Form.ITEM if tag == "li" else Form.HEADING
        elif tag in _BREAKS:
            self._end()
            self._depth += tag in _LISTS

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "a":
            self._address = ""
        elif tag in _STRONG:
            self._strong = max(0, self._strong - 1)
        elif tag in _HEADINGS or tag in _BREAKS or tag == "li":
            self._end()
            self._depth = max(0, self._depth - (tag in _LISTS))

    def handle_data(self, data: str) -> None:
        if not self._unseen and data:
            self._runs.append(
                Run(
                    text=_SPACES.sub(" ", data),
                    address=self._address,
                    is_strong=self._strong > 0,
                )
            )

    def _end(self) -> None:
        if any(run.text.strip() for run in self._runs):
            depth = self._depth if self._form is Form.ITEM else 0
            self._blocks.append(Block(form=self._form, runs=tuple(self._runs), depth=depth))
        self._runs = []
        self._form = Form.PARAGRAPH


def _safe(address: str) -> str:
    """Give an address that a page may lead to; nothing for scripts and the like."""
    try:
        scheme = urllib.parse.urlsplit(address).scheme
    except ValueError:
        return ""
    return address if scheme in {"http", "https"} else ""

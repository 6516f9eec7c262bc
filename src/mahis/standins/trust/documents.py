"""PDF files that somebody wants to sign: what fields they have, and their signing."""

import dataclasses
import datetime
import io
import logging

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from mahis.standins.trust import cards
from mahis.standins.trust.cards import Card

_LOG = logging.getLogger(__name__)
_LONGEST_CAPTION = 200


class NotToBeSigned(Exception):
    """A file cannot be signed by a card: no PDF, broken, encrypted, or without an empty field."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Field:
    """An empty signature field."""

    name: str
    #: What the form says of the field, else its name.
    caption: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Document:
    """A file with at least one empty signature field."""

    file_name: str
    content: bytes
    fields: tuple[Field, ...]

    @property
    def signed_name(self) -> str:
        """Name for the signed file."""
        stem = self.file_name.removesuffix(".pdf")
        return f"{stem}-signed.pdf"

    def signed(self, *, field: str, card: Card, at: datetime.datetime) -> bytes:
        """Sign in a field; raises NotToBeSigned where the file does not let itself be signed."""
        try:
            return cards.sign(
                self.content, signer=card.signer, settings=cards.as_card(field), at=at
            )
        except Exception as error:
            raise _not_to_be_signed(error) from error


def read(file_name: str, content: bytes) -> Document:
    """Read a file that came from a browser; raises NotToBeSigned."""
    try:
        fields = _fields(content)
    except Exception as error:
        raise _not_to_be_signed(error) from error
    if not fields:
        raise NotToBeSigned
    return Document(file_name=file_name, content=content, fields=fields)


def _fields(content: bytes) -> tuple[Field, ...]:
    reader = PdfFileReader(io.BytesIO(content), strict=False)
    if reader.encrypted:
        raise NotToBeSigned
    found = []
    for name, _, reference in enumerate_sig_fields(reader, filled_status=False):
        caption = str(reference.get_object().get("/TU", name))
        found.append(Field(name=name, caption=caption[:_LONGEST_CAPTION]))
    return tuple(found)


def _not_to_be_signed(error: Exception) -> NotToBeSigned:
    """Take whatever the reader of foreign files throws for what it is: nothing to sign."""
    _LOG.info("could not sign a file (%s)", type(error).__name__)
    return NotToBeSigned()

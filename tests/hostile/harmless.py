"""Signed forms as people's software really makes them: each must be accepted."""

import dataclasses
import datetime
import functools
import io
from collections.abc import Callable, Mapping
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.stamp import TextStampStyle

from mahis.domain.parties import Side
from mahis.domain.representation import SigningPower
from mahis.domain.signed_forms import Rules
from mahis.standins.trust import cards
from tests.hostile import revisions, sealing, signing
from tests.hostile.revisions import dictionary, name, numbers, text
from tests.hostile.scene import (
    BY_MANDATARY,
    BY_MANDATOR,
    MANDATARY,
    MANDATOR,
    SIGNED_AT,
    Scene,
    signed,
)
from tests.pki import pki

_Make = Callable[[Scene], bytes]
_ONE, _OTHER = frozenset({Side.MANDATOR}), frozenset({Side.MANDATARY})
_BOTH = _ONE | _OTHER


@dataclasses.dataclass(frozen=True, kw_only=True)
class HarmlessFile:
    """One file that must be accepted."""

    name: str
    why: str
    make: _Make
    #: For whom it signs.
    signing: frozenset[Side]
    #: The card of somebody who may sign for the mandator, beside the usual one.
    also: str
    fetch: bool
    requirement: Mapping[str, Any]

    def __str__(self) -> str:
        return self.name

    def requirement_in(self, scene: Scene) -> dict[str, Any]:
        """What is required of it, beside the usual."""
        if not self.also:
            return dict(self.requirement)
        power = {(Side.MANDATOR, scene.number_of(self.also)): SigningPower()}
        return {**self.requirement, "powers": {**scene.requirement.powers, **power}}


FILES: list[HarmlessFile] = []


def harmless(
    signing: frozenset[Side] = _ONE, *, also: str = "", fetch: bool = True, **requirement: Any
) -> Callable[[_Make], _Make]:
    """Add the file that a function makes; its docstring says how it comes about."""

    def add(make: _Make) -> _Make:
        assert make.__doc__, "say how it comes about"
        made_once = functools.cache(make)
        FILES.append(
            HarmlessFile(
                name=make.__name__.replace("_", " "),
                why=make.__doc__,
                make=made_once,
                signing=signing,
                also=also,
                fetch=fetch,
                requirement=requirement,
            )
        )
        return made_once

    return add


# ---------------------------------------------------------------------------------------- who


@harmless()
def first_party(scene: Scene) -> bytes:
    """The principal signs the form."""
    return scene.by_mandator


@harmless(_OTHER)
def other_party(scene: Scene) -> bytes:
    """The provider signs the same form in a file of their own."""
    return signed(scene.sealed, field=MANDATARY, by=BY_MANDATARY)


@harmless(_BOTH)
def both_in_one_file(scene: Scene) -> bytes:
    """The provider signs what the principal signed."""
    return scene.by_both


@harmless(_BOTH)
def both_in_the_other_order(scene: Scene) -> bytes:
    """The principal signs what the provider signed."""
    return signed(other_party(scene))


@harmless(_BOTH, also="citizen-rsa")
def one_person_for_both(scene: Scene) -> bytes:
    """Somebody who represents both parties signs in both fields."""
    return signed(signed(scene.sealed, by=BY_MANDATARY), field=MANDATARY, by=BY_MANDATARY)


@harmless(also="citizen-rsa")
def rsa_card(scene: Scene) -> bytes:
    """An older card with an RSA key."""
    return signed(scene.sealed, by="citizen-rsa")


@harmless(also="foreigner")
def foreigners_card(scene: Scene) -> bytes:
    """The card of a foreigner who lives here."""
    return signed(scene.sealed, by="foreigner")


@harmless(also="bis-number")
def card_with_a_bis_number(scene: Scene) -> bytes:
    """A card whose number is one for people who do not live here."""
    return signed(scene.sealed, by="bis-number")


@harmless(also="foreign-country")
def card_with_another_country(scene: Scene) -> bytes:
    """A card whose country is another one, as those of diplomats."""
    return signed(scene.sealed, by="foreign-country")


@harmless(also="broken-name")
def card_with_a_name_that_cannot_be_read(scene: Scene) -> bytes:
    """A card whose name is no text: its number counts."""
    return signed(scene.sealed, by="broken-name")


@harmless(also="sha1", rules=Rules(allow_sha1=True))
def card_of_before_2014(scene: Scene) -> bytes:
    """A card whose certificate rests on SHA-1, where the operator allows it."""
    return signed(scene.sealed, by="sha1")


# ---------------------------------------------------------------------------------------- how


@harmless()
def sha256(scene: Scene) -> bytes:
    """The digest is SHA-256."""
    return signed(scene.sealed, digest="sha256")


@harmless()
def sha384(scene: Scene) -> bytes:
    """The digest is SHA-384."""
    return signed(scene.sealed, digest="sha384")


@harmless()
def sha512(scene: Scene) -> bytes:
    """The digest is SHA-512."""
    return signed(scene.sealed, digest="sha512")


@harmless()
def of_the_older_kind(scene: Scene) -> bytes:
    """A signature of the kind before PAdES, which some readers still make."""
    return signed(scene.sealed, subfilter=fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED)


@harmless()
def with_reason_and_place(scene: Scene) -> bytes:
    """The signer says where and why, and how to be reached."""
    return signed(
        scene.sealed,
        reason="I agree",
        location="Liège",
        contact_info="lieve@example.test",
        name="Lieve Wouters",
    )


@harmless()
def with_a_timestamp(scene: Scene) -> bytes:
    """A trusted timestamp on the signature (level B-T)."""
    return signed(scene.sealed, timestamp=True)


@harmless()
def with_answers(scene: Scene) -> bytes:
    """A timestamp and the answers about revocation (level B-LT)."""
    return signed(scene.sealed, timestamp=True, embed_revocation=True)


@harmless(fetch=False)
def with_answers_where_nobody_can_be_asked(scene: Scene) -> bytes:
    """The answers about revocation in the file are enough."""
    return with_answers(scene)


@harmless()
def with_answers_put_in_afterwards(scene: Scene) -> bytes:
    """Software of the one who received it puts the answers in, in an update of their own."""
    output = io.BytesIO(scene.by_mandator)
    answer = pki().authority.ocsp(pki().signer(BY_MANDATOR).certificate, at=SIGNED_AT)
    DocumentSecurityStore.add_dss(output, None, ocsps=[answer])
    assert output.getvalue() != scene.by_mandator
    return output.getvalue()


@harmless(_BOTH)
def with_answers_before_the_second_signature(scene: Scene) -> bytes:
    """The second party signs what the first one's software put answers into."""
    return signed(with_answers_put_in_afterwards(scene), field=MANDATARY, by=BY_MANDATARY)


@harmless(_BOTH)
def with_answers_for_both(scene: Scene) -> bytes:
    """Both parties sign at level B-LT."""
    return signed(
        with_answers(scene), field=MANDATARY, by=BY_MANDATARY, timestamp=True, embed_revocation=True
    )


@harmless()
def with_a_timestamp_of_the_whole_file(scene: Scene) -> bytes:
    """A document timestamp behind everything (level B-LTA)."""
    stamper = pki().timestamper(at=SIGNED_AT)
    return sealing.stamp(with_answers(scene), timestamper=stamper, field="archive-timestamp")


@harmless(_BOTH)
def with_a_timestamp_between_the_signatures(scene: Scene) -> bytes:
    """A document timestamp behind the first signature, and the second one behind that."""
    stamped = with_a_timestamp_of_the_whole_file(scene)
    return signed(stamped, field=MANDATARY, by=BY_MANDATARY)


@harmless()
def reported_stolen_after_signing(scene: Scene) -> bytes:
    """A card that was reported stolen after a timestamp proves that it had signed."""
    before = SIGNED_AT - datetime.timedelta(minutes=30)
    return signed(scene.sealed, by=scene.reported_this_morning, timestamp=True, at=before)


# --------------------------------------------------------------------------------- how it looks


def _stamped(scene: Scene, style: TextStampStyle | None) -> bytes:
    output = io.BytesIO()
    signer = signers.PdfSigner(
        cards.as_card(MANDATOR), pki().signer(BY_MANDATOR).signer, stamp_style=style
    )
    signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(scene.sealed)), output=output)
    return output.getvalue()


@harmless()
def with_a_picture_of_lines_and_text(scene: Scene) -> bytes:
    """The field shows who signed and when, in a border."""
    return _stamped(scene, TextStampStyle(stamp_text="Signed by %(signer)s\n%(ts)s"))


@harmless()
def with_a_drawing_behind_the_text(scene: Scene) -> bytes:
    """The field shows a coat of arms behind who signed and when."""
    arms = RawContent(b"0.9 0.8 0.1 rg 0 0 40 40 re f", box=BoxConstraints(width=40, height=40))
    return _stamped(scene, TextStampStyle(stamp_text="%(signer)s\n%(ts)s", background=arms))


@harmless()
def with_no_picture(scene: Scene) -> bytes:
    """The field shows nothing, as signatures by programmes without screens."""
    return _stamped(scene, None)


@harmless()
def with_flags_and_typefaces(scene: Scene) -> bytes:
    """A reader locks the field, and gives the form typefaces to draw with."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        form = writer.root["/AcroForm"]
        face = dictionary(Type=name("/Font"), Subtype=name("/Type1"), BaseFont=name("/Helvetica"))
        form["/DR"] = dictionary(Font=dictionary(Helv=writer.add_object(face)))
        form["/DA"] = text("/Helv 0 Tf 0 g ")
        writer.update_container(form)
        revisions.field_of(writer, MANDATOR)["/F"] = numbers(132)[0]

    return signing.signed_with(scene.sealed, change)


# ----------------------------------------------------------------------------- how it is written


class _Plain(IncrementalPdfFileWriter):
    """Writes nothing but what it is told: dates and metadata stay as they were."""

    def _update_meta(self) -> None:
        pass


def _written(pdf: bytes, writer: IncrementalPdfFileWriter) -> bytes:
    output = io.BytesIO()
    signer = signers.PdfSigner(cards.as_card(MANDATOR), pki().signer(BY_MANDATOR).signer)
    signer.sign_pdf(writer, output=output)
    assert output.getvalue().startswith(pdf)
    return output.getvalue()


@harmless()
def by_software_that_leaves_dates_alone(scene: Scene) -> bytes:
    """The signature is all that the update brings."""
    return _written(scene.sealed, _Plain(io.BytesIO(scene.sealed)))


@harmless()
def with_a_table_in_a_stream(scene: Scene) -> bytes:
    """The update has its table of cross-references in a stream, other than the form."""
    writer = _Plain(io.BytesIO(scene.sealed))
    writer.stream_xrefs = True
    return _written(scene.sealed, writer)


@harmless()
def with_objects_in_a_container(scene: Scene) -> bytes:
    """The update has its objects in a container, as compact files do."""
    writer = _Plain(io.BytesIO(scene.sealed))
    writer.stream_xrefs = True
    container = writer.prepare_object_stream()
    field = revisions.field_of(writer, MANDATOR)
    number = revisions.numbers_in(scene.sealed).fields[MANDATOR]
    writer.objects.pop((0, number))
    container.add_object(number, field)
    return _written(scene.sealed, writer)


@harmless()
def with_a_line_end_more(scene: Scene) -> bytes:
    """A programme on the way ended the file with a line end."""
    return scene.by_mandator + b"\r\n"


@harmless()
def with_dates_by_a_reader(scene: Scene) -> bytes:
    """A reader notes in the metadata when it signed, in its own notation."""
    reader = PdfFileReader(io.BytesIO(scene.sealed))
    said = reader.root["/Metadata"].data
    assert b"<xmp:ModifyDate>" in said
    later = said.replace(
        b"</xmp:ModifyDate>",
        b"</xmp:ModifyDate><xmp:MetadataDate>2026-11-23T09:00:00+01:00</xmp:MetadataDate>",
    )

    def change(writer: IncrementalPdfFileWriter) -> None:
        number = revisions.numbers_in(scene.sealed).metadata
        entries = dictionary(Type=name("/Metadata"), Subtype=name("/XML"))
        writer.objects[0, number] = generic.StreamObject(entries, stream_data=later)

    writer = _Plain(io.BytesIO(scene.sealed))
    change(writer)
    return _written(scene.sealed, writer)


@harmless(signed=_OTHER)
def after_the_other_party(scene: Scene) -> bytes:
    """The other party has signed already, in a file of their own."""
    return scene.by_mandator

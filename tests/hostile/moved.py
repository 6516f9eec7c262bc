"""Signatures of other forms, and forms that only look like ours."""

import io

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import fields

from mahis.domain.parties import Side
from mahis.domain.signature_evidence import TIMESTAMP_FIELD, field_of
from mahis.domain.signed_forms import Doubt
from mahis.gateways.pdf_forms.typesetting import set_form
from tests.hostile import bombs, certificates, revisions, sealing, signing
from tests.hostile.registry import hostile
from tests.hostile.scene import BY_MANDATARY, DAY, MADE_AT, MANDATARY, MANDATOR, Scene, signed
from tests.pki import pki

# ------------------------------------------------------------------------------- other forms


@hostile(Doubt.NO_SIGNATURE)
def nobody_signed(scene: Scene) -> bytes:
    """The form comes back as it was downloaded."""
    return scene.sealed


@hostile(Doubt.NO_SIGNATURE)
def only_a_timestamp(scene: Scene) -> bytes:
    """The form comes back with a further timestamp, and without a signature."""
    return sealing.stamp(scene.sealed, timestamper=pki().timestamper(at=DAY), field="later")


@hostile(Doubt.OTHER_AUTHORISATION)
def other_authorisation(scene: Scene) -> bytes:
    """The signed form of another authorisation of the same parties."""
    return scene.other.by_both


@hostile(Doubt.OLDER_VERSION)
def older_version(scene: Scene) -> bytes:
    """The signed form of this authorisation before it was changed."""
    return scene.older.by_mandator


@hostile(Doubt.OLDER_VERSION)
def older_version_brought_up_to_date(scene: Scene) -> bytes:
    """The older form, signed, with the page of the new one in an update behind it."""
    there = revisions.numbers_in(scene.sealed)
    drawing = revisions.object_in(scene.sealed, there.drawing)
    older = revisions.numbers_in(scene.older.by_mandator)
    return revisions.appended(scene.older.by_mandator, {older.drawing: drawing})


@hostile(Doubt.NOT_OUR_FORM)
def another_document(scene: Scene) -> bytes:
    """A signed document that is no form of ours."""
    return signed(bombs.page({}), field=MANDATOR)


@hostile(Doubt.BROKEN)
def forms_one_behind_the_other(scene: Scene) -> bytes:
    """The form of another authorisation with ours, signed, behind it as a whole file."""
    return scene.other.sealed.removesuffix(b"\n") + b"\n" + scene.by_mandator


@hostile(Doubt.NOT_OUR_FORM)
def form_without_seal(scene: Scene) -> bytes:
    """The same page with the same fields, signed, without seal."""
    update = IncrementalPdfFileWriter(io.BytesIO(set_form(scene.form.content)))
    for side in Side:
        spec = fields.SigFieldSpec(field_of(side), box=sealing.whole_box(side))
        fields.append_signature_field(update, spec)
    output = io.BytesIO()
    update.write(output)
    return signed(output.getvalue())


@hostile(Doubt.NOT_OUR_FORM)
def form_sealed_by_somebody(scene: Scene) -> bytes:
    """The same page, sealed with a certificate of somebody's own by our name."""
    own = certificates.of_oneself("Mahis seal", number="")
    return signed(sealing.sealed(scene.form.content, by=own))


@hostile(Doubt.NOT_OUR_FORM)
def form_sealed_by_a_citizen(scene: Scene) -> bytes:
    """The same page, sealed with a trusted citizen's card."""
    return signed(sealing.sealed(scene.form.content, by=BY_MANDATARY))


@hostile(Doubt.NOT_OUR_FORM)
def form_sealed_anew(scene: Scene) -> bytes:
    """The same page, sealed by the right key a second time: not the bytes that we keep."""
    return signed(sealing.sealed(scene.form.content))


@hostile(Doubt.NOT_OUR_FORM)
def form_without_timestamp(scene: Scene) -> bytes:
    """The form cut before its timestamp, and signed."""
    return signed(_before_the_timestamp(scene))


@hostile(Doubt.NOT_OUR_FORM)
def form_with_another_timestamp(scene: Scene) -> bytes:
    """The form with its timestamp replaced by another of the same authority, and signed."""
    stamper = pki().timestamper(at=DAY)
    return signed(
        sealing.stamp(_before_the_timestamp(scene), timestamper=stamper, field=TIMESTAMP_FIELD)
    )


@hostile(Doubt.NOT_OUR_FORM)
def form_with_a_timestamp_of_ones_own(scene: Scene) -> bytes:
    """The form with its timestamp replaced by one of somebody's own, and signed."""
    stamper = certificates.timestamps_of_oneself(at=MADE_AT)
    return signed(
        sealing.stamp(_before_the_timestamp(scene), timestamper=stamper, field=TIMESTAMP_FIELD)
    )


@hostile(Doubt.NOT_OUR_FORM)
def form_saved_anew(scene: Scene) -> bytes:
    """The signed form saved as a new file by a programme that keeps no bytes."""
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(scene.by_mandator)))
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


@hostile(Doubt.NOT_OUR_FORM)
def form_saved_anew_and_signed(scene: Scene) -> bytes:
    """The form saved as a new file, and signed rightly after that."""
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(set_form(scene.form.content))))
    output = io.BytesIO()
    writer.write(output)
    return signed(output.getvalue())


def _before_the_timestamp(scene: Scene) -> bytes:
    """The form as it was when only the seal was on it."""
    ends = [place for place in _ends(scene.sealed) if place < len(scene.sealed) - 100]
    return scene.sealed[: ends[-1]]


def _ends(pdf: bytes) -> list[int]:
    """Where the revisions of a file end."""
    mark, found, place = b"%%EOF", [], pdf.find(b"%%EOF")
    while place >= 0:
        found.append(place + len(mark))
        place = pdf.find(mark, place + 1)
    return found


# --------------------------------------------------------------------------- other signatures


@hostile(Doubt.SIGNATURE_BROKEN)
def signature_of_another_authorisation(scene: Scene) -> bytes:
    """The update with the signature cut from another authorisation's form and put behind ours."""
    return _grafted(scene.sealed, scene.other.by_mandator)


@hostile(Doubt.SIGNATURE_BROKEN)
def signature_of_an_older_version(scene: Scene) -> bytes:
    """The update with the signature cut from the older form and put behind the new one."""
    return _grafted(scene.sealed, scene.older.by_mandator)


@hostile(Doubt.SIGNATURE_BROKEN)
def signature_of_another_file(scene: Scene) -> bytes:
    """The value of a signature that the party gave for something else."""
    elsewhere = signed(bombs.page({}), field="any")
    return signing.with_value(scene.by_mandator, signing.value_in(elsewhere))


@hostile(Doubt.SIGNATURE_BROKEN)
def value_of_the_seal(scene: Scene) -> bytes:
    """The value of the seal in the party's field."""
    seal = signing.value_in(_before_the_timestamp(scene))
    return signing.with_value(scene.by_mandator, seal)


@hostile(Doubt.CONTENT_CHANGED)
def signature_in_another_field(scene: Scene) -> bytes:
    """The principal's signature taken out of its field and shown in the provider's."""
    pdf, there = scene.by_mandator, revisions.numbers_in(scene.by_mandator)
    value = b"/V %d 0 R" % revisions.value_of(pdf, MANDATOR)
    mandator, mandatary = there.fields[MANDATOR], there.fields[MANDATARY]
    filled = revisions.object_in(pdf, mandator)
    assert value in filled
    return revisions.appended(
        pdf,
        {
            mandator: filled.replace(value, b""),
            mandatary: revisions.object_in(pdf, mandatary).removesuffix(b">>") + value + b">>",
        },
    )


@hostile(Doubt.SIGNATURE_BROKEN)
def signature_of_an_earlier_form_of_the_file(scene: Scene) -> bytes:
    """The second party's signature, made on the form alone, put behind the first one's."""
    alone = signed(scene.sealed, field=MANDATARY, by=BY_MANDATARY)
    return signing.with_value(scene.by_both, signing.value_in(alone))


def _grafted(sealed: bytes, other: bytes) -> bytes:
    """Write the signature of another form's update into one behind this form."""
    blank = signed(sealed)
    return signing.with_value(blank, signing.value_in(other))

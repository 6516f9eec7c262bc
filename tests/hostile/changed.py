"""Signed forms in which something was changed that a reader would see, or a signer rely on."""

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject
from pyhanko.sign import fields

from mahis.domain.signature_evidence import SEAL_FIELD, TIMESTAMP_FIELD
from mahis.domain.signed_forms import Doubt
from tests.hostile import revisions, signing
from tests.hostile.registry import hostile
from tests.hostile.revisions import dictionary, drawing, name, numbers, text
from tests.hostile.scene import BY_MANDATARY, MANDATARY, MANDATOR, Scene, signed


def _add_to_page(writer: IncrementalPdfFileWriter, note: generic.DictionaryObject) -> None:
    page = revisions.page_of(writer)
    page["/Annots"] = generic.ArrayObject([*page["/Annots"], writer.add_object(note)])


def _annotated(pdf: bytes, **entries: generic.PdfObject) -> bytes:
    """Put something on the page that is none of the form's fields."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        where = {"Type": name("/Annot"), "Rect": numbers(60, 600, 300, 640), "F": numbers(4)[0]}
        _add_to_page(writer, dictionary(**where, **entries))

    return revisions.updated(pdf, change)


def _redraw(writer: IncrementalPdfFileWriter) -> None:
    revisions.page_of(writer)["/Contents"] = writer.add_object(drawing("Everything, for ever"))


def _add_field(writer: IncrementalPdfFileWriter) -> None:
    field = dictionary(
        Type=name("/Annot"),
        Subtype=name("/Widget"),
        FT=name("/Tx"),
        T=text("remark"),
        V=text("for all groups"),
        Rect=numbers(60, 600, 300, 640),
        F=numbers(4)[0],
    )
    _add_to_page(writer, field)
    revisions.fields_of(writer).append(revisions.page_of(writer)["/Annots"].raw_get(-1))


def _with_field(pdf: bytes, field: str, **entries: generic.PdfObject) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        revisions.field_of(writer, field).update(dictionary(**entries))

    return revisions.updated(pdf, change)


# ------------------------------------------------------------------------------------ the page


@hostile(Doubt.CONTENT_CHANGED)
def page_drawn_anew(scene: Scene) -> bytes:
    """What stands on the page is replaced behind the signature."""
    return revisions.updated(scene.by_mandator, _redraw)


@hostile(Doubt.CONTENT_CHANGED)
def page_drawn_anew_before_signing(scene: Scene) -> bytes:
    """What stands on the page is replaced, and the party signs that."""
    return signing.signed_with(scene.sealed, _redraw)


@hostile(Doubt.CONTENT_CHANGED)
def page_drawn_anew_between(scene: Scene) -> bytes:
    """What stands on the page is replaced by the second party, who signs it in the same step."""
    return signing.signed_with(scene.by_mandator, _redraw, field=MANDATARY, by=BY_MANDATARY)


@hostile(Doubt.CONTENT_CHANGED)
def page_drawn_anew_and_back(scene: Scene) -> bytes:
    """The page is replaced, signed, and restored, so that the signer saw something else."""
    there = revisions.numbers_in(scene.sealed)
    page = revisions.object_in(scene.sealed, there.page)
    seen = signing.signed_with(scene.sealed, _redraw)
    return revisions.appended(seen, {there.page: page})


@hostile(Doubt.CONTENT_CHANGED)
def drawing_overwritten(scene: Scene) -> bytes:
    """The stream that draws the page is overwritten under its own number."""
    there = revisions.numbers_in(scene.by_mandator)
    blank = revisions.stream(b"q Q")
    return revisions.appended(scene.by_mandator, {there.drawing: blank})


@hostile(Doubt.CONTENT_CHANGED)
def page_added(scene: Scene) -> bytes:
    """A page with further conditions is added behind the signature."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = PageObject(
            contents=writer.add_object(drawing("Further conditions")), media_box=(0, 0, 595, 842)
        )
        writer.insert_page(page)

    return revisions.updated(scene.by_mandator, change)


@hostile(Doubt.CONTENT_CHANGED)
def page_taken_away(scene: Scene) -> bytes:
    """The only page is taken out."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        pages = writer.root["/Pages"]
        pages.update(dictionary(Kids=generic.ArrayObject(), Count=numbers(0)[0]))
        writer.update_container(pages)

    return revisions.updated(scene.by_mandator, change)


@hostile(Doubt.CONTENT_CHANGED)
def other_pages(scene: Scene) -> bytes:
    """The catalogue is pointed at other pages."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = writer.add_object(dictionary(Type=name("/Page"), MediaBox=numbers(0, 0, 595, 842)))
        writer.root["/Pages"] = writer.add_object(
            dictionary(Type=name("/Pages"), Kids=generic.ArrayObject([page]), Count=numbers(1)[0])
        )
        writer.update_root()

    return revisions.updated(scene.by_mandator, change)


@hostile(Doubt.CONTENT_CHANGED)
def page_cropped(scene: Scene) -> bytes:
    """Only the lower part of the page is still shown."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        revisions.page_of(writer)["/CropBox"] = numbers(0, 0, 595, 300)

    return revisions.updated(scene.by_mandator, change)


@hostile(Doubt.CONTENT_CHANGED)
def layers(scene: Scene) -> bytes:
    """Layers are declared, which readers show or hide."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        layer = writer.add_object(dictionary(Type=name("/OCG"), Name=text("more")))
        writer.root["/OCProperties"] = dictionary(
            OCGs=generic.ArrayObject([layer]), D=dictionary(OFF=generic.ArrayObject([layer]))
        )
        writer.update_root()

    return revisions.updated(scene.by_mandator, change)


@hostile(Doubt.CONTENT_CHANGED)
def another_title(scene: Scene) -> bytes:
    """The title, which readers show above the page, says another thing."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        information = writer.trailer["/Info"]
        information["/Title"] = text("Authorisation for everything")
        writer.update_container(information)

    return revisions.updated(scene.by_mandator, change)


@hostile(Doubt.CONTENT_CHANGED)
def another_title_in_the_metadata(scene: Scene) -> bytes:
    """The title in the metadata says another thing, and the signature covers it."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        number = revisions.numbers_in(scene.sealed).metadata
        metadata = writer.get_object(generic.Reference(number, 0, writer))
        metadata._data = metadata.data.replace(b"Authorisation", b"Anything else")
        metadata._encoded_data = None
        writer.update_container(metadata)

    return signing.signed_with(scene.sealed, change)


@hostile(Doubt.CONTENT_CHANGED)
def another_reading(scene: Scene) -> bytes:
    """People who have the page read to them hear other words than others see."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        tree = writer.root["/StructTreeRoot"]
        document = tree["/K"][0]
        document["/ActualText"] = text("An authorisation for everything")
        writer.update_container(document)

    return revisions.updated(scene.by_mandator, change)


# ------------------------------------------------------------------------------------- notes


@hostile(Doubt.CONTENT_CHANGED)
def highlighting(scene: Scene) -> bytes:
    """A line on the page is highlighted."""
    area = numbers(60, 640, 300, 640, 60, 600, 300, 600)
    return _annotated(scene.by_mandator, Subtype=name("/Highlight"), QuadPoints=area)


@hostile(Doubt.CONTENT_CHANGED)
def words_on_the_page(scene: Scene) -> bytes:
    """Words are written over the page."""
    words = text("also for 2020 to 2026")
    return _annotated(
        scene.by_mandator, Subtype=name("/FreeText"), Contents=words, DA=text("/Helv 12 Tf 0 g")
    )


@hostile(Doubt.CONTENT_CHANGED)
def link(scene: Scene) -> bytes:
    """A link to somewhere else is laid over the page."""
    address = dictionary(S=name("/URI"), URI=text("https://example.test/"))
    return _annotated(scene.by_mandator, Subtype=name("/Link"), A=address)


@hostile(Doubt.CONTENT_CHANGED)
def rubber_stamp(scene: Scene) -> bytes:
    """A stamp with a picture of its own is laid over the page."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        picture = writer.add_object(revisions.picture("APPROVED"))
        stamp = dictionary(
            Type=name("/Annot"),
            Subtype=name("/Stamp"),
            Rect=numbers(60, 600, 300, 640),
            AP=dictionary(N=picture),
        )
        _add_to_page(writer, stamp)

    return revisions.updated(scene.by_mandator, change)


@hostile(Doubt.CONTENT_CHANGED)
def note_that_is_signed(scene: Scene) -> bytes:
    """The second party adds a note and signs it in the same step."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        note = dictionary(
            Type=name("/Annot"),
            Subtype=name("/Text"),
            Rect=numbers(60, 600, 80, 620),
            Contents=text("not agreed"),
        )
        _add_to_page(writer, note)

    return signing.signed_with(scene.by_mandator, change, field=MANDATARY, by=BY_MANDATARY)


@hostile(Doubt.CONTENT_CHANGED)
def field_without_form(scene: Scene) -> bytes:
    """A form field is drawn on the page, without being in the list of fields."""
    return _annotated(
        scene.by_mandator, Subtype=name("/Widget"), FT=name("/Tx"), V=text("for all groups")
    )


@hostile(Doubt.CONTENT_CHANGED)
def fields_off_the_page(scene: Scene) -> bytes:
    """The signed fields are taken off the page, so that nobody sees a signature."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        revisions.page_of(writer)["/Annots"] = generic.ArrayObject()

    return revisions.updated(scene.by_mandator, change)


# ------------------------------------------------------------------------------------- fields


@hostile(Doubt.FIELD_CHANGED)
def field_added(scene: Scene) -> bytes:
    """A text field with words in it is added behind the signature."""
    return revisions.updated(scene.by_mandator, _add_field)


@hostile(Doubt.FIELD_CHANGED)
def field_added_before_signing(scene: Scene) -> bytes:
    """A text field with words in it is added, and the party signs that."""
    return signing.signed_with(scene.sealed, _add_field)


@hostile(Doubt.FIELD_CHANGED)
def field_filled_in(scene: Scene) -> bytes:
    """A field that was added and signed gets other words afterwards, as filling in forms does."""
    with_field = signing.signed_with(scene.sealed, _add_field)
    return _with_field(with_field, "remark", V=text("for no group"))


@hostile(Doubt.FIELD_CHANGED)
def field_filled_in_between(scene: Scene) -> bytes:
    """A field added by the first party is filled in by the second one, who signs it."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        revisions.field_of(writer, "remark")["/V"] = text("for no group")

    with_field = signing.signed_with(scene.sealed, _add_field)
    return signing.signed_with(with_field, change, field=MANDATARY, by=BY_MANDATARY)


@hostile(Doubt.CONTENT_CHANGED)
def looks_of_the_signature(scene: Scene) -> bytes:
    """The picture of the signature names another signer."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        looks = writer.add_object(revisions.picture("Jan Janssens"))
        revisions.field_of(writer, MANDATOR)["/AP"] = dictionary(N=looks)

    return revisions.updated(scene.by_mandator, change)


@hostile(Doubt.CONTENT_CHANGED)
def looks_of_the_signature_between(scene: Scene) -> bytes:
    """The second party changes the picture of the first one's signature and signs that."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        looks = writer.add_object(revisions.picture("Jan Janssens"))
        revisions.field_of(writer, MANDATOR)["/AP"] = dictionary(N=looks)

    return signing.signed_with(scene.by_mandator, change, field=MANDATARY, by=BY_MANDATARY)


@hostile(Doubt.CONTENT_CHANGED)
def looks_of_the_open_field(scene: Scene) -> bytes:
    """The other party's open field is made to look as if it were signed."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        looks = writer.add_object(revisions.picture("Digitally signed"))
        revisions.field_of(writer, MANDATARY)["/AP"] = dictionary(N=looks)

    return signing.signed_with(scene.sealed, change)


@hostile(Doubt.CONTENT_CHANGED)
def caption_of_a_field(scene: Scene) -> bytes:
    """The caption of the other party's field says another thing."""
    return _with_field(scene.by_mandator, MANDATARY, TU=text("Witness"))


@hostile(Doubt.CONTENT_CHANGED)
def name_of_a_field(scene: Scene) -> bytes:
    """The signed field is called as the other party's, and the other's as the signed one."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        mandator = revisions.field_of(writer, MANDATOR)
        mandatary = revisions.field_of(writer, MANDATARY)
        mandator["/T"], mandatary["/T"] = text(MANDATARY), text(MANDATOR)

    return revisions.updated(scene.by_mandator, change)


@hostile(Doubt.CONTENT_CHANGED)
def place_of_a_field(scene: Scene) -> bytes:
    """The party signs, and lays the field over the text of the page in the same step."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        revisions.field_of(writer, MANDATOR)["/Rect"] = numbers(0, 0, 595, 842)

    return signing.signed_with(scene.sealed, change)


@hostile(Doubt.CONTENT_CHANGED)
def field_hidden(scene: Scene) -> bytes:
    """The signed field is hidden."""
    return _with_field(scene.by_mandator, MANDATOR, F=numbers(2)[0])


@hostile(Doubt.FIELD_CHANGED)
def field_taken_away(scene: Scene) -> bytes:
    """The other party's field is taken out of the form."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        listed = revisions.fields_of(writer)
        listed.remove(next(each for each in listed if each.get_object()["/T"] == MANDATARY))

    return revisions.updated(scene.by_mandator, change)


@hostile(Doubt.CONTENT_CHANGED)
def signature_taken_away(scene: Scene) -> bytes:
    """The first signature is taken out again after the second."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        del revisions.field_of(writer, MANDATOR)["/V"]

    return revisions.updated(scene.by_both, change)


# -------------------------------------------------------------------------------- permissions


@hostile(Doubt.NOT_OUR_FORM)
def permission_widened(scene: Scene) -> bytes:
    """What the seal permits is overwritten, so that notes would be allowed too."""
    there = revisions.numbers_in(scene.by_mandator)
    number = revisions.value_of(scene.by_mandator, SEAL_FIELD)
    seal = revisions.object_in(scene.by_mandator, number)
    assert b"/P 2" in seal
    return revisions.appended(
        scene.by_mandator, {number: seal.replace(b"/P 2", b"/P 3")}, root=there.catalogue
    )


@hostile(Doubt.CONTENT_CHANGED)
def permission_taken_away(scene: Scene) -> bytes:
    """The catalogue no longer says that the form is certified."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        del writer.root["/Perms"]
        writer.update_root()

    return revisions.updated(scene.by_mandator, change)


@hostile(Doubt.CONTENT_CHANGED)
def permission_taken_away_by_the_signer(scene: Scene) -> bytes:
    """The party signs, and takes the certification out of the catalogue in the same step."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        del writer.root["/Perms"]
        writer.update_root()

    return signing.signed_with(scene.sealed, change)


@hostile(Doubt.CONTENT_CHANGED)
def permission_of_another_signature(scene: Scene) -> bytes:
    """The catalogue says that the party's signature, not the seal, certifies the form."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        value = revisions.field_of(writer, MANDATOR).raw_get("/V")
        writer.root["/Perms"] = dictionary(DocMDP=value)
        writer.update_root()

    return revisions.updated(scene.by_mandator, change)


@hostile(Doubt.CONTENT_CHANGED)
def usage_rights(scene: Scene) -> bytes:
    """Rights of use are added, as for a reader that may do more than others."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root["/Perms"]["/UR3"] = revisions.field_of(writer, MANDATOR).raw_get("/V")
        writer.update_root()

    return revisions.updated(scene.by_mandator, change)


@hostile(Doubt.CONTENT_CHANGED)
def lock_on_the_other_field(scene: Scene) -> bytes:
    """The first party signs, and locks the other party's field in the same step."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        lock = fields.FieldMDPSpec(fields.FieldMDPAction.ALL).as_sig_field_lock()
        revisions.field_of(writer, MANDATARY)["/Lock"] = lock

    return signing.signed_with(scene.sealed, change)


@hostile(Doubt.CONTENT_CHANGED)
def signatures_unflagged(scene: Scene) -> bytes:
    """The form says that it holds no signatures and may be rewritten."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        form = writer.root["/AcroForm"]
        form["/SigFlags"] = numbers(0)[0]
        writer.update_container(form)

    return revisions.updated(scene.by_mandator, change)


@hostile(Doubt.NOT_OUR_FORM)
def timestamp_taken_away(scene: Scene) -> bytes:
    """The timestamp over the seal is taken out of its field."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        del revisions.field_of(writer, TIMESTAMP_FIELD)["/V"]

    return revisions.updated(scene.by_mandator, change)


@hostile(Doubt.CONTENT_CHANGED)
def tail_of_nothing(scene: Scene) -> bytes:
    """An update without signature behind both of them, which changes nothing yet."""
    return revisions.appended(signed(scene.by_mandator, field=MANDATARY, by=BY_MANDATARY), {})

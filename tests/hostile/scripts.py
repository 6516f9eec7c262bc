"""Signed forms to which something was added that acts by itself."""

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from mahis.domain.signed_forms import Doubt
from tests.hostile import revisions, signing
from tests.hostile.registry import hostile
from tests.hostile.revisions import dictionary, name, text
from tests.hostile.scene import MANDATARY, MANDATOR, Scene


def _script() -> generic.DictionaryObject:
    return dictionary(S=name("/JavaScript"), JS=text("app.alert('signed')"))


def _when_opened(action: generic.DictionaryObject) -> revisions.Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root["/OpenAction"] = writer.add_object(action)
        writer.update_root()

    return change


def _named(kind: str, thing: generic.DictionaryObject) -> revisions.Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        listed = generic.ArrayObject([text("a"), writer.add_object(thing)])
        writer.root["/Names"] = generic.DictionaryObject({name(kind): dictionary(Names=listed)})
        writer.update_root()

    return change


@hostile(Doubt.CONTENT_CHANGED)
def script_when_opened(scene: Scene) -> bytes:
    """A script that runs when the file is opened."""
    return revisions.updated(scene.by_mandator, _when_opened(_script()))


@hostile(Doubt.CONTENT_CHANGED)
def script_when_opened_and_signed(scene: Scene) -> bytes:
    """A script that runs when the file is opened, added before signing and signed."""
    return signing.signed_with(scene.sealed, _when_opened(_script()))


@hostile(Doubt.CONTENT_CHANGED)
def programme_when_opened(scene: Scene) -> bytes:
    """A programme that is started when the file is opened."""
    launch = dictionary(S=name("/Launch"), F=text("cmd.exe"))
    return revisions.updated(scene.by_mandator, _when_opened(launch))


@hostile(Doubt.CONTENT_CHANGED)
def address_when_opened(scene: Scene) -> bytes:
    """A web address that is called when the file is opened."""
    address = dictionary(S=name("/URI"), URI=text("https://example.test/?read"))
    return revisions.updated(scene.by_mandator, _when_opened(address))


@hostile(Doubt.CONTENT_CHANGED)
def script_when_printed(scene: Scene) -> bytes:
    """A script that runs before the file is printed."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root["/AA"] = dictionary(WP=_script())
        writer.update_root()

    return revisions.updated(scene.by_mandator, change)


@hostile(Doubt.CONTENT_CHANGED)
def script_when_the_page_is_shown(scene: Scene) -> bytes:
    """A script that runs when the page is shown."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        revisions.page_of(writer)["/AA"] = dictionary(O=_script())

    return revisions.updated(scene.by_mandator, change)


@hostile(Doubt.CONTENT_CHANGED)
def script_among_the_names(scene: Scene) -> bytes:
    """A script in the list of those that run before anything else."""
    return revisions.updated(scene.by_mandator, _named("/JavaScript", _script()))


@hostile(Doubt.CONTENT_CHANGED)
def file_inside(scene: Scene) -> bytes:
    """Another file put into the signed form."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        content = writer.add_object(generic.StreamObject(stream_data=b"MZ"))
        holder = dictionary(Type=name("/Filespec"), F=text("a.exe"), EF=dictionary(F=content))
        _named("/EmbeddedFiles", holder)(writer)

    return revisions.updated(scene.by_mandator, change)


@hostile(Doubt.CONTENT_CHANGED)
def file_inside_and_signed(scene: Scene) -> bytes:
    """Another file put into the form before signing, so that the signature covers it."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        content = writer.add_object(generic.StreamObject(stream_data=b"MZ"))
        writer.root["/AF"] = generic.ArrayObject(
            [dictionary(Type=name("/Filespec"), F=text("a.exe"), EF=dictionary(F=content))]
        )
        writer.update_root()

    return signing.signed_with(scene.sealed, change)


@hostile(Doubt.CONTENT_CHANGED)
def form_of_another_kind(scene: Scene) -> bytes:
    """A form in XFA, which some readers show in place of the page."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        form = writer.root["/AcroForm"]
        form["/XFA"] = writer.add_object(
            generic.StreamObject(stream_data=b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
        )
        writer.update_container(form)

    return revisions.updated(scene.by_mandator, change)


@hostile(Doubt.CONTENT_CHANGED)
def order_of_calculation(scene: Scene) -> bytes:
    """Fields that are to be calculated anew whenever the form is shown."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        form = writer.root["/AcroForm"]
        form["/CO"] = generic.ArrayObject([form["/Fields"].raw_get(0)])
        form["/NeedAppearances"] = generic.BooleanObject(value=True)
        writer.update_container(form)

    return revisions.updated(scene.by_mandator, change)


@hostile(Doubt.CONTENT_CHANGED)
def form_that_is_sent(scene: Scene) -> bytes:
    """A click on the other party's field sends the form somewhere."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        address = dictionary(FS=name("/URL"), F=text("https://example.test/"))
        revisions.field_of(writer, MANDATARY)["/A"] = dictionary(S=name("/SubmitForm"), F=address)

    return revisions.updated(scene.by_mandator, change)


@hostile(Doubt.CONTENT_CHANGED)
def script_in_the_signed_field(scene: Scene) -> bytes:
    """The signer's own field runs a script when the pointer meets it; the signature covers it."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        revisions.field_of(writer, MANDATOR)["/AA"] = dictionary(E=_script())

    return signing.signed_with(scene.sealed, change)

"""Laying the signature fields into a form: tagged, named for people, and nothing else."""

from collections.abc import Iterable

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from mahis.domain.parties import Side
from mahis.domain.signature_evidence import SEAL_FIELD, TIMESTAMP_FIELD, field_of
from mahis.gateways.pdf_forms import words
from mahis.gateways.pdf_forms.content import FormContent
from mahis.gateways.pdf_forms.geometry import Box, field_box
from mahis.gateways.pdf_forms.objects import dictionary, number, numbers, pointer

#: Signatures exist, and the file may only be added to.
_SIGNATURE_FLAGS = 3
_PRINT, _LOCKED = 4, 128
#: No size, and off the page: readers that go by tags have nothing to find there.
_NOWHERE: Box = (-9999, -9999, -9999, -9999)


def lay_fields(
    writer: IncrementalPdfFileWriter, content: FormContent, *, sides: frozenset[Side]
) -> None:
    """Add a visible field for each side that signs, and the hidden ones of seal and timestamp."""
    page = writer.root["/Pages"]["/Kids"][-1]
    here = pointer(page.container_ref)
    tags = _Tags(writer, here)
    blank = writer.add_object(_blank(field_box(Side.MANDATOR)))
    fields: list[generic.IndirectObject] = []
    for side, place in _places(content, sides):
        name, tooltip = field_of(side, place=place), words.tooltip(content, side, place=place)
        box = field_box(side, place=place, signatories=content.signatories)
        widget = _widget(name, tooltip, box, here, flags=_PRINT)
        widget["/AP"] = dictionary({"N": blank})
        fields.append(writer.add_object(widget))
        to_come = len([each for each in content.places(side) if each >= place])
        tags.tag(widget, fields[-1], inside=side, before=to_come)
    for name, tooltip in _hidden(content):
        widget = _widget(name, tooltip, _NOWHERE, here, flags=_PRINT | _LOCKED)
        fields.append(writer.add_object(widget))
    tags.finish()
    page["/Annots"] = generic.ArrayObject(fields)
    writer.update_container(page)
    writer.root["/AcroForm"] = dictionary({
        "Fields": generic.ArrayObject(fields), "SigFlags": number(_SIGNATURE_FLAGS)
    })  # fmt: skip
    writer.mark_update(writer.root_ref)


def _places(content: FormContent, sides: frozenset[Side]) -> Iterable[tuple[Side, int]]:
    for side in (side for side in Side if side in sides):
        for place in content.places(side):
            yield side, place


def _hidden(content: FormContent) -> Iterable[tuple[str, str]]:
    yield SEAL_FIELD, words.seal_tooltip(content.language)
    yield TIMESTAMP_FIELD, words.timestamp_tooltip(content.language)


def _widget(
    name: str, tooltip: str, box: Box, page: generic.IndirectObject, *, flags: int
) -> generic.DictionaryObject:
    return dictionary({
        "Type": "Annot",
        "Subtype": "Widget",
        "FT": "Sig",
        "T": generic.pdf_string(name),
        "TU": generic.pdf_string(tooltip),
        "Rect": numbers(box),
        "F": number(flags),
        "P": page,
    })  # fmt: skip


def _blank(box: Box) -> generic.StreamObject:
    """Give the looks of a field that nobody signed: nothing, so that the page shows through."""
    left, bottom, right, top = box
    looks: dict[str, generic.PdfObject | str] = {
        "Type": "XObject",
        "Subtype": "Form",
        "BBox": numbers((0, 0, right - left, top - bottom)),
        "Resources": dictionary({}),
    }
    return generic.StreamObject(dictionary(looks), stream_data=b"")


class _Tags:
    """The structure tree of a form, to which widgets are added for readers that go by it."""

    def __init__(self, writer: IncrementalPdfFileWriter, page: generic.IndirectObject) -> None:
        self._writer = writer
        self._page = page
        self._tree = writer.root["/StructTreeRoot"]
        document = self._tree["/K"][0]
        #: The template ends with the two boxes for signatures, one after the other.
        boxes = document["/K"][-1]["/K"]
        self._boxes = {side: boxes[place] for place, side in enumerate(Side)}
        self._next_key = int(self._tree["/ParentTreeNextKey"])

    def tag(
        self,
        widget: generic.DictionaryObject,
        ref: generic.IndirectObject,
        *,
        inside: Side,
        before: int,
    ) -> None:
        """Put a widget into the box of a side, before its line for pens, counted from the last."""
        box = self._boxes[inside]
        kid = dictionary({"Type": "OBJR", "Pg": self._page, "Obj": ref})
        tag = dictionary({
            "Type": "StructElem", "S": "Form", "P": pointer(box.container_ref), "K": kid
        })  # fmt: skip
        element = self._writer.add_object(tag)
        box["/K"].insert(-before, element)
        self._writer.update_container(box)
        widget["/StructParent"] = number(self._next_key)
        self._tree["/ParentTree"]["/Nums"] += [number(self._next_key), element]
        self._next_key += 1

    def finish(self) -> None:
        """Note what was added at the root of the tree."""
        self._tree["/ParentTreeNextKey"] = number(self._next_key)
        self._writer.update_container(self._tree)

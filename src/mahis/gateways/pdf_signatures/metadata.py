"""Whether two streams of metadata say the same, however they are written.

Software that signs reads the metadata (XMP, which is RDF in XML) and writes them anew in its own
way: a property becomes an attribute, a nested description takes the place of a shorthand. So what
is compared is statements, and not elements.
"""

from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree  # type: ignore[import-untyped]
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.generic import PdfObject, StreamObject

from mahis.gateways.pdf_signatures.values import differing

#: Names of properties from the outermost to the innermost, with places in lists between them.
Path: TypeAlias = tuple[str, ...]
Statement: TypeAlias = tuple[Path, str]

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LISTS = frozenset({f"{_RDF}Alt", f"{_RDF}Seq", f"{_RDF}Bag"})
#: Shorthands of RDF, which say nothing by themselves.
_SYNTAX = frozenset({f"{_RDF}about", f"{_RDF}parseType", f"{_RDF}resource", _LANGUAGE})
#: What software that saves a document may say about itself.
_OF_SAVING = frozenset(
    {
        f"{_XMP}ModifyDate",
        f"{_XMP}MetadataDate",
        "{http://ns.adobe.com/pdf/1.3/}Producer",
        "{http://ns.adobe.com/xap/1.0/mm/}InstanceID",
    }
)
_OF_A_STREAM = frozenset({"/Length", "/Filter", "/DecodeParms"})
_DEEPEST = 20


class _NotUnderstood(ValueError):
    """Metadata that are written in a way that nobody has to write them."""


def same_metadata(before: PdfObject | None, after: PdfObject | None) -> bool:
    """Say whether two streams of metadata say the same, but for how they were saved."""
    if not (isinstance(before, StreamObject) and isinstance(after, StreamObject)):
        return False
    if differing(before, after) - _OF_A_STREAM:
        return False
    try:
        return _said(before) == _said(after)
    except (_NotUnderstood, etree.XMLSyntaxError):
        return False


def _said(stream: StreamObject) -> list[Statement]:
    """List everything that metadata say, in an order of its own."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True
    )
    root = etree.fromstring(stream.read_data(DecodePurpose.XMP_METADATA), parser=parser)
    descriptions = [root] if root.tag == f"{_RDF}RDF" else root.findall(f"{_RDF}RDF")
    if len(descriptions) != 1 or root.getroottree().docinfo.internalDTD is not None:
        raise _NotUnderstood
    found = [
        statement
        for description in _elements(descriptions[0])
        for statement in _of_description(description, ())
    ]
    return sorted(each for each in found if each[0][0] not in _OF_SAVING)


def _of_description(element: etree._Element, path: Path) -> Iterator[Statement]:
    """Give what a description says: its attributes, and the properties in it."""
    if element.tag != f"{_RDF}Description":
        raise _NotUnderstood
    yield from _of_attributes(element, path)
    for each in _elements(element):
        yield from _of_property(each, path)


def _of_property(element: etree._Element, path: Path) -> Iterator[Statement]:
    """Give what a property says: a text, an address, a list, or a description in any notation."""
    path = (*path, _name(element))
    if len(path) > _DEEPEST:
        raise _NotUnderstood
    inside = list(_elements(element))
    resource = element.get(f"{_RDF}resource")
    yield from _of_attributes(element, path)
    if element.get(f"{_RDF}parseType") == "Resource":
        for each in inside:
            yield from _of_property(each, path)
    elif resource is not None and not inside:
        yield path, resource.strip()
    elif not inside:
        if element.text is not None or not _says_more(element):
            yield path, (element.text or "").strip()
    elif len(inside) > 1 or element.get(f"{_RDF}parseType") is not None:
        raise _NotUnderstood
    elif inside[0].tag in _LISTS:
        yield from _of_list(inside[0], path)
    else:
        yield from _of_description(inside[0], path)


def _of_list(element: etree._Element, path: Path) -> Iterator[Statement]:
    for place, item in enumerate(_elements(element)):
        if item.tag != f"{_RDF}li":
            raise _NotUnderstood
        yield from _of_property(item, (*path, f"{element.tag}[{place}]"))


def _of_attributes(element: etree._Element, path: Path) -> Iterator[Statement]:
    for name, value in element.attrib.items():
        if name not in _SYNTAX:
            yield (*path, str(name)), str(value).strip()


def _says_more(element: etree._Element) -> bool:
    return any(name not in _SYNTAX for name in element.attrib)


def _name(element: etree._Element) -> str:
    """Name a property, with the language that it is in."""
    language = element.get(_LANGUAGE)
    return f"{element.tag}@{language}" if language is not None else str(element.tag)


def _elements(element: etree._Element) -> Iterator[etree._Element]:
    """Go through the elements in one; an entity is nothing that we made."""
    for each in element:
        if each.tag is etree.Entity:
            raise _NotUnderstood
        if isinstance(each.tag, str):
            yield each

"""What one revision changed, object by object: signatures in their fields, and anything else.

Every object that a revision names either was there before, and then may differ only as a signature
needs it, or is new, and then can be seen only by way of one that differs.
"""

import enum
from collections.abc import Iterator
from typing import TypeAlias

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    Reference,
    StreamObject,
)
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from mahis.domain.signature_evidence import Change
from mahis.gateways.pdf_signatures.metadata import same_metadata
from mahis.gateways.pdf_signatures.values import (
    behind,
    differing,
    inside,
    is_named,
    items_under,
    raw_items,
    reference,
    same,
    under,
)

Id: TypeAlias = tuple[int, int]

_DEEPEST_TREE = 50
#: What filling in a signature field changes in its dictionary.
_OF_SIGNING = {"/V", "/AP", "/AS", "/F", "/Ff", "/DA", "/Q", "/Type"}
_OF_A_WIDGET = _OF_SIGNING - {"/V"}
_OF_THE_CATALOG = {"/DSS", "/AcroForm", "/Extensions", "/Version", "/Metadata"}
_OF_THE_FORM = {"/Fields", "/SigFlags", "/DR", "/DA"}
_OF_THE_TRAILER = {"/Prev", "/Size", "/ID", "/Info", "/XRefStm"}
_OF_SAVING = {"/ModDate", "/Producer"}
_STORE = {"/Certs", "/OCSPs", "/CRLs", "/VRI", "/Type"}
#: Keys by which something would act, or bring a file along.
_ACTING = {
    "/A", "/AA", "/JS", "/OpenAction", "/EF", "/EmbeddedFiles", "/XFA", "/URI", "/RichMediaContent",
}  # fmt: skip
_ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Rendition",
}


class _Role(enum.Enum):
    """What an object was in the revision before."""

    CATALOG = enum.auto()
    FORM = enum.auto()
    FIELDS = enum.auto()
    EMPTY_SIGNATURE = enum.auto()
    EMPTY_WIDGET = enum.auto()
    SIGNED = enum.auto()
    FIELD = enum.auto()
    PAGE = enum.auto()
    ANNOTATIONS = enum.auto()
    ANNOTATION = enum.auto()
    STORE = enum.auto()
    INFORMATION = enum.auto()
    METADATA = enum.auto()
    PERMISSIONS = enum.auto()


#: What may differ in a dictionary of a role,
_HARMLESS = {
    _Role.EMPTY_SIGNATURE: frozenset(_OF_SIGNING),
    _Role.EMPTY_WIDGET: frozenset(_OF_A_WIDGET),
    _Role.INFORMATION: frozenset(_OF_SAVING),
    _Role.STORE: frozenset(_STORE),
}
#: and how it is told where anything else does; of the others, as content.
_TOLD = {
    _Role.EMPTY_SIGNATURE: Change.PERMISSIONS,
    _Role.EMPTY_WIDGET: Change.ANNOTATION,
    _Role.SIGNED: Change.PERMISSIONS,
    _Role.PERMISSIONS: Change.PERMISSIONS,
    _Role.FIELD: Change.FIELD,
    _Role.ANNOTATION: Change.ANNOTATION,
}


#: What is rewritten too where software adds answers to the security store.
_OF_ANSWERS = {_Role.STORE, _Role.CATALOG, _Role.INFORMATION, _Role.METADATA}
_OF_ANSWERS_IN_CATALOG = {"/DSS", "/Extensions", "/Version"}


class Step:
    """One revision, beside the one before it."""

    def __init__(self, reader: PdfFileReader, revision: int) -> None:
        self._xrefs = reader.xrefs
        self._revision = revision
        self._old: HistoricalResolver = reader.get_historical_resolver(revision - 1)
        self._new: HistoricalResolver = reader.get_historical_resolver(revision)
        self._roles = dict(self._find_roles())
        #: What `changes` found to be rewritten, and new.
        self._touched: set[_Role | None] = set()
        self._of_catalog_touched: set[str] = set()
        self._added: set[Id] = set()

    def changes(self) -> set[Change]:
        """Say what was changed beside signatures."""
        found = set()
        if self._new.refs_freed_in_revision():  # type: ignore[no-untyped-call]
            found.add(Change.CONTENT)
        if differing(self._old.trailer_view, self._new.trailer_view) - _OF_THE_TRAILER:
            found.add(Change.CONTENT)
        containers = self._containers()
        for each in self._new.explicit_refs_in_revision():  # type: ignore[no-untyped-call]
            name = (each.idnum, each.generation)
            if not self._is_new(each):
                if name in containers:
                    found.add(Change.CONTENT)
                found |= self._of_old(name, self._old(each), self._new(each))
            elif name not in containers:
                self._added.add(name)
                found |= self._of_new(self._new(each))
        return found

    def adds_answers_only(self) -> bool:
        """Say whether `changes` found answers in the security store added, and nothing else."""
        has_answers = _Role.STORE in self._touched or "/DSS" in self._of_catalog_touched
        others = self._touched - _OF_ANSWERS or self._of_catalog_touched - _OF_ANSWERS_IN_CATALOG
        return has_answers and not others and self._added <= self._reached()

    def is_of_no_use(self) -> bool:
        """Say whether the revision does nothing, or nothing but what later ones could make use of.

        When and by what a file was saved counts as nothing.
        """
        self.changes()
        is_idle = self._touched <= {_Role.INFORMATION, _Role.METADATA}
        return is_idle and not self._of_catalog_touched - {"/Metadata"}

    def _reached(self) -> set[Id]:
        """Name the objects of the security store, and the new ones to which they lead."""
        root = self._new.root
        waiting = [root.raw_get("/DSS")] if "/DSS" in root else []
        followed = {name for name, role in self._roles.items() if role is _Role.STORE}
        followed |= self._added
        reached: set[Id] = set()
        while waiting:
            for each in inside(waiting.pop()):
                name = reference(each)
                if name in followed and name not in reached:
                    reached.add(name)
                    waiting.append(behind(each))
        return reached

    # ------------------------------------------------------------------------ what there was

    def _find_roles(self) -> Iterator[tuple[Id, _Role]]:
        old, root = self._old, self._old.root
        yield (old.root_ref.idnum, old.root_ref.generation), _Role.CATALOG
        yield from _named(old.trailer_view, "/Info", _Role.INFORMATION)
        yield from _named(root, "/Metadata", _Role.METADATA)
        yield from _named(root, "/Perms", _Role.PERMISSIONS)
        yield from self._roles_of_pages(under(root, "/Pages"), 0)
        yield from _named(root, "/AcroForm", _Role.FORM)
        form = under(root, "/AcroForm")
        yield from _named(form, "/Fields", _Role.FIELDS)
        yield from self._roles_of_fields(items_under(form, "/Fields"), None, 0)
        yield from _named(root, "/DSS", _Role.STORE)
        for key in _STORE:
            yield from _named(under(root, "/DSS"), key, _Role.STORE)

    def _roles_of_pages(self, node: PdfObject | None, depth: int) -> Iterator[tuple[Id, _Role]]:
        if depth > _DEEPEST_TREE:
            return
        for kid in items_under(node, "/Kids"):
            page = behind(kid)
            if under(page, "/Kids") is not None:
                yield from self._roles_of_pages(page, depth + 1)
                continue
            yield from _as(kid, _Role.PAGE)
            yield from _named(page, "/Annots", _Role.ANNOTATIONS)
            for annotation in items_under(page, "/Annots"):
                yield from _as(annotation, _Role.ANNOTATION)

    def _roles_of_fields(
        self, fields: list[PdfObject], inherited: PdfObject | None, depth: int
    ) -> Iterator[tuple[Id, _Role]]:
        """Go through fields and their widgets; what is said last of an object holds."""
        if depth > _DEEPEST_TREE:
            return
        for each in fields:
            field = behind(each)
            kind = under(field, "/FT") or inherited
            kids = items_under(field, "/Kids")
            role = _Role.FIELD
            if is_named(kind, "/Sig"):
                role = _Role.EMPTY_SIGNATURE if under(field, "/V") is None else _Role.SIGNED
                yield from _named(field, "/V", _Role.SIGNED)
            yield from _as(each, role)
            yield from self._roles_of_fields(kids, kind, depth + 1)
            if role is _Role.EMPTY_SIGNATURE:
                for kid in kids:
                    yield from _as(kid, _Role.EMPTY_WIDGET)

    # --------------------------------------------------------------------- what was rewritten

    def _of_old(self, name: Id, before: PdfObject, after: PdfObject) -> set[Change]:
        if same(before, after):
            return set()
        role = self._roles.get(name)
        self._touched.add(role)
        if role is _Role.METADATA:
            return set() if same_metadata(before, after) else {Change.CONTENT}
        if role is None or isinstance(before, StreamObject) or isinstance(after, StreamObject):
            return {Change.CONTENT}
        if isinstance(before, ArrayObject) and isinstance(after, ArrayObject):
            return self._of_array(role, before, after)
        if isinstance(before, DictionaryObject) and isinstance(after, DictionaryObject):
            keys = differing(before, after)
            found = {Change.CONTENT} if keys & _ACTING else set()
            for key in keys & after.keys():
                found |= self._of_new(after.raw_get(key))
            return found | self._of_dictionary(role, before, after, keys)
        return {Change.CONTENT}

    def _of_dictionary(
        self, role: _Role, before: DictionaryObject, after: DictionaryObject, keys: set[str]
    ) -> set[Change]:
        if role is _Role.CATALOG:
            return self._of_catalog(before, after, keys)
        if role is _Role.FORM:
            return self._of_form(before, after, keys)
        if role is _Role.PAGE and keys == {"/Annots"}:
            return self._of_annotations(
                items_under(before, "/Annots"), items_under(after, "/Annots")
            )
        if role is _Role.EMPTY_SIGNATURE and "/V" not in keys:
            return {Change.PERMISSIONS}
        return (
            set() if keys <= _HARMLESS.get(role, frozenset()) else {_TOLD.get(role, Change.CONTENT)}
        )

    def _of_catalog(
        self, before: DictionaryObject, after: DictionaryObject, keys: set[str]
    ) -> set[Change]:
        found = {Change.PERMISSIONS} if "/Perms" in keys else set()
        if keys - _OF_THE_CATALOG - {"/Perms"}:
            found.add(Change.CONTENT)
        self._of_catalog_touched |= keys
        if "/AcroForm" in keys:
            form, later = under(before, "/AcroForm"), under(after, "/AcroForm")
            if not (isinstance(form, DictionaryObject) and isinstance(later, DictionaryObject)):
                return found | {Change.CONTENT}
            found |= self._of_form(form, later, differing(form, later))
        said = under(before, "/Metadata"), under(after, "/Metadata")
        if "/Metadata" in keys and not same_metadata(*said):
            found.add(Change.CONTENT)
        return found

    def _of_form(
        self, before: DictionaryObject, after: DictionaryObject, keys: set[str]
    ) -> set[Change]:
        found = {Change.CONTENT} if keys - _OF_THE_FORM else set()
        if "/Fields" in keys:
            found |= self._of_field_list(
                items_under(before, "/Fields"), items_under(after, "/Fields")
            )
        return found

    def _of_array(self, role: _Role, before: ArrayObject, after: ArrayObject) -> set[Change]:
        match role:
            case _Role.FIELDS:
                return self._of_field_list(raw_items(before), raw_items(after))
            case _Role.ANNOTATIONS:
                return self._of_annotations(raw_items(before), raw_items(after))
            case _Role.STORE:
                return set()
            case _:
                return {Change.CONTENT}

    def _of_field_list(self, before: list[PdfObject], after: list[PdfObject]) -> set[Change]:
        """Fields may only be added, and only invisible ones that are signed at once."""
        old, new = ([reference(each) for each in some] for some in (before, after))
        if None in new or new[: len(old)] != old or len(set(new)) != len(new):
            return {Change.FIELD}
        added = map(behind, after[len(old) :])
        return set() if all(map(_is_invisible_signature, added)) else {Change.FIELD}

    def _of_annotations(self, before: list[PdfObject], after: list[PdfObject]) -> set[Change]:
        """Annotations may only be added, and only those of invisible signatures."""
        old, new = ([reference(each) for each in some] for some in (before, after))
        if None in new or new[: len(old)] != old:
            return {Change.ANNOTATION}
        added = map(behind, after[len(old) :])
        return set() if all(map(_is_invisible, added)) else {Change.ANNOTATION}

    # --------------------------------------------------------------------------- what is new

    def _is_new(self, each: Reference) -> bool:
        """Say whether nothing before can have named an object."""
        return each.generation == 0 and self._old.is_ref_unassignable(each)

    def _of_new(self, value: PdfObject) -> set[Change]:
        """Nothing new may act, bring a file along, or name what is not there yet."""
        if isinstance(value, StreamObject) and "/F" in value:
            return {Change.CONTENT}
        for each in inside(value):
            if isinstance(each, DictionaryObject) and _acts(each):
                return {Change.CONTENT}
            if isinstance(each, IndirectObject) and not self._is_there(each):
                return {Change.CONTENT}
        return set()

    def _is_there(self, value: IndirectObject) -> bool:
        return self._xrefs.get_historical_ref(value.reference, self._revision) is not None

    def _containers(self) -> set[Id]:
        """Name the streams that only hold the list of objects, or objects."""
        streams = set(self._new.object_streams_used())  # type: ignore[no-untyped-call]
        listing = self._xrefs.get_xref_container_info(self._revision).stream_ref
        if listing is not None:
            streams.add(listing)
        return {(each.idnum, each.generation) for each in streams}


def same_information(before: PdfObject | None, after: PdfObject | None) -> bool:
    """Say whether the document information differs by nothing but how it was saved."""
    if isinstance(before, DictionaryObject) and isinstance(after, DictionaryObject):
        return differing(before, after) <= _OF_SAVING
    return before is None and after is None


def _acts(value: DictionaryObject) -> bool:
    does = value.raw_get("/S") if "/S" in value else None
    return bool(_ACTING & value.keys()) or (isinstance(does, NameObject) and does in _ACTIONS)


def _is_invisible_signature(value: PdfObject) -> bool:
    is_signed = is_named(under(value, "/FT"), "/Sig") and under(value, "/V") is not None
    return is_signed and _is_invisible(value)


def _is_invisible(value: PdfObject) -> bool:
    """Say whether a field and its widgets take no room on a page."""
    subtype = under(value, "/Subtype")
    if subtype is not None and not is_named(subtype, "/Widget"):
        return False
    corners = [str(behind(each)) for each in items_under(value, "/Rect")]
    kids = map(behind, items_under(value, "/Kids"))
    is_flat = not corners or corners[0] == corners[2] or corners[1] == corners[3]
    return is_flat and all(map(_is_invisible, kids))


def _as(value: PdfObject, role: _Role) -> Iterator[tuple[Id, _Role]]:
    name = reference(value)
    if name is not None:
        yield name, role


def _named(value: PdfObject | None, key: str, role: _Role) -> Iterator[tuple[Id, _Role]]:
    if isinstance(value, DictionaryObject) and key in value:
        yield from _as(value.raw_get(key), role)

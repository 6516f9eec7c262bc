"""Whether two values of a PDF are the same, and what there is inside one."""

from collections.abc import Iterator

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

_NUMBERS = (NumberObject, FloatObject)
_STRINGS = (TextStringObject, ByteStringObject)


def same(before: PdfObject, after: PdfObject) -> bool:
    """Say whether two values are the same, without looking behind references."""
    return (
        _same_number(before, after)
        or _same_string(before, after)
        or (type(before) is type(after) and _same_kind(before, after))
    )


def _same_number(before: PdfObject, after: PdfObject) -> bool:
    return isinstance(before, _NUMBERS) and isinstance(after, _NUMBERS) and before == after


def _same_string(before: PdfObject, after: PdfObject) -> bool:
    """Compare strings by their bytes; text may be spelt in another encoding."""
    if not (isinstance(before, _STRINGS) and isinstance(after, _STRINGS)):
        return False
    are_text = isinstance(before, TextStringObject) and isinstance(after, TextStringObject)
    return before.original_bytes == after.original_bytes or (are_text and before == after)


def _same_kind(before: PdfObject, after: PdfObject) -> bool:
    if isinstance(before, IndirectObject):
        return reference(before) == reference(after)
    if isinstance(before, ArrayObject) and isinstance(after, ArrayObject):
        return len(before) == len(after) and all(map(same, raw_items(before), raw_items(after)))
    if isinstance(before, DictionaryObject) and isinstance(after, DictionaryObject):
        return not differing(before, after) and _same_data(before, after)
    return isinstance(before, NameObject | BooleanObject | NullObject) and before == after


def _same_data(before: DictionaryObject, after: DictionaryObject) -> bool:
    if isinstance(before, StreamObject) and isinstance(after, StreamObject):
        return before.encoded_data == after.encoded_data
    return True


def differing(before: DictionaryObject, after: DictionaryObject) -> set[str]:
    """List the keys under which two dictionaries differ."""
    return {
        key
        for key in before.keys() | after.keys()
        if key not in before
        or key not in after
        or not same(before.raw_get(key), after.raw_get(key))
    }


def reference(value: PdfObject) -> tuple[int, int] | None:
    """Give number and generation of a reference; None where it is no reference."""
    if isinstance(value, IndirectObject):
        return value.idnum, value.generation
    return None


def raw_items(array: ArrayObject) -> list[PdfObject]:
    """List the items of an array without looking behind references."""
    return [array.raw_get(index) for index in range(len(array))]


def behind(value: PdfObject) -> PdfObject:
    """Give a value, or what the reference leads to that it is."""
    found: PdfObject = value.get_object()  # type: ignore[no-untyped-call]
    return found


def under(value: PdfObject | None, key: str) -> PdfObject | None:
    """Give what stands under a key, references followed; None where nothing does."""
    if not isinstance(value, DictionaryObject) or key not in value:
        return None
    found = behind(value.raw_get(key))
    return None if isinstance(found, NullObject) else found


def items_under(value: PdfObject | None, key: str) -> list[PdfObject]:
    """Give the items of the array under a key, references not followed."""
    found = under(value, key)
    return raw_items(found) if isinstance(found, ArrayObject) else []


def is_named(value: PdfObject | None, *names: str) -> bool:
    """Say whether a value is one of some names."""
    return isinstance(value, NameObject) and str(value) in names


def inside(value: PdfObject) -> Iterator[PdfObject]:
    """Go through a value and everything in it, but not behind references."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        yield each
        if isinstance(each, DictionaryObject):
            waiting += [each.raw_get(key) for key in each]
        elif isinstance(each, ArrayObject):
            waiting += raw_items(each)

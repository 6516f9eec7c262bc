"""The objects that PDF files are made of, built in a word each."""

from collections.abc import Mapping

from pyhanko.pdf_utils import generic


def dictionary(entries: Mapping[str, generic.PdfObject | str]) -> generic.DictionaryObject:
    """Build a dictionary; keys, and values that are plain text, are names without their slash."""
    named = {
        generic.pdf_name(f"/{key}"): generic.pdf_name(f"/{value}") if type(value) is str else value
        for key, value in entries.items()
    }
    return generic.DictionaryObject(named)  # type: ignore[no-untyped-call]


def number(value: int) -> generic.NumberObject:
    """Build a whole number."""
    return generic.NumberObject(value)  # type: ignore[no-untyped-call]


def numbers(values: tuple[float, ...]) -> generic.ArrayObject:
    """Build an array of measures, to a hundredth."""
    return generic.ArrayObject(generic.FloatObject(f"{value:.2f}") for value in values)  # type: ignore[no-untyped-call]


def pointer(reference: generic.Reference) -> generic.IndirectObject:
    """Build a pointer to an object of the file."""
    return generic.IndirectObject(  # type: ignore[no-untyped-call]
        reference.idnum, reference.generation, reference.pdf
    )

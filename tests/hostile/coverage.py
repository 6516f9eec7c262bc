"""Signatures that do not cover what they seem to: other ranges of bytes, or none.

After "1 Trillion Dollar Refund: How To Spoof PDF Signatures" (CCS 2019).
"""

from mahis.domain.signed_forms import Doubt
from tests.hostile import revisions, signing
from tests.hostile.registry import hostile
from tests.hostile.scene import MANDATARY, Scene, signed


def _ranges(scene: Scene) -> tuple[int, int, int]:
    """Where the last signature begins and ends, and how long the file is."""
    start, end = signing.places_in(scene.by_mandator).contents
    return start, end, len(scene.by_mandator)


def _without(scene: Scene, entry: bytes) -> bytes:
    """The signed form without one entry of its signature, by another name."""
    return revisions.replaced(scene.by_mandator, entry, entry[:-1] + b"X")


@hostile(Doubt.SIGNATURE_BROKEN)
def no_range(scene: Scene) -> bytes:
    """The signature does not say what it covers."""
    return _without(scene, b"/ByteRange")


@hostile(Doubt.SIGNATURE_BROKEN)
def range_of_zeroes(scene: Scene) -> bytes:
    """The signature says that it covers nothing."""
    return signing.with_range(scene.by_mandator, b"0 0 0 0")


@hostile(Doubt.SIGNATURE_BROKEN)
def range_of_nothing_signed(scene: Scene) -> bytes:
    """The signature covers nothing, and is right for that."""
    return signing.over(scene.by_mandator, [0, 0, 0, 0])


@hostile(Doubt.SIGNATURE_BROKEN)
def range_below_zero(scene: Scene) -> bytes:
    """The signature covers what stands before the beginning."""
    return signing.with_range(scene.by_mandator, b"0 -100 -50 20")


@hostile(Doubt.SIGNATURE_BROKEN)
def range_beyond_everything(scene: Scene) -> bytes:
    """The signature covers a million million million bytes."""
    return signing.with_range(scene.by_mandator, b"0 1000000000000000000 0 9")


@hostile(Doubt.SIGNATURE_BROKEN)
def range_of_words(scene: Scene) -> bytes:
    """The signature covers words in place of numbers."""
    return signing.with_range(scene.by_mandator, b"/a (b) null []")


@hostile(Doubt.SIGNATURE_BROKEN)
def range_of_three(scene: Scene) -> bytes:
    """The signature names three numbers in place of four."""
    start, end, _ = _ranges(scene)
    return signing.with_range(scene.by_mandator, b"0 %d %d" % (start, end))


@hostile(Doubt.SIGNATURE_BROKEN)
def range_of_one_part(scene: Scene) -> bytes:
    """The signature covers what stands before it alone, and is right for that."""
    start, _, _ = _ranges(scene)
    return signing.over(scene.by_mandator, [0, start])


@hostile(Doubt.SIGNATURE_BROKEN)
def range_of_a_little(scene: Scene) -> bytes:
    """The signature covers the first hundred bytes, and is right for them."""
    return signing.over(scene.by_mandator, [0, 50, 50, 50])


@hostile(Doubt.SIGNATURE_BROKEN)
def range_of_the_seal_alone(scene: Scene) -> bytes:
    """The signature covers the sealed form without its own update, and is right for that."""
    return signing.over(scene.by_mandator, [0, 1000, 1000, len(scene.sealed) - 1000])


@hostile(Doubt.SIGNATURE_BROKEN)
def range_that_overlaps(scene: Scene) -> bytes:
    """The two parts that the signature covers overlap; it is right for them."""
    start, end, length = _ranges(scene)
    return signing.over(scene.by_mandator, [0, start, start - 500, length - end])


@hostile(Doubt.SIGNATURE_BROKEN)
def range_with_a_wide_gap(scene: Scene) -> bytes:
    """The gap that the signature leaves out for itself holds more; it is right for the rest."""
    start, end, length = _ranges(scene)
    return signing.over(scene.by_mandator, [0, start - 40, end + 120, length - end - 120])


@hostile(Doubt.SIGNATURE_BROKEN)
def range_with_two_gaps(scene: Scene) -> bytes:
    """The signature leaves out a second gap in the sealed form; it is right for the rest."""
    start, end, length = _ranges(scene)
    parts = [0, 9000, 9500, start - 9500, end, length - end]
    return signing.over(scene.by_mandator, parts)


@hostile(Doubt.SIGNATURE_BROKEN)
def range_without_the_end(scene: Scene) -> bytes:
    """The signature leaves out the last table, which says where everything is."""
    start, end, _ = _ranges(scene)
    table = revisions.last_section(scene.by_mandator)
    return signing.over(scene.by_mandator, [0, start, end, table - end])


@hostile(Doubt.SIGNATURE_BROKEN)
def range_without_the_beginning(scene: Scene) -> bytes:
    """The signature leaves out the first kilobyte of the form."""
    start, end, length = _ranges(scene)
    return signing.over(scene.by_mandator, [1024, start - 1024, end, length - end])


@hostile(Doubt.SIGNATURE_BROKEN)
def no_value(scene: Scene) -> bytes:
    """The signature has no value."""
    return _without(scene, b"/Contents")


@hostile(Doubt.SIGNATURE_BROKEN)
def value_of_zeroes(scene: Scene) -> bytes:
    """The value of the signature is zero."""
    return signing.with_value(scene.by_mandator, b"")


@hostile(Doubt.SIGNATURE_BROKEN)
def value_of_null(scene: Scene) -> bytes:
    """The value of the signature is nothing at all, in the same place."""
    start, end = signing.places_in(scene.by_mandator).contents
    nothing = b"null".ljust(end - start)
    return scene.by_mandator[:start] + nothing + scene.by_mandator[end:]


@hostile(Doubt.CONTENT_CHANGED)
def value_elsewhere(scene: Scene) -> bytes:
    """The value of the signature is a reference to an object that is not covered."""
    start, end = signing.places_in(scene.by_mandator).contents
    there = revisions.numbers_in(scene.by_mandator)
    reference = (b"%d 0 R" % there.next).ljust(end - start)
    moved = scene.by_mandator[:start] + reference + scene.by_mandator[end:]
    value = scene.by_mandator[start:end]
    return revisions.appended(moved, {there.next: value}, root=there.catalogue)


@hostile(Doubt.BROKEN)
def value_without_end(scene: Scene) -> bytes:
    """The value of the signature is never closed."""
    _, end = signing.places_in(scene.by_mandator).contents
    return scene.by_mandator[: end - 1] + b"0" + scene.by_mandator[end:]


@hostile(Doubt.SIGNATURE_BROKEN)
def signature_that_is_a_number(scene: Scene) -> bytes:
    """The party's field is filled in with a number where a signature should be."""
    there = revisions.numbers_in(scene.sealed)
    number = there.fields["mandator"]
    field = revisions.object_in(scene.sealed, number).removesuffix(b">>") + b"/V 42>>"
    return revisions.appended(scene.sealed, {number: field})


@hostile(Doubt.SIGNATURE_BROKEN)
def signature_without_anything(scene: Scene) -> bytes:
    """The party's field is filled in with an empty signature."""
    there = revisions.numbers_in(scene.sealed)
    number = there.fields["mandator"]
    field = revisions.object_in(scene.sealed, number).removesuffix(b">>") + b"/V<</Type/Sig>>>>"
    return revisions.appended(scene.sealed, {number: field})


@hostile(Doubt.SIGNATURE_BROKEN)
def later_signature_is_broken(scene: Scene) -> bytes:
    """The first signature is right, and the second one is not."""
    return signing.with_value(scene.by_both, signing.value_in(scene.by_mandator))


@hostile(Doubt.SIGNATURE_BROKEN)
def earlier_signature_is_broken(scene: Scene) -> bytes:
    """The first signature is broken, and the second one is right and covers it."""
    broken = signing.over(scene.by_mandator, [0, 50, 50, 50])
    return signed(broken, field=MANDATARY, by="citizen-rsa")


@hostile(Doubt.CONTENT_CHANGED)
def one_signature_for_both(scene: Scene) -> bytes:
    """Both parties' fields show the same signature."""
    there = revisions.numbers_in(scene.by_mandator)
    value = revisions.value_of(scene.by_mandator, "mandator")
    number = there.fields[MANDATARY]
    field = revisions.object_in(scene.by_mandator, number).removesuffix(b">>")
    return revisions.appended(scene.by_mandator, {number: field + b"/V %d 0 R>>" % value})

"""Slips of the hand: every single wrong digit and every swap of neighbours in a number."""

from collections.abc import Iterator


def single_digits(digits: str) -> Iterator[str]:
    """Give every number that differs from this one in exactly one digit."""
    for place, digit in enumerate(digits):
        for other in "0123456789":
            if other != digit:
                yield digits[:place] + other + digits[place + 1 :]


def swaps(digits: str) -> Iterator[str]:
    """Give every number in which two different neighbouring digits have changed places."""
    for place in range(len(digits) - 1):
        left, right = digits[place], digits[place + 1]
        if left != right:
            yield digits[:place] + right + left + digits[place + 2 :]

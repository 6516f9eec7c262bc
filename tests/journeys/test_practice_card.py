"""The practice card in a browser: drop a form, choose who signs it where, take it back signed."""

import io

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from tests.journeys import card
from tests.pki.forms import form


@pytest.mark.parametrize(("language", "dark"), [("fr", False), ("de", True)])
def test_two_persons_sign_one_form_after_the_other(visit, service, language, dark):
    visitor = visit(language=language, dark=dark)
    first, second = (f"{one['given_name']} {one['family_name']}" for one in service.people[:2])
    blank = form("mandator", "mandatary")
    once = card.sign(visitor, service, blank, name=first, field="mandator")
    twice = card.sign(visitor, service, once, name=second, field="mandatary")
    assert once.startswith(blank)
    assert twice.startswith(once)
    signatures = PdfFileReader(io.BytesIO(twice)).embedded_signatures
    assert [each.field_name for each in signatures] == ["mandator", "mandatary"]
    names = [each.signer_cert.subject.native["common_name"] for each in signatures]
    assert names == [f"{first} (Signature)", f"{second} (Signature)"]

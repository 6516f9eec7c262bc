"""A card in a token signs through PKCS#11 what a card in memory signs."""

import io

import pkcs11
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature

from tests.pki import pki
from tests.pki.forms import form
from tests.pki.token import inserted


@pytest.mark.parametrize("name", ["citizen", "citizen-rsa"])
def test_a_token_signs_as_the_card_in_it(name):
    card = pki().signer(name)
    blank = form("mandator")
    with inserted(card) as signer:
        signed = pki().sign(blank, field="mandator", by=signer)
    assert signed.startswith(blank)
    (signature,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    assert signature.signer_cert.dump() == card.certificate.dump()
    assert card.chain[0].dump() in [each.dump() for each in signature.other_embedded_certs]
    assert validate_pdf_signature(signature, pki().context()).bottom_line


def test_a_wrong_pin_opens_nothing():
    with pytest.raises(pkcs11.PinIncorrect), inserted(pki().signer("citizen"), pin="4321"):
        pytest.fail("the token let somebody in without its PIN")

"""Proofs of when somebody signed and of what was not revoked: old, made up or borrowed."""

import datetime
import io
from collections.abc import Sequence

from asn1crypto import cms, crl, ocsp  # type: ignore[import-untyped]
from pyhanko.sign.validation.dss import DocumentSecurityStore

from mahis.domain.signed_forms import Doubt
from tests.hostile import certificates, signing
from tests.hostile.registry import hostile
from tests.hostile.scene import DAY, SIGNED_AT, Scene, signed
from tests.pki import pki

#: When the stolen card was not yet reported, and the one that ran out still ran.
_BEFORE = datetime.datetime(2021, 3, 1, 9, 0, tzinfo=datetime.UTC)
_WHEN_IT_WILL_BE = datetime.datetime(2033, 3, 1, 9, 0, tzinfo=datetime.UTC)


def _with_answers(
    pdf: bytes, *answers: ocsp.OCSPResponse, lists: Sequence[crl.CertificateList] = ()
) -> bytes:
    """Put answers about a card into the file's store, and a true one about its authority."""
    output = io.BytesIO(pdf)
    root = pki().authority.crl("root", at=SIGNED_AT)
    DocumentSecurityStore.add_dss(output, None, ocsps=answers, crls=[root, *lists], strict=False)
    return output.getvalue()


# -------------------------------------------------------------------------------------- time


@hostile(Doubt.REVOKED)
def stolen_card_with_its_clock_set_back(scene: Scene) -> bytes:
    """A stolen card claims that it signed before it was reported; nobody proves that time."""
    return signed(scene.sealed, by="revoked", at=_BEFORE)


@hostile(Doubt.EXPIRED)
def expired_card_with_its_clock_set_back(scene: Scene) -> bytes:
    """A card that ran out claims that it signed before; nobody proves that time."""
    return signed(scene.sealed, by="expired", at=_BEFORE)


@hostile(Doubt.NOT_YET_VALID)
def young_card_with_its_clock_set_forward(scene: Scene) -> bytes:
    """A certificate of years to come, and a signature that claims to be of then."""
    return signed(scene.sealed, by="not-yet-valid", at=_WHEN_IT_WILL_BE)


@hostile(Doubt.EXPIRED)
def timestamp_of_ones_own(scene: Scene) -> bytes:
    """A timestamp that nobody trusts says that a card signed before it ran out."""
    roomy = signing.signed_with(scene.sealed, by="expired", room=2**14)
    stamper = certificates.timestamps_of_oneself(at=_BEFORE)
    return signing.resigned(roomy, by="expired", timestamper=stamper)


@hostile(Doubt.EXPIRED)
def timestamp_of_another_signature(scene: Scene) -> bytes:
    """A trusted timestamp of before, borrowed from another signature of the same card."""
    roomy = signing.signed_with(scene.sealed, by="expired", room=2**14)
    old = signing.value_over(b"then", by="expired", timestamper=pki().timestamper(at=_BEFORE))
    tokens = cms.ContentInfo.load(old)["content"]["signer_infos"][0]["unsigned_attrs"]

    def borrow(value: bytes) -> bytes:
        content = cms.ContentInfo.load(value)
        content["content"]["signer_infos"][0]["unsigned_attrs"] = tokens
        return bytes(content.dump(force=True))

    return signing.resigned(roomy, by="expired", alter=borrow)


@hostile(Doubt.REVOKED)
def timestamp_older_than_the_form(scene: Scene) -> bytes:
    """A trusted timestamp of years before the form was made, which can only be a mistake."""
    return signed(scene.sealed, by="revoked", at=_BEFORE, timestamp=True)


@hostile(Doubt.NOT_YET_VALID)
def timestamp_of_the_future(scene: Scene) -> bytes:
    """A timestamp of years to come, when the certificate will be valid."""
    return signed(scene.sealed, by="not-yet-valid", at=_WHEN_IT_WILL_BE, timestamp=True)


# -------------------------------------------------------------------------------- revocation


@hostile(Doubt.REVOKED)
def old_answer(scene: Scene) -> bytes:
    """A stolen card brings an answer of before it was reported."""
    answer = pki().authority.ocsp(pki().signer("revoked").certificate, at=_BEFORE)
    return _with_answers(signed(scene.sealed, by="revoked"), answer)


@hostile(Doubt.REVOKED)
def old_lists(scene: Scene) -> bytes:
    """A stolen card brings the list of revoked certificates of before it was reported."""
    old = pki().authority.crl("citizen-ca", at=_BEFORE)
    return _with_answers(signed(scene.sealed, by="revoked"), lists=[old])


@hostile(Doubt.REVOKED)
def answer_by_the_signer(scene: Scene) -> bytes:
    """A stolen card brings an answer that somebody made who may not answer."""
    card = pki().signer("revoked")
    answer = certificates.answer(card.certificate, by=certificates.key("answer"), at=SIGNED_AT)
    return _with_answers(signed(scene.sealed, by="revoked"), answer)


@hostile(Doubt.REVOKED)
def answer_by_a_citizen(scene: Scene) -> bytes:
    """A stolen card brings an answer that a citizen signed with a card of the same authority."""
    card, citizen = pki().signer("revoked"), pki().signer("citizen")
    answer = certificates.answer(
        card.certificate, by=citizen.key, certificate=citizen.certificate, at=SIGNED_AT
    )
    return _with_answers(signed(scene.sealed, by="revoked"), answer)


@hostile(Doubt.REVOKED)
def answer_about_another(scene: Scene) -> bytes:
    """A stolen card brings a true answer about somebody else's."""
    answer = pki().authority.ocsp(pki().signer("citizen").certificate, at=SIGNED_AT)
    return _with_answers(signed(scene.sealed, by="revoked"), answer)


@hostile(Doubt.REVOCATION_UNKNOWN)
def answer_of_before_where_nobody_answers(scene: Scene) -> bytes:
    """The services do not answer, and the file brings an answer of years ago."""
    answer = pki().authority.ocsp(pki().signer("silent-ocsp").certificate, at=_BEFORE)
    return _with_answers(signed(scene.sealed, by="silent-ocsp"), answer)


@hostile(Doubt.REVOKED)
def reported_this_morning(scene: Scene) -> bytes:
    """The card was reported stolen minutes before it signed, and brings an answer of before."""
    card = scene.reported_this_morning
    answer = pki().authority.ocsp(card.certificate, at=SIGNED_AT - datetime.timedelta(hours=1))
    return _with_answers(signed(scene.sealed, by=card), answer)


# Without anybody to ask, only what the file brings counts, and only where it is fresh and genuine.


@hostile(Doubt.REVOCATION_UNKNOWN, fetch=False)
def no_answer_offline(scene: Scene) -> bytes:
    """Nobody can be asked, and the file brings nothing about the card."""
    return _with_answers(scene.by_mandator)


@hostile(Doubt.REVOCATION_UNKNOWN, fetch=False)
def answer_by_the_signer_offline(scene: Scene) -> bytes:
    """Nobody can be asked, and the answer is by somebody who may not answer."""
    return answer_by_the_signer(scene)


@hostile(Doubt.REVOCATION_UNKNOWN, fetch=False)
def answer_by_a_citizen_offline(scene: Scene) -> bytes:
    """Nobody can be asked, and the answer is by a citizen."""
    return answer_by_a_citizen(scene)


@hostile(Doubt.REVOCATION_UNKNOWN, fetch=False)
def old_answer_offline(scene: Scene) -> bytes:
    """Nobody can be asked, and the answer is of years before the signature."""
    return old_answer(scene)


@hostile(Doubt.REVOCATION_UNKNOWN, fetch=False)
def old_lists_offline(scene: Scene) -> bytes:
    """Nobody can be asked, and the lists are of years before the signature."""
    return old_lists(scene)


@hostile(Doubt.REVOKED, fetch=False)
def true_answer_beside_an_old_one_offline(scene: Scene) -> bytes:
    """Nobody can be asked, and the file brings the truth beside an answer of before."""
    card = pki().signer("revoked").certificate
    old, true = (pki().authority.ocsp(card, at=at) for at in (_BEFORE, DAY))
    return _with_answers(signed(scene.sealed, by="revoked"), old, true)

"""Signatures that are right by themselves, of somebody whose signature does not count here."""

import datetime

from mahis.domain.cosigning import FirstOfTwo
from mahis.domain.groups import Validity
from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.parties import Side
from mahis.domain.representation import JointPower, Office, SigningPower
from mahis.domain.signature_evidence import SEAL_FIELD, field_of
from mahis.domain.signed_forms import Doubt
from mahis.domain.signing import Level
from tests.hostile import certificates, revisions, sealing, signing
from tests.hostile.registry import hostile
from tests.hostile.scene import (
    BY_MANDATARY,
    BY_MANDATOR,
    DAY,
    MANDATARY,
    MANDATOR,
    Scene,
    signed,
)
from tests.pki import pki

#: Who holds the card of the mandator's representative, and a colleague.
_LIEVE, _COLLEAGUE = Insz("85073003328"), Insz("64121520792")
_CHAIR, _DIRECTOR, _SECRETARY = "10008", "10002", "10007"


def _together_with(partner: str) -> SigningPower:
    """Give the power of a director who signs only together with another."""
    office = Office(
        enterprise=EnterpriseNumber("0123456749"),
        function=_DIRECTOR,
        validity=Validity(datetime.date(2020, 1, 1), None),
        person=_LIEVE,
    )
    return SigningPower(
        chain=(office,), joint=(JointPower(chain=(office,), partners=frozenset({partner})),)
    )


# ------------------------------------------------------------------------------- certificates


@hostile(Doubt.REVOKED)
def revoked_card(scene: Scene) -> bytes:
    """The card was reported stolen before it signed."""
    return signed(scene.sealed, by="revoked")


@hostile(Doubt.EXPIRED)
def expired_card(scene: Scene) -> bytes:
    """The card ran out years ago."""
    return signed(scene.sealed, by="expired")


@hostile(Doubt.NOT_YET_VALID)
def card_before_its_time(scene: Scene) -> bytes:
    """The card's certificate begins in years to come."""
    return signed(scene.sealed, by="not-yet-valid")


@hostile(Doubt.UNKNOWN_CERTIFICATE)
def unknown_authority(scene: Scene) -> bytes:
    """A certificate with the representative's name and number, by an authority nobody trusts."""
    return signed(scene.sealed, by="stranger")


@hostile(Doubt.UNKNOWN_CERTIFICATE)
def authority_of_ones_own(scene: Scene) -> bytes:
    """A certificate that its holder made, with the representative's name and number."""
    card = certificates.of_oneself("Lieve Wouters", number=scene.digits_of(BY_MANDATOR))
    return signed(scene.sealed, by=card)


@hostile(Doubt.UNKNOWN_CERTIFICATE)
def authority_of_the_same_name(scene: Scene) -> bytes:
    """Authorities that bear the names of the real ones, with keys of their own."""
    card = certificates.imitation(BY_MANDATOR, number=scene.digits_of(BY_MANDATOR))
    return signed(scene.sealed, by=card)


@hostile(Doubt.UNKNOWN_CERTIFICATE)
def seal_as_a_person(scene: Scene) -> bytes:
    """The register's own seal in a party's field."""
    return signed(scene.sealed, by="seal")


@hostile(Doubt.UNKNOWN_CERTIFICATE)
def timestamp_authority_as_a_person(scene: Scene) -> bytes:
    """The timestamp authority's certificate in a party's field."""
    return signed(scene.sealed, by="tsa")


@hostile(Doubt.UNACCEPTABLE_CERTIFICATE)
def card_by_a_card(scene: Scene) -> bytes:
    """A certificate that a citizen issued with their card, as if they were an authority."""
    return signed(scene.sealed, by="by-citizen")


@hostile(Doubt.WEAK_ALGORITHM)
def card_with_a_short_key(scene: Scene) -> bytes:
    """A certificate of a real authority for a key of 1024 bits."""
    card = certificates.with_a_small_key(number=scene.digits_of(BY_MANDATOR))
    return signed(scene.sealed, by=card)


@hostile(Doubt.NOT_A_SIGNATURE_CERTIFICATE)
def card_for_logging_in(scene: Scene) -> bytes:
    """The card's other certificate, by which people log in."""
    return signed(scene.sealed, by="citizen-authentication")


@hostile(Doubt.NOT_A_SIGNATURE_CERTIFICATE)
def authority_as_a_person(scene: Scene) -> bytes:
    """The certificate of the authority itself signs for a party."""
    return signed(scene.sealed, by="citizen-ca")


@hostile(Doubt.NOT_QUALIFIED)
def plain_certificate(scene: Scene) -> bytes:
    """A certificate for signatures that is no qualified one."""
    return signed(scene.sealed, by="not-qualified")


@hostile(Doubt.NOT_QUALIFIED)
def certificate_for_seals(scene: Scene) -> bytes:
    """A qualified certificate, for seals of companies."""
    return signed(scene.sealed, by="for-seals")


@hostile(Doubt.WEAK_ALGORITHM)
def certificate_signed_by_sha1(scene: Scene) -> bytes:
    """A card of before 2014, whose certificate rests on SHA-1."""
    return signed(scene.sealed, by="sha1")


@hostile(Doubt.REVOCATION_UNKNOWN)
def nobody_says_whether_revoked(scene: Scene) -> bytes:
    """The services that would say whether the certificate was revoked do not answer."""
    return signed(scene.sealed, by="silent-ocsp")


# ---------------------------------------------------------------------------------------- who


@hostile(Doubt.NO_PERSON_NUMBER)
def certificate_without_number(scene: Scene) -> bytes:
    """The certificate does not hold the holder's national number."""
    return signed(scene.sealed, by="no-number")


@hostile(Doubt.NO_PERSON_NUMBER)
def certificate_with_a_wrong_number(scene: Scene) -> bytes:
    """The certificate holds digits that are no national number."""
    return signed(scene.sealed, by="wrong-number")


@hostile(Doubt.SIGNER_NOT_REPRESENTATIVE)
def somebody_else(scene: Scene) -> bytes:
    """Somebody signs who may sign for neither party."""
    return signed(scene.sealed, by="foreigner")


@hostile(Doubt.SIGNER_NOT_REPRESENTATIVE)
def somebody_whose_name_cannot_be_read(scene: Scene) -> bytes:
    """The name in the certificate is no text, so that reading it raises."""
    return signed(scene.sealed, by="broken-name")


@hostile(Doubt.SIGNER_NOT_REPRESENTATIVE)
def somebody_whose_name_rings(scene: Scene) -> bytes:
    """The name in the certificate holds control characters that upset terminals and logs."""
    return signed(scene.sealed, by="control-characters")


@hostile(Doubt.SIGNER_NOT_REPRESENTATIVE)
def second_one_is_somebody_else(scene: Scene) -> bytes:
    """The first signature counts, and the second one is of somebody who may sign for nobody."""
    return signed(scene.by_mandator, field=MANDATARY, by="foreigner")


@hostile(Doubt.WRONG_PARTYS_FIELD)
def field_of_the_other_party(scene: Scene) -> bytes:
    """The provider signs in the principal's field."""
    return signed(scene.sealed, field=MANDATOR, by=BY_MANDATARY)


@hostile(Doubt.WRONG_PARTYS_FIELD)
def fields_the_wrong_way_round(scene: Scene) -> bytes:
    """Both parties sign, each in the other's field."""
    first = signed(scene.sealed, field=MANDATARY, by=BY_MANDATOR)
    return signed(first, field=MANDATOR, by=BY_MANDATARY)


@hostile(Doubt.WRONG_PARTYS_FIELD)
def both_fields_by_one(scene: Scene) -> bytes:
    """One party signs in both fields."""
    return signed(scene.by_mandator, field=MANDATARY, by=BY_MANDATOR)


@hostile(Doubt.LEVEL_TOO_LOW, first_level=Level.HANDWRITTEN, signed=frozenset({Side.MANDATARY}))
def after_a_signature_by_hand(scene: Scene) -> bytes:
    """The other party signed by hand, which mixes with nothing else."""
    return signed(scene.sealed)


# -------------------------------------------------------------------------------------- where


@hostile(Doubt.FOREIGN_FIELD)
def field_of_ones_own(scene: Scene) -> bytes:
    """Somebody signs in a field that they add to the form."""
    return signed(scene.sealed, field="witness")


@hostile(Doubt.FOREIGN_FIELD)
def field_of_ones_own_behind_both(scene: Scene) -> bytes:
    """A third signature in a field of its own behind those of both parties."""
    return signed(scene.by_both, field="witness", by="foreigner")


@hostile(Doubt.FIELD_CHANGED)
def field_below_a_field(scene: Scene) -> bytes:
    """Somebody signs in a field that is called like a part of the principal's."""
    return signed(scene.sealed, field="mandator2.mandator")


@hostile(Doubt.FOREIGN_FIELD)
def field_called_like_the_seal(scene: Scene) -> bytes:
    """Somebody signs in a field that is called almost like that of the seal."""
    return signed(scene.sealed, field="mahis-seal ")


@hostile(Doubt.CONTENT_CHANGED)
def second_field_of_the_same_name(scene: Scene) -> bytes:
    """A second field by the name of the principal's, which carries the signature."""
    witness = signed(scene.sealed, field="witness1")
    assert b"(witness1)" in witness
    return signing.resigned(witness.replace(b"(witness1)", b"(mandator)"))


@hostile(Doubt.NOT_OUR_FORM)
def seal_signed_anew(scene: Scene) -> bytes:
    """The field of the seal is filled in with a signature of the signer's own."""
    there = revisions.numbers_in(scene.by_mandator)
    value = revisions.value_of(scene.by_mandator, MANDATOR)
    number = there.fields[SEAL_FIELD]
    field = revisions.object_in(scene.by_mandator, number)
    seal = revisions.value_of(scene.by_mandator, SEAL_FIELD)
    signature = field.replace(b"/V %d 0 R" % seal, b"/V %d 0 R" % value)
    assert signature != field
    return revisions.appended(scene.by_mandator, {number: signature})


@hostile(Doubt.CONTENT_CHANGED)
def second_certification(scene: Scene) -> bytes:
    """The party's signature certifies the form for itself, and permits more than the seal did."""
    return signing.certified_again(scene.sealed)


@hostile(Doubt.NO_SIGNATURE)
def timestamp_in_a_partys_field(scene: Scene) -> bytes:
    """The party's field holds a timestamp, by which nobody signs."""
    stamped = sealing.stamp(scene.sealed, timestamper=pki().timestamper(at=DAY), field=MANDATOR)
    assert stamped.startswith(scene.sealed)
    return stamped


@hostile(
    Doubt.SAME_SIGNATORY,
    form=lambda scene: scene.for_two.sha256,
    powers={(Side.MANDATOR, _LIEVE): _together_with(_DIRECTOR)},
)
def both_signatures_of_one_party_by_one_person(scene: Scene) -> bytes:
    """Two directors sign together for the party, and one of them signs in both fields."""
    second = field_of(Side.MANDATOR, place=2)
    return signed(signed(scene.for_two.sealed), field=second, by=BY_MANDATOR)


@hostile(
    Doubt.SIGNATORIES_DO_NOT_FIT,
    powers={(Side.MANDATOR, _LIEVE): _together_with(_CHAIR)},
    first_of_two={Side.MANDATOR: FirstOfTwo(person=_COLLEAGUE, functions=frozenset({_SECRETARY}))},
)
def second_signatory_whose_function_does_not_fit(scene: Scene) -> bytes:
    """A director may sign together with the chair, and it was the secretary who signed first."""
    return signed(scene.sealed)

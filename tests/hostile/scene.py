"""The forms that hostile files are made from: sealed, signed by one party, signed by both."""

import dataclasses
import datetime
import functools
import hashlib

from mahis.domain.identifiers import Insz
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Language, Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.representation import SigningPower
from mahis.domain.signature_evidence import field_of
from mahis.domain.signed_forms import Requirement
from mahis.gateways.pdf_forms import FormContent, PartyText
from tests.hostile import sealing
from tests.pki import Pki, pki

#: When the files come in.
DAY = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
#: When the forms were made and signed.
MADE_AT = DAY - datetime.timedelta(hours=3)
SIGNED_AT = DAY - datetime.timedelta(hours=1)

MANDATOR, MANDATARY = (field_of(side) for side in (Side.MANDATOR, Side.MANDATARY))
#: Who signs for whom: cards of the practice infrastructure.
BY_MANDATOR, BY_MANDATARY = "citizen", "citizen-rsa"
#: Cards of people who could sign for the mandator if their cards were in order.
_ALSO_MANDATORS = (
    "revoked",
    "expired",
    "not-yet-valid",
    "not-qualified",
    "for-seals",
    "sha1",
    "silent-ocsp",
    "by-citizen",
)
#: The mandator's representative who reported the card stolen.
_REPORTED = Insz("75010100196")


@dataclasses.dataclass(frozen=True)
class Form:
    """One authorisation's form and what became of it; made when first asked for."""

    number: int
    version: int = 1
    group: str = "Wages and declarations"
    #: For how many signatories of the mandator there are fields.
    mandators: int = 1

    @functools.cached_property
    def content(self) -> FormContent:
        return FormContent(
            language=Language.ENGLISH,
            reference=AuthorisationReference(2026, self.number),
            number=self.version,
            parties={
                Side.MANDATOR: PartyText(
                    number="0800.000.195",
                    name="Bakkerij Voorbeeld",
                    address=("Laan 1", "1000 Brussel"),
                ),
                Side.MANDATARY: PartyText(
                    number="0800.000.294",
                    name="Secretariat Exemple",
                    address=("Rue 2", "5000 Namur"),
                ),
            },
            groups=(self.group,),
            period=QuarterPeriod(Quarter.of(2027, 1)),
            validated={},
            made_at=MADE_AT,
            fields={} if self.mandators == 1 else {Side.MANDATOR: (1, self.mandators)},
        )

    @functools.cached_property
    def sealed(self) -> bytes:
        return sealing.genuine(self.content)

    @functools.cached_property
    def by_mandator(self) -> bytes:
        return signed(self.sealed)

    @functools.cached_property
    def by_both(self) -> bytes:
        return signed(self.by_mandator, field=MANDATARY, by=BY_MANDATARY)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.sealed).hexdigest()


class Scene:
    """An authorisation that waits for its signatures, an older form of it, and another one."""

    def __init__(self) -> None:
        self.pki: Pki = pki()
        self.form = Form(1234, version=2)
        self.older = Form(1234, version=1, group="Wages")
        self.other = Form(4321)
        #: A form in which two persons sign together for the mandator.
        self.for_two = Form(1234, version=3, mandators=2)
        #: The card of one of the mandator's representatives, who reported it stolen in time.
        self.reported_this_morning = self.pki.person(_REPORTED, "Wanda", "Vermist")
        self.pki.revoke(
            self.reported_this_morning, since=SIGNED_AT - datetime.timedelta(minutes=10)
        )

    @property
    def sealed(self) -> bytes:
        return self.form.sealed

    @property
    def by_mandator(self) -> bytes:
        return self.form.by_mandator

    @property
    def by_both(self) -> bytes:
        return self.form.by_both

    @functools.cached_property
    def requirement(self) -> Requirement:
        """What is required of a file that signs the form for both parties."""
        powers = {(Side.MANDATARY, self.number_of(BY_MANDATARY)): SigningPower()}
        for name in (BY_MANDATOR, *_ALSO_MANDATORS):
            powers[Side.MANDATOR, self.number_of(name)] = SigningPower()
        powers[Side.MANDATOR, _REPORTED] = SigningPower()
        return Requirement(
            form=self.form.sha256,
            older=frozenset({self.older.sha256}),
            others=frozenset({self.other.sha256}),
            powers=powers,
        )

    def number_of(self, name: str) -> Insz:
        """The national number on a card."""
        return Insz(self.digits_of(name))

    def digits_of(self, name: str) -> str:
        """The serial number of a card's holder, whether it is a national number or not."""
        # Other parts of a subject may be no text at all.
        (number,) = [
            pair["value"].native
            for part in self.pki.signer(name).certificate.subject.chosen
            for pair in part
            if pair["type"].native == "serial_number"
        ]
        return str(number)


def signed(pdf: bytes, *, field: str = MANDATOR, by: object = BY_MANDATOR, **settings) -> bytes:
    """Sign as the parties do, an hour before the file comes in."""
    return pki().sign(pdf, **{"field": field, "by": by, "at": SIGNED_AT, **settings})


@functools.cache
def scene() -> Scene:
    """The scene of this process; its files are made once."""
    return Scene()

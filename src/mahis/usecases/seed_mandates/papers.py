"""The papers of invented authorisations: forms signed by hand and scanned."""

import datetime
from collections.abc import Callable, Mapping

from mahis.domain.documents import DocumentKind
from mahis.domain.lifecycle import Act
from mahis.domain.parties import Actor, Party, Side
from mahis.gateways import pdf_forms
from mahis.gateways.files import Files
from mahis.gateways.pdf_forms import FormContent, PartyText
from mahis.store.models import AuthorisationDocument, Document
from mahis.usecases.seed_mandates.dossier import Dossier
from mahis.usecases.seed_mandates.world import Signer, World

#: Makes a scan of a form that people of these names signed by hand, each for a side.
SignByHand = Callable[[bytes, Mapping[Side, str]], bytes]


class Papers:
    """Makes the scans; their files are kept at once, their rows are written with all others."""

    def __init__(self, world: World, *, files: Files, sign_by_hand: SignByHand) -> None:
        self._world = world
        self._files = files
        self._sign_by_hand = sign_by_hand

    def scan(
        self,
        dossier: Dossier,
        *,
        actor: Actor,
        parties: Mapping[Side, Party],
        signers: Mapping[Side, Signer],
        at: datetime.datetime,
    ) -> AuthorisationDocument:
        """Make the scan that somebody submits for an authorisation."""
        names = {side: signer.actor.person.name for side, signer in signers.items()}
        form = pdf_forms.set_form(self._content(dossier, parties, at))
        scan = self._sign_by_hand(form, names)
        content = Document(sha256=self._files.put(scan), size=len(scan), created_at=at)
        return AuthorisationDocument(
            authorisation=dossier.authorisation,
            document=content,
            number=1,
            kind=DocumentKind.SCAN,
            act=Act.UPLOAD_SCAN,
            version=dossier.authorisation.version + 1,
            person=actor.person.insz,
            person_name=actor.person.name,
            enterprise=actor.enterprise,
            quality=actor.capacity.quality,
            at=at,
            file_name="scan.pdf",
        )

    def _content(
        self, dossier: Dossier, parties: Mapping[Side, Party], at: datetime.datetime
    ) -> FormContent:
        language = self._world.language(parties[Side.MANDATOR].number)
        return FormContent(
            language=language,
            reference=dossier.authorisation.reference,
            number=1,
            parties={
                side: PartyText(
                    number=party.number.screen,
                    name=party.name,
                    address=self._world.address(party.number, language),
                )
                for side, party in parties.items()
            },
            groups=tuple(row.group.name_in(language.value) for row in dossier.mandates),
            period=dossier.mandates[0].quarters,
            validated={},
            made_at=at,
        )

"""What tests of letters start from: notices, addresses, and the steps in short."""

import dataclasses
import datetime
import io
import json
import uuid
import zipfile

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import Language
from mahis.gateways.files import Files
from mahis.gateways.post.settings import Target
from mahis.store import models
from mahis.usecases.hand_over_letters import hand_over
from mahis.usecases.pack_letters import pack_letters
from mahis.usecases.write_letter import write_letter
from tests.factories import letters
from tests.integration.usecases import scene
from tests.integration.usecases.scene import DAY, moment

GHENT = {
    "kind": "REGO",
    "zipcode": "9000",
    "municipality_nl": "Gent",
    "municipality_fr": "Gand",
    "street_nl": "Kerkstraat",
    "street_fr": "Rue de l'Église",
    "house_number": "12",
    "box": "3",
}


@dataclasses.dataclass
class PostRoom:
    """The stage with its parties, and a store of files."""

    stage: scene.Scene
    files: Files

    def notice(self, **changes: object) -> models.Notice:
        """Have an authorisation drawn up, and give the notice to the mandator."""
        reference = self.stage.draw()
        found = models.Notice.objects.filter(
            authorisation_id=reference.number, recipient=self.stage.client
        )
        if changes:
            found.update(**changes)
        return found.get()

    def write(self, notice: models.Notice, *, day: datetime.date = DAY) -> str:
        """Write the letter about a notice."""
        return write_letter(
            notice=notice.pk,
            text=letters.text(notice.language),
            reference="2026-0000001",
            sender=letters.SENDER,
            files=self.files,
            at=moment(day),
            on=day,
        )

    def written(self, count: int, *, day: datetime.date = DAY) -> list[uuid.UUID]:
        """Write some letters."""
        notices = [self.notice() for _ in range(count)]
        for notice in notices:
            self.write(notice, day=day)
        return [notice.pk for notice in notices]

    def pack(self, *, day: datetime.date = DAY):
        """Pack the letters of a day."""
        return pack_letters(files=self.files, at=moment(day, 30), on=day)

    def hand_over(self, target: Target | None, *, day: datetime.date = DAY):
        """Hand over what is packed."""
        return hand_over(target=target, files=self.files, at=moment(day, 40))

    def package(self, batch: models.LetterBatch) -> zipfile.ZipFile:
        """Open the package of a batch."""
        return zipfile.ZipFile(io.BytesIO(self.files.read(batch.sha256)))

    def listed(self, batch: models.LetterBatch) -> list[dict[str, object]]:
        """Give the letters that the list of a package names."""
        found = json.loads(self.package(batch).read("manifest.json"))["letters"]
        assert isinstance(found, list)
        return found


def seated(number: EnterpriseNumber, **parts: object) -> models.EnterpriseAddress:
    """Give an enterprise an address, in Ghent unless told otherwise."""
    return models.EnterpriseAddress.objects.create(entity=number.as_int, **{**GHENT, **parts})


def spoken(number: EnterpriseNumber, language: Language) -> None:
    """Let the register tell the language of an enterprise."""
    models.Enterprise.objects.filter(pk=number).update(language=language)

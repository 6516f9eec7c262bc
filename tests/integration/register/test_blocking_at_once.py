"""An officer blocks while a register file is imported: whichever comes first, the block stays."""

import datetime

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import ProviderStatus
from mahis.store import models
from mahis.usecases.import_register import import_register
from tests.factories import register
from tests.factories.register_files import ONE, full, write
from tests.integration.register.conftest import AT, ON
from tests.integration.usecases import providing
from tests.integration.usecases.test_concurrency import all_at_once

ROUNDS = 10
FIRST = EnterpriseNumber.parse(ONE)


def test_a_block_survives_an_import_at_the_same_moment(committed_db, tmp_path):
    write(tmp_path / "known", full())
    import_register(path=tmp_path / "known", at=AT, on=ON)
    officer = register.an_officer()
    for each in range(ROUNDS):
        models.Provider.objects.update_or_create(
            enterprise=FIRST,
            defaults={
                "status": ProviderStatus.ACTIVE,
                "begins": datetime.date(2020, 1, 1),
                "held": False,
            },
        )
        folder = tmp_path / f"round-{each}"
        write(folder, {"providers": [f'"{ONE}","active",01-01-2020,{each + 1:02d}-12-2030']})
        outcomes = all_at_once(
            lambda folder=folder: import_register(path=folder, at=AT, on=ON),
            lambda: providing.block(officer, FIRST),
        )
        assert outcomes == [None, None]
        found = models.Provider.objects.get(pk=FIRST)
        assert (found.status, found.held) == (ProviderStatus.BLOCKED, True)

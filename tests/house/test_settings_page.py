"""The page of settings names every variable that the code reads, and no other."""

import re
from pathlib import Path

from mahis.config import identity
from tests.house.sources import MODULES, ROOT

_PAGE = ROOT / "docs" / "reference" / "settings.md"
_LOGIN_PAGE = ROOT / "docs" / "how-to" / "connect-a-login-provider.md"
_VARIABLE = re.compile(r"\b(?:MAHIS_[A-Z_]*[A-Z]|DATABASE_(?:OWNER_)?URL|PGBIN|CHROMIUM)\b")
#: Passed between our own processes, and no setting.
_INNER = {"MAHIS_SERVER_PID"}
#: Read by the tests and no part of the package.
_OF_TESTS = {"CHROMIUM"}


def _variables(path: Path) -> set[str]:
    return set(_VARIABLE.findall(path.read_text(encoding="utf-8")))


def _read_by_the_code() -> set[str]:
    found = set().union(*map(_variables, MODULES)) - _INNER
    return {name for name in found if not name.startswith("MAHIS_OIDC")}


def test_the_page_names_what_the_code_reads():
    assert _variables(_PAGE) - _OF_TESTS == _read_by_the_code()


def test_the_login_page_names_every_setting_of_the_provider():
    wanted = {f"MAHIS_OIDC_{name.upper()}" for name in identity._SETTINGS}
    wanted |= {f"MAHIS_OIDC_CLAIM_{name.upper()}" for name in identity._CLAIMS}
    assert wanted <= _variables(_LOGIN_PAGE)

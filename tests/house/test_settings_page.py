"""The page of settings names every variable that the code reads, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_VARIABLE = re.compile(r"\"(MAHIS_[A-Z_]*[A-Z]|DATABASE_(?:OWNER_)?URL|PGBIN|CHROMIUM)\"")
#: Passed between our own processes; nobody sets it.
_OUR_OWN = {"MAHIS_SERVER_PID"}


def test_the_page_and_the_code_name_the_same_variables():
    sources = [*(ROOT / "src").rglob("*.py"), *(ROOT / "tools").rglob("*.py")]
    read = {
        name for path in sources for name in _VARIABLE.findall(path.read_text(encoding="utf-8"))
    }
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE))
    own = {name for name in read if not name.startswith("MAHIS_OIDC_")} - _OUR_OWN
    assert told == own

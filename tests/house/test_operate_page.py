"""The page for those who watch the service names every job and every metric, and no other."""

import re

from mahis.jobs import registry
from tests.house.sources import ROOT

PAGE = (ROOT / "docs" / "how-to" / "operate.md").read_text(encoding="utf-8")


def test_every_job_is_named():
    table = PAGE.split("## What runs when", 1)[1].split("##", 1)[0]
    rows = re.findall(r"^\| (`.+?) \|", table, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`([a-z-]+)`", row)]
    assert sorted(named) == sorted(job.name for job in registry.JOBS)


def test_every_metric_is_named():
    source = (ROOT / "src" / "mahis" / "web" / "metrics.py").read_text(encoding="utf-8")
    given = set(re.findall(r'"(mahis_[a-z_]+)"', source))
    assert given
    assert set(re.findall(r"`(mahis_[a-z_]+)", PAGE)) == given

"""The command of operators: keys that can be handed over, and a look whether all is in order."""

import json
import os
import subprocess
import sys

import pytest

from tests.integration.ebox.playing import OTHER, SENDER


@pytest.fixture
def run(practice, keys, tmp_path):
    def run(*words, **changes):
        told = {
            "MAHIS_ENV": "demo",
            "MAHIS_EBOX_URL": practice.address,
            "MAHIS_EBOX_TOKEN_URL": practice.token_url,
            "MAHIS_EBOX_PREFERENCES_URL": practice.address,
            "MAHIS_EBOX_CLIENT_ID": "mahis",
            "MAHIS_EBOX_KEYS_DIR": str(keys),
            "MAHIS_EBOX_SENDER": SENDER.digits,
            "MAHIS_EBOX_APPLICATION": "mahis",
            "MAHIS_EBOX_MESSAGE_TYPE": "MahisNotice",
            "MAHIS_DATA_DIR": str(tmp_path / "data"),
        }
        return subprocess.run(
            [sys.executable, "-m", "mahis.config.cli", "ebox", *words],
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), **told, **changes},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


def test_a_new_key_is_made_and_shown_to_the_other_side(run, keys):
    made = run("make-key", "2027-01-01")
    assert made.stdout.strip() == str(keys / "2027-01-01.pem")
    shown = json.loads(run("public-keys").stdout)
    assert len(shown["keys"]) == 2
    again = run("make-key", "2027-01-01")
    assert (again.returncode, "already" in again.stderr) == (1, True)
    assert run("make-key", "../2027").returncode == 2


def test_a_folder_without_keys_is_said(run, tmp_path):
    done = run("public-keys", "--folder", str(tmp_path))
    assert done.returncode == 1
    assert "there is no key" in done.stderr


def test_an_e_box_in_order_is_said_so(run, control):
    done = run("check")
    assert (done.returncode, done.stdout) == (0, "The e-Box gives us tokens.\n")
    control.box(OTHER, state="never", exclusively=True)
    told = run("check", OTHER.screen).stdout
    assert f"{OTHER.screen} has an e-Box; last visit: never, or not known; wants no paper." in told
    control.box(OTHER, state="none")
    assert f"{OTHER.screen} has no e-Box." in run("check", OTHER.digits).stdout
    assert control.counts()["accepted"] == 0


def test_what_stands_in_the_way_is_said(run):
    done = run("check", MAHIS_EBOX_CLIENT_ID="somebody")
    assert done.returncode == 1
    assert "noToken (status 401 invalid_client)" in done.stderr
    without = run("check", **{f"MAHIS_EBOX_{name}": "" for name in (
        "URL", "TOKEN_URL", "CLIENT_ID", "KEYS_DIR", "SENDER", "APPLICATION", "MESSAGE_TYPE"
    )})  # fmt: skip
    assert "No e-Box is set" in without.stderr
    assert "no number of an enterprise" in run("check", "1").stderr
    nowhere = run("check", OTHER.digits, MAHIS_EBOX_PREFERENCES_URL="")
    assert "Error: no address is set at which preferences are asked for." in nowhere.stderr

"""A seal of the throw-away infrastructure, and its timestamp authority while tests run."""

import dataclasses
from collections.abc import Iterator

import pytest

from mahis.gateways.pdf_forms import FormContent, Sealer, SealSettings
from mahis.web import clock
from tests.factories import forms
from tests.pki import pki


@pytest.fixture(scope="module")
def seal_settings(tmp_path_factory) -> Iterator[SealSettings]:
    """Settings of a seal, with an authority that answers."""
    files = pki().seal_files(tmp_path_factory.mktemp("seal"))
    with pki().serve():
        yield SealSettings(
            key_file=files.key, certificate_file=files.certificates, tsa_url=pki().tsa_url
        )


@pytest.fixture(scope="module")
def sealer(seal_settings) -> Sealer:
    """What seals forms."""
    return Sealer(seal_settings)


@pytest.fixture
def content() -> FormContent:
    """Content of an ordinary form that is made now."""
    return dataclasses.replace(forms.ordinary(), made_at=clock.now().replace(microsecond=0))

"""Our private key at the provider: made, read in each form, and never told."""

import json

import pytest
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from mahis.gateways import identity_keys
from mahis.gateways.identity_settings import IdentityMisconfigured


def test_a_new_key_is_for_its_owner_only(tmp_path):
    file = tmp_path / "keys" / "client.jwk"
    identity_keys.make_client_key(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert identity_keys.read_client_key(file).is_private


def test_making_a_key_again_replaces_it(tmp_path):
    file = tmp_path / "client.jwk"
    identity_keys.make_client_key(file)
    first = identity_keys.public_keys(file)
    identity_keys.make_client_key(file)
    assert identity_keys.public_keys(file) != first


def test_the_public_side_holds_nothing_private(tmp_path):
    file = tmp_path / "client.jwk"
    identity_keys.make_client_key(file)
    [key] = identity_keys.public_keys(file)["keys"]
    assert "d" not in key
    assert key["kid"]


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        (ECKey.generate_key("P-256"), "ES256"),
        (ECKey.generate_key("P-384"), "ES384"),
        (RSAKey.generate_key(2048), "RS256"),
        (OKPKey.generate_key("Ed25519"), "EdDSA"),
    ],
)
@pytest.mark.parametrize("form", ["jwk", "pem"])
def test_each_kind_of_key_is_read_and_knows_its_algorithm(tmp_path, key, algorithm, form):
    file = tmp_path / f"client.{form}"
    if form == "jwk":
        file.write_text(json.dumps(key.as_dict(private=True)))
    else:
        file.write_bytes(key.as_pem(private=True))
    read = identity_keys.read_client_key(file)
    assert type(read) is type(key)
    assert read.thumbprint() == key.thumbprint()
    assert read.kid
    assert identity_keys.signing_algorithm(read) == algorithm


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b"\xff",
        b"-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----\n",
        json.dumps(ECKey.generate_key("P-256").as_dict(private=False)).encode(),
        json.dumps(OctKey.generate_key(256).as_dict(private=True)).encode(),
        OKPKey.generate_key("X25519").as_pem(private=True),
    ],
    # Keys are made anew in each worker, which must all give their tests the same names.
    ids=["empty", "brace", "list", "object", "binary", "nonsense", "public", "secret", "agreement"],
)
def test_what_is_no_private_key_of_ours_is_refused_by_its_file(tmp_path, content):
    file = tmp_path / "client.jwk"
    file.write_bytes(content)
    with pytest.raises(IdentityMisconfigured, match=r"client\.jwk"):
        identity_keys.read_client_key(file)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(IdentityMisconfigured):
        identity_keys.read_client_key(tmp_path / "nowhere.jwk")

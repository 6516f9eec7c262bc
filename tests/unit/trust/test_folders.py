"""A folder of pinned roots: what is read, what is trusted, and what is refused by name."""

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from mahis.gateways.trust import TrustUnavailable, from_folder
from tests.factories import trusted_lists as made

ROOT = made.holder("Root")
SECOND_ROOT = made.holder("Second root")
ISSUER = made.holder("Issuer", issuer=ROOT)


def pem(*holders):
    return b"".join(each.certificate.public_bytes(Encoding.PEM) for each in holders)


def test_self_signed_certificates_are_trusted_and_others_lead_to_them(tmp_path):
    (tmp_path / "root.der").write_bytes(ROOT.der)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "two.pem").write_bytes(b"Some words\n" + pem(SECOND_ROOT, ISSUER))
    (tmp_path / "readme.txt").write_text("No certificate")
    material = from_folder(tmp_path)
    assert set(material.roots) == {ROOT.der, SECOND_ROOT.der}
    assert material.intermediates == (ISSUER.der,)
    assert material.seal_roots == material.tsa_roots == material.roots
    assert str(tmp_path) in material.source
    assert material.as_of is None


def test_a_certificate_that_lies_there_twice_is_trusted_once(tmp_path):
    (tmp_path / "root.cer").write_bytes(ROOT.der)
    (tmp_path / "root.crt").write_bytes(pem(ROOT))
    assert from_folder(tmp_path).roots == (ROOT.der,)


def test_seals_and_timestamps_can_have_roots_of_their_own(tmp_path):
    seal, tsa = made.holder("Seal"), made.holder("TSA")
    for name, who in (("root.cer", ROOT), ("seal/a.cer", seal), ("tsa/deep/b.cer", tsa)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(who.der)
    material = from_folder(tmp_path)
    assert material.roots == (ROOT.der,)
    assert material.seal_roots == (seal.der,)
    assert material.tsa_roots == (tsa.der,)


def test_a_certificate_of_the_same_name_but_another_key_is_no_root(tmp_path):
    (tmp_path / "root.cer").write_bytes(ROOT.der)
    rolled_over = made.holder("Root", issuer=ROOT, names_key_of_issuer=True)
    (tmp_path / "rolled.cer").write_bytes(rolled_over.der)
    material = from_folder(tmp_path)
    assert material.roots == (ROOT.der,)
    assert material.intermediates == (rolled_over.der,)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nonsense",
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        b"-----BEGIN CERTIFICATE-----\n",
        ROOT.der[:100],
        ROOT.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        b"0" * (2**20 + 1),
    ],
    ids=["empty", "nonsense", "bad PEM", "half PEM", "cut", "a key", "too large"],
)
def test_a_file_without_a_certificate_is_refused_by_name(tmp_path, content):
    (tmp_path / "root.cer").write_bytes(ROOT.der)
    (tmp_path / "broken.pem").write_bytes(content)
    with pytest.raises(TrustUnavailable, match=r"broken\.pem"):
        from_folder(tmp_path)


def test_a_folder_in_which_nothing_is_trusted_is_refused(tmp_path):
    (tmp_path / "issuer.cer").write_bytes(ISSUER.der)
    with pytest.raises(TrustUnavailable, match="nothing is trusted"):
        from_folder(tmp_path)


def test_a_folder_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(TrustUnavailable, match="nowhere"):
        from_folder(tmp_path / "nowhere")

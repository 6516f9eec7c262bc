"""Files that are encrypted: nobody can say what was signed in them."""

import io

from pyhanko.pdf_utils.crypt.pubkey import RecipientEncryptionPolicy
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from mahis.domain.signed_forms import Doubt
from tests.hostile import certificates, revisions
from tests.hostile.registry import hostile
from tests.hostile.scene import Scene


def _encrypted(pdf: bytes, *, user: str, owner: str) -> bytes:
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(pdf)))
    writer.encrypt(owner, user)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


@hostile(Doubt.ENCRYPTED)
def with_a_password(scene: Scene) -> bytes:
    """The signed form saved with a password (AES-256)."""
    return _encrypted(scene.by_mandator, user="geheim", owner="streng geheim")


@hostile(Doubt.ENCRYPTED)
def with_an_empty_password(scene: Scene) -> bytes:
    """The signed form saved so that everybody may open it, and only its owner change it."""
    return _encrypted(scene.by_mandator, user="", owner="streng geheim")


@hostile(Doubt.ENCRYPTED)
def with_a_certificate(scene: Scene) -> bytes:
    """The signed form saved so that only the holder of a certificate can open it."""
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(scene.by_mandator)))
    anybody = RecipientEncryptionPolicy(ignore_key_usage=True)
    writer.encrypt_pubkey([certificates.for_encryption()], policy=anybody)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


@hostile(Doubt.ENCRYPTED)
def by_an_update(scene: Scene) -> bytes:
    """An update behind the signature that says that all of the file is encrypted."""
    handler = b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<" + b"00" * 32 + b">/U<"
    identity = b"/ID[<00112233445566778899AABBCCDDEEFF><00112233445566778899AABBCCDDEEFF>]"
    return revisions.appended(
        scene.by_mandator, {}, trailer=handler + b"00" * 32 + b">>>" + identity
    )


@hostile(Doubt.ENCRYPTED)
def by_a_handler_nobody_knows(scene: Scene) -> bytes:
    """An update that says that the file is encrypted in a way of its own."""
    return revisions.appended(scene.by_mandator, {}, trailer=b"/Encrypt<</Filter/Mine/V 99>>")

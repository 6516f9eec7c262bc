"""Files that are encrypted: nobody can say what was signed in them."""

import io

from pyhanko.pdf_utils.crypt import StandardSecurityHandler
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from mahis.domain.signed_forms import Doubt
from tests.hostile import revisions
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
def with_an_old_cipher(scene: Scene) -> bytes:
    """The signed form saved with RC4 of forty bits and an empty password."""
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(scene.by_mandator)))
    handler = StandardSecurityHandler.build_from_pw_legacy(
        rev=2, id1=bytes(16), desired_owner_pass="", desired_user_pass="", keylen_bytes=5, crypt_filter_config=None
    )
    writer._assign_security_handler(handler)
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

"""Handing over to the printer, however it is reached."""

from mahis.gateways.post import folder, sftp
from mahis.gateways.post.parcel import Parcel
from mahis.gateways.post.refusals import NoPrinter
from mahis.gateways.post.settings import Folder, Sftp, Target


def deliver(parcel: Parcel, *, to: Target | None) -> None:
    """Hand over a parcel, once, however often this is called; raises a kind of NotHandedOver."""
    match to:
        case Folder():
            folder.deliver(parcel, to=to)
        case Sftp():
            sftp.deliver(parcel, to=to)
        case None:
            raise NoPrinter

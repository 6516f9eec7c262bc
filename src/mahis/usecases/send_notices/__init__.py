"""Send notices: lease those that are due, tell what came of each, send again what was given up.

A worker calls `lease`, then `contents` for what to say, sends with nothing locked, and tells
`record` what came of it. Whatever dies in between loses nothing: leases end by themselves, and
the number of a notice keeps the other side from taking it twice.
"""

from mahis.usecases.send_notices.adopting import adopt
from mahis.usecases.send_notices.contents import Attached, Content, contents
from mahis.usecases.send_notices.leasing import Leased, Ring, lease
from mahis.usecases.send_notices.recording import Recorded, Report, record
from mahis.usecases.send_notices.sending_again import (
    OnlyOfficersSendAgain,
    send_again,
    send_all_again,
)

__all__ = [
    "Attached",
    "Content",
    "Leased",
    "OnlyOfficersSendAgain",
    "Recorded",
    "Report",
    "Ring",
    "adopt",
    "contents",
    "lease",
    "record",
    "send_again",
    "send_all_again",
]

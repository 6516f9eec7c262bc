"""Groups, applications and what belongs to what, as officers write them down (N2)."""

from mahis.usecases.reference_data._keeping import (
    OnlyOfficersKeep,
    Planned,
    ReferenceUnknown,
    ThingChanged,
    Why,
)
from mahis.usecases.reference_data.applications import (
    add_application,
    correct_application,
    end_application,
)
from mahis.usecases.reference_data.groups import add_group, correct_group, end_group
from mahis.usecases.reference_data.handing_back import hand_back
from mahis.usecases.reference_data.memberships import (
    correct_membership,
    put_in_group,
    take_out,
)

__all__ = [
    "OnlyOfficersKeep",
    "Planned",
    "ReferenceUnknown",
    "ThingChanged",
    "Why",
    "add_application",
    "add_group",
    "correct_application",
    "correct_group",
    "correct_membership",
    "end_application",
    "end_group",
    "hand_back",
    "put_in_group",
    "take_out",
]

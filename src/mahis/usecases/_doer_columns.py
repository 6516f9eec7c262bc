"""The columns that tell who did something, in histories of every kind."""

from mahis.domain.parties import Actor


def of(actor: Actor | None) -> dict[str, object]:
    """Give the columns for a person; none for the house itself."""
    if actor is None:
        return {}
    return {
        "person": actor.person.insz,
        "person_name": actor.person.name,
        "enterprise": actor.enterprise,
        "quality": actor.capacity.quality,
        "role": actor.capacity.role,
    }

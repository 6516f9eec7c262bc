"""References in addresses: what cannot be one is no address of ours, and answers 404."""

from mahis.domain.mandate import AuthorisationReference


class AuthorisationConverter:
    """An authorisation by its reference: `2026-0001234`."""

    regex = "[0-9]{4}-[0-9]{1,12}"

    def to_python(self, value: str) -> AuthorisationReference:
        """Read the reference."""
        return AuthorisationReference.parse(value)

    def to_url(self, value: AuthorisationReference) -> str:
        """Write the reference."""
        return str(value)


class PlaceConverter:
    """The place of a mandate in its authorisation, from 1."""

    regex = "[1-9][0-9]{0,2}"

    def to_python(self, value: str) -> int:
        """Read the place."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Write the place."""
        return str(value)


class DocumentConverter(PlaceConverter):
    """The number of a document in its authorisation, from 1."""

    regex = "[1-9][0-9]{0,6}"

"""References in addresses: what cannot be one is no address of ours, and answers 404."""

from mahis.domain.identification import RequestReference
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.refusals import Refused


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


class DelegationConverter(PlaceConverter):
    """The number of a delegation, from 1."""

    regex = "[1-9][0-9]{0,11}"


class EnterpriseConverter:
    """An enterprise by its number, as ten digits: `0123456749`."""

    regex = "[01][0-9]{9}"

    def to_python(self, value: str) -> EnterpriseNumber:
        """Read the number; raises ValueError where its check digits are wrong."""
        try:
            return EnterpriseNumber.parse(value)
        except Refused as refusal:
            raise ValueError(refusal.code) from refusal

    def to_url(self, value: EnterpriseNumber) -> str:
        """Write the number."""
        return value.digits


class RequestConverter:
    """A request to become a service provider by its reference: `P-2026-000012`."""

    regex = "P-[0-9]{4}-[0-9]{1,9}"

    def to_python(self, value: str) -> RequestReference:
        """Read the reference."""
        return RequestReference.parse(value)

    def to_url(self, value: RequestReference) -> str:
        """Write the reference."""
        return str(value)


class CodeConverter:
    """The code of a piece of reference data, such as a group: letters and digits."""

    regex = "[A-Za-z0-9]{1,40}"

    def to_python(self, value: str) -> str:
        """Give the code."""
        return value

    def to_url(self, value: str) -> str:
        """Write the code."""
        return value

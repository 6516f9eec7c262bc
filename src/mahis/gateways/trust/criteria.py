"""Which certificates of a service a qualifier of its list is about (ETSI TS 119 612, 5.5.9.2)."""

import dataclasses
import datetime
import enum

from cryptography import x509


class Assertion(enum.StrEnum):
    """How criteria are put together."""

    ALL = "all"
    AT_LEAST_ONE = "atLeastOne"
    NONE = "none"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Criteria:
    """Criteria on certificates, as plain values."""

    assertion: Assertion
    #: Sets of policies, dotted; a certificate fits one that it holds entirely.
    policies: tuple[tuple[str, ...], ...] = ()
    #: Key usages by name, each with whether it must be there or must not.
    key_usages: tuple[tuple[tuple[str, bool], ...], ...] = ()
    lists: tuple["Criteria", ...] = ()
    #: Whether there are others, which we do not know.
    others: bool = False


@dataclasses.dataclass(frozen=True, kw_only=True)
class Leaf:
    """What a list asks of a certificate."""

    issued: datetime.datetime
    policies: frozenset[str]
    key_usages: frozenset[str]


def leaf_of(certificate: bytes) -> Leaf | None:
    """Read what a list asks; None where the certificate (DER) cannot be read."""
    try:
        read = x509.load_der_x509_certificate(certificate)
        extensions = read.extensions
    except (ValueError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        return None
    policies: frozenset[str] = frozenset()
    usages: frozenset[str] = frozenset()
    for each in extensions:
        if isinstance(each.value, x509.CertificatePolicies):
            policies = frozenset(one.policy_identifier.dotted_string for one in each.value)
        if isinstance(each.value, x509.KeyUsage):
            usages = _names(each.value)
    return Leaf(issued=read.not_valid_before_utc, policies=policies, key_usages=usages)


def fits(leaf: Leaf, criteria: Criteria) -> bool:
    """Say whether a certificate may be meant; what we do not understand counts as meant.

    Qualifiers are asked here only for what they take away, so that doubt takes away.
    """
    return _is_unclear(criteria) or _fits(leaf, criteria)


def _is_unclear(criteria: Criteria) -> bool:
    return criteria.others or any(map(_is_unclear, criteria.lists))


def _fits(leaf: Leaf, criteria: Criteria) -> bool:
    answers = [leaf.policies.issuperset(some) for some in criteria.policies]
    answers += [
        all((name in leaf.key_usages) is wanted for name, wanted in some)
        for some in criteria.key_usages
    ]
    answers += [_fits(leaf, one) for one in criteria.lists]
    if criteria.assertion is Assertion.ALL:
        return all(answers)
    if criteria.assertion is Assertion.AT_LEAST_ONE:
        return any(answers)
    return not any(answers)


#: The library's names of key usages and those of ETSI.
_USAGES = {
    "digital_signature": "digitalSignature",
    "content_commitment": "nonRepudiation",
    "key_encipherment": "keyEncipherment",
    "data_encipherment": "dataEncipherment",
    "key_agreement": "keyAgreement",
    "key_cert_sign": "keyCertSign",
    "crl_sign": "crlSign",
}


def _names(usage: x509.KeyUsage) -> frozenset[str]:
    return frozenset(name for attribute, name in _USAGES.items() if getattr(usage, attribute))

"""Every table, one model a file."""

from mahis.store.models.access_right import AccessKind, AccessRight
from mahis.store.models.application import Application
from mahis.store.models.application_group import ApplicationGroup
from mahis.store.models.authorisation import Authorisation
from mahis.store.models.authorisation_document import AuthorisationDocument
from mahis.store.models.branch import Branch
from mahis.store.models.change import Change
from mahis.store.models.delegation import Delegation
from mahis.store.models.delivery import Delivery
from mahis.store.models.document import Document
from mahis.store.models.draft import Draft
from mahis.store.models.employer import Employer
from mahis.store.models.enterprise import Enterprise
from mahis.store.models.enterprise_activity import EnterpriseActivity
from mahis.store.models.enterprise_address import EnterpriseAddress
from mahis.store.models.enterprise_contact import EnterpriseContact
from mahis.store.models.enterprise_name import EnterpriseName
from mahis.store.models.establishment import Establishment
from mahis.store.models.group_membership import GroupMembership
from mahis.store.models.history_checkpoint import HistoryCheckpoint
from mahis.store.models.history_entry import HistoryEntry
from mahis.store.models.identification_request import IdentificationRequest
from mahis.store.models.job_run import JobRun
from mahis.store.models.letter import Letter
from mahis.store.models.letter_batch import LetterBatch
from mahis.store.models.mandate import Mandate
from mahis.store.models.matrix_version import MatrixVersion
from mahis.store.models.notice import Notice
from mahis.store.models.office import Office
from mahis.store.models.person_preference import PersonPreference
from mahis.store.models.provider import Provider, Source
from mahis.store.models.register_code import RegisterCode
from mahis.store.models.register_import import RegisterImport
from mahis.store.models.scan_claim import ScanClaim
from mahis.store.models.secretariat import Secretariat
from mahis.store.models.sending_again import SendingAgain
from mahis.store.models.unaddressed_notice import UnaddressedNotice
from mahis.store.models.user_account import UserAccount
from mahis.store.models.validation import Validation

__all__ = [
    "AccessKind",
    "AccessRight",
    "Application",
    "ApplicationGroup",
    "Authorisation",
    "AuthorisationDocument",
    "Branch",
    "Change",
    "Delegation",
    "Delivery",
    "Document",
    "Draft",
    "Employer",
    "Enterprise",
    "EnterpriseActivity",
    "EnterpriseAddress",
    "EnterpriseContact",
    "EnterpriseName",
    "Establishment",
    "GroupMembership",
    "HistoryCheckpoint",
    "HistoryEntry",
    "IdentificationRequest",
    "JobRun",
    "Letter",
    "LetterBatch",
    "Mandate",
    "MatrixVersion",
    "Notice",
    "Office",
    "PersonPreference",
    "Provider",
    "RegisterCode",
    "RegisterImport",
    "ScanClaim",
    "Secretariat",
    "SendingAgain",
    "Source",
    "UnaddressedNotice",
    "UserAccount",
    "Validation",
]

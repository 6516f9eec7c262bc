"""Why a page is not opened for somebody."""

from mahis.domain.refusals import Forbidden


class ViewNotOpened(Forbidden):
    """The view carries no mark, so nobody may open it."""

    code = "viewNotOpened"


class RoleConsultsOnly(Forbidden):
    """The role in this capacity is to consult; this page changes something."""

    code = "roleConsultsOnly"


class QualityNotFitting(Forbidden):
    """The page is for people who act in another quality (`quality` is theirs)."""

    code = "qualityNotFitting"

"""Why something that the clock does by itself was not done, in the words of operators."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mahis.domain.refusals import Refused
from mahis.queries import operations
from mahis.usecases import checkpoint_history
from mahis.usecases._one_by_one import SomeLeftOut

TEXTS: dict[type[Refused], Promise] = {
    SomeLeftOut: _(
        "Some could not be judged and were left out; the log of the service names them. All"
        " others are done."
    ),
    checkpoint_history.HistoryNotAtRest: _(
        "Something that writes to the history has been under way for too long. The checkpoint is"
        " tried again by itself."
    ),
    operations.OperationsAreForOfficers: _("Only officers of the NSSO see how the service works."),
}

"""Work on foreign files in processes apart: bounded in time, memory and rights, and replaceable.

A job is a module with a function `work(header, body, ask)`; see `worker`.
"""

from mahis.gateways.contained.limits import Limits
from mahis.gateways.contained.messages import Header
from mahis.gateways.contained.pool import Busy, Pool
from mahis.gateways.contained.process import Answering, Ending, Result

__all__ = ["Answering", "Busy", "Ending", "Header", "Limits", "Pool", "Result"]

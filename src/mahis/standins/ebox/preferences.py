"""Who has an e-Box, and whether anybody looks into it: `POST /eboxPreferences/search`."""

import dataclasses

from aiohttp import web

from mahis.standins.ebox import fields
from mahis.standins.ebox.oauth import PREFER, AuthorisationServer
from mahis.standins.ebox.problems import Problem
from mahis.standins.ebox.storage import Box, BoxState, Storage

_MOST = 100
#: When somebody looked last; the practice e-Box keeps no account of it.
_LOOKED = "2026-01-05T08:30:00Z"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Preferences:
    """Tells the preferences of e-Boxes."""

    tokens: AuthorisationServer
    storage: Storage

    async def answer(self, request: web.Request) -> web.Response:
        """Answer one search; 404 where none of the e-Boxes asked for exists."""
        self.tokens.require(request, PREFER)
        if request.content_type != "application/json":
            raise Problem(415, "A search comes as JSON.", name="Content-Type", place="header")
        asked = fields.load(await request.read(), name="eboxIdSameTypeList")
        asked.one_of("eboxType", {"ENTERPRISE"})
        asked.one_of("eboxIdType", {"EnterpriseNumber"})
        numbers = asked.texts("eboxIdValueList")
        if not 1 <= len(numbers) <= _MOST:
            asked.refuse("eboxIdValueList", f"A search has 1 to {_MOST} numbers.")
        asked.finish()
        boxes = [
            self.storage.box(fields.enterprise_number(each, name=f"eboxIdValueList[{position}]"))
            for position, each in enumerate(numbers)
        ]
        found = [_told(box) for box in boxes if box.state is not BoxState.NONE]
        if not found:
            raise Problem(404, "There is no such e-Box.", code="EBOX_NOT_FOUND")
        return web.json_response(found)


def _told(box: Box) -> dict[str, object]:
    told: dict[str, object] = {
        "eboxId": {"eboxType": "ENTERPRISE", "eboxIdValue": box.number},
        "exclusivelyEbox": box.exclusively,
    }
    if box.state is BoxState.VISITED:
        told["lastConnectionDate"] = _LOOKED
    return told

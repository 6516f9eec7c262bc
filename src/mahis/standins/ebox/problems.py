"""How the practice e-Box says no: one exception, and problem details that name the field."""

import uuid
from collections.abc import Mapping

from aiohttp import web

_TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Payload Too Large",
    415: "Unsupported Media Type",
    429: "Too Many Requests",
    500: "Internal Server Error",
}
_BELGIF = {
    400: "badRequest",
    401: "invalidAccessToken",
    403: "missingScope",
    404: "resourceNotFound",
    409: "conflict",
    413: "payloadTooLarge",
    415: "unsupportedMediaType",
    429: "tooManyRequests",
    500: "internalServerError",
}
_SCHEMA_VIOLATION = "urn:problem-type:belgif:input-validation:schemaViolation"


class Problem(Exception):
    """A request is refused; `name` is the field that is wrong, where it is one."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        name: str = "",
        place: str = "body",
        code: str = "INVALID_INPUT",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.name = name
        self.place = place
        self.code = code
        self.headers = headers or {}


def answer(problem: Problem) -> web.Response:
    """Give a refusal as problem details (RFC 9457, in the words of the Belgif guide).

    The code and the identifier are those of the older answer of the e-Box, which some read.
    """
    told: dict[str, object] = {
        "type": f"urn:problem-type:belgif:{_BELGIF[problem.status]}",
        "title": _TITLES[problem.status],
        "status": problem.status,
        "detail": problem.detail,
        "code": problem.code,
        "id": str(uuid.uuid4()),
        "message": problem.detail,
    }
    if problem.name:
        issue = {"type": _SCHEMA_VIOLATION, "in": problem.place, "name": problem.name}
        told["issues"] = [{**issue, "detail": problem.detail}]
    return web.json_response(
        told,
        status=problem.status,
        headers=dict(problem.headers),
        content_type="application/problem+json",
    )

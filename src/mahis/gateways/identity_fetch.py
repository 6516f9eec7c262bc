"""Bounded HTTP to the OpenID provider: no redirects, no endless answers, one kind of failure."""

import time
from collections.abc import Mapping

import requests

from mahis.gateways.identity_refusals import LoginFailed, LoginProviderUnavailable

_MOST_BYTES = 2**20
_CHUNK_BYTES = 2**16
_SERVER_FAULT = 500


def get(
    address: str, *, timeout: float, headers: Mapping[str, str] | None = None
) -> tuple[str, bytes]:
    """Fetch a document; gives its media type and its bytes.

    Raises LoginProviderUnavailable where the provider does not answer in time or answers with a
    fault of its own, LoginFailed where it answers anything but the document.
    """
    deadline = time.monotonic() + timeout
    try:
        with requests.get(
            address, timeout=timeout, headers=headers, allow_redirects=False, stream=True
        ) as response:
            body = _read(response, deadline)
    except requests.RequestException as error:
        raise LoginProviderUnavailable(reason=type(error).__name__) from error
    if response.status_code >= _SERVER_FAULT:
        raise LoginProviderUnavailable(reason=f"status {response.status_code}")
    if response.status_code != requests.codes.ok:
        raise LoginFailed(reason=f"status {response.status_code}")
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return media_type, body


def _read(response: requests.Response, deadline: float) -> bytes:
    body = b""
    for chunk in response.iter_content(_CHUNK_BYTES):
        body += chunk
        if len(body) > _MOST_BYTES or time.monotonic() > deadline:
            raise LoginProviderUnavailable(reason="answer too long or too slow")
    return body

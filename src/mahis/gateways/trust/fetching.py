"""Bounded HTTP to those who publish trusted lists."""

import time
import urllib.parse

import requests

from mahis.gateways.trust.signed_lists import LARGEST_LIST, ListRefused

_SECONDS_TO_ANSWER = 10
_SECONDS_IN_ALL = 120
_MOST_REDIRECTS = 3
_CHUNK_BYTES = 2**16


def over_http(address: str) -> bytes:
    """Fetch a list; raises ListRefused where it does not come, or not within the limits.

    Signatures protect the lists, so that plain HTTP and redirects do no harm.
    """
    try:
        if urllib.parse.urlsplit(address).scheme not in {"http", "https"}:
            raise ListRefused(f"{address} is no http(s) address")
        with requests.Session() as session:
            session.max_redirects = _MOST_REDIRECTS
            with session.get(address, timeout=_SECONDS_TO_ANSWER, stream=True) as response:
                if response.status_code != requests.codes.ok:
                    raise ListRefused(f"{address} answers with status {response.status_code}")
                return _read(response, address)
    except (requests.RequestException, ValueError) as error:
        raise ListRefused(f"{address} does not answer ({type(error).__name__})") from error


def _read(response: requests.Response, address: str) -> bytes:
    deadline = time.monotonic() + _SECONDS_IN_ALL
    body = bytearray()
    for chunk in response.iter_content(_CHUNK_BYTES):
        body += chunk
        if len(body) > LARGEST_LIST:
            raise ListRefused(f"{address} gives more than {LARGEST_LIST} bytes")
        if time.monotonic() > deadline:
            raise ListRefused(f"{address} takes more than {_SECONDS_IN_ALL} seconds")
    return bytes(body)

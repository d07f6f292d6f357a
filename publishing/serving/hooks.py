"""What the front door is handed by the apps that it may not import."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol


class ReaderState(Protocol):
    """What a page must know about a reader, as `cookies` says it.

    `key` tells states apart, `attributes` go onto <html>, and `message(path)` names the
    part of the edition that is the cookie message of a page.
    """

    key: str
    attributes: bytes

    def message(self, path: str) -> str: ...


@dataclass(frozen=True)
class DoorHooks:
    """What the door asks the apps that it may not import: `cookies` and `safety`.

    Nothing here may wait for a file or a database. Cookies, queries and Sec-GPC come as the
    bytes that were sent, `now` in seconds since 1970.
    """

    # (cookie, sec_gpc, flag): the reader's state; flag is what flag_of found.
    state_of: Callable[[bytes, bytes, str], ReaderState]
    # (query): "saved", "error" or "".
    flag_of: Callable[[bytes], str]
    # (path, status): the same for an error page: what failed at that path.
    flag_of_error: Callable[[str, int], str]
    # (path, query): where a message on that page leads back to.
    address_of: Callable[[str, bytes], str]
    # (kind): the security headers of a kind of answer.
    headers_for: Callable[[str], Mapping[str, str]]
    # (cookie, now): whether the reader has just left.
    is_leaving: Callable[[bytes, float], bool]
    # (bytes of a request): whether it speaks of leaving, so that its answer changes with time.
    mentions_leaving: Callable[[bytes], bool]
    # (path): whether the cover stands in for it then.
    covers: Callable[[str], bool]
    # (method, cookie, now, exit_url): the answer of /leave/: status, header pairs, body.
    leave: Callable[[str, bytes, float, str], tuple[int, list[tuple[str, str]], bytes]]
    # (kept): where the exit leads, by what is kept with an edition. Asked once an edition.
    exit_of: Callable[[Mapping], str]
    # (status): the plain page of an error, and the same for open data, as JSON.
    error: Callable[[int], bytes]
    data_error: Callable[[int], bytes]
    # (status): what staff are told instead, or None where they are told the same.
    newsroom_error: Callable[[int], bytes | None]
    # Plain pages from constants.
    emergency: bytes
    cover: bytes

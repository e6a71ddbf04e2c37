"""Addresses of databases as they may be shown: without a password, wherever in them it stands.

An address that cannot be read is one in which a password may stand anywhere: then what could be one
is left out with what stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

HIDDEN = "***"

_START = re.compile(r"^[\w+.-]*(?://|:/{1,2})|^[\w+.-]+:(?=[^@]*:[^@]*@)|^")
_DRIVE = re.compile(r"[A-Za-z]:(?:\\|/(?!/))")
_SECRET = re.compile(
    r"(?i)\b(\w*pass(?:word|wd)?|pwd|\w*secret|\w*token)(\s*=\s*)(?!\*{3}(?:[:\s&]|$))(?:'[^']*'?|\S+)"
)
_SECRET_TO_END = re.compile(
    r"(?i)\b(\w*pass(?:word|wd)?|pwd|\w*secret|\w*token)(\s*=\s*)(?!\*{3}(?:[:\s&]|$)).+"
)
_ADDRESS = re.compile(
    r"(?i)\b(?:postgres|mysql|maria|sqlite|oracle|mssql)[\w+]*:[^\s'\"“”]*"
    r"|[^\s'\"“”]*:[^\s'\"“”]+@[^\s'\"“”]*"
)
_HARMLESS = frozenset(
    {
        *("host", "hostaddr", "port", "user", "dbname", "service", "servicefile", "passfile"),
        *("application_name", "fallback_application_name", "client_encoding", "connect_timeout"),
        *("sslmode", "sslcert", "sslkey", "sslrootcert", "sslcrl", "gssencmode", "channel_binding"),
        *("keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count"),
        *("target_session_attrs", "load_balance_hosts", "requirepeer", "krbsrvname"),
        *("mode", "uri", "cache", "immutable", "nolock", "timeout"),
    }
)
"""Parameters of an address that hold no secret. Whatever another one says is not shown."""

_SCHEMA = re.compile(r"(?:\s*-c\s*(?:search_path|synchronous_commit)=[\w,]+)+\s*")
"""Options of a server that say which schema a store is in."""


def without_password(url: str) -> str:
    """An address, whether it can be read or not, as it may be shown."""
    if _DRIVE.match(url):
        return url
    plain, asked, query = url.partition("?")
    begin = _START.match(plain)
    start = begin[0] if begin else ""
    who, at, where = plain[len(start) :].rpartition("@")
    where = HIDDEN if _SECRET.search(who) else where
    if at:
        user, colon, _ = who.partition(":")
        user = HIDDEN if re.search(r"[/#?]", user) else user
        plain = f"{start}{user}{colon}{HIDDEN if colon else ''}@{where}"
    elif start.endswith("/") and re.match(r"[^/\[]*:(?!\d*(?:/|$))", where):
        plain = f"{start}{where.partition(':')[0]}:{HIDDEN}"
    if asked and "@" in query:
        # The password has a question mark in it, or a parameter an @, and nothing is told apart.
        user = plain[len(start) :].partition(":")[0]
        after = "" if re.match(r"[\w.%]+=", query) else f"@{query.rpartition('@')[2]}"
        return f"{start}{user}:{HIDDEN}{after}"
    shown = [_shown(part) for part in query.split("&")]
    return _SECRET_TO_END.sub(rf"\1\2{HIDDEN}", plain) + asked + "&".join(shown)


def shown_query(query: Mapping[str, str | Sequence[str]]) -> dict[str, str | Sequence[str]]:
    """The parameters of an address that was read, as they may be shown."""
    return {
        name: value if isinstance(value, str) and is_harmless(name, value) else HIDDEN
        for name, value in query.items()
    }


def without_passwords(text: str) -> str:
    """A text in which addresses may stand, each without its password."""
    return _SECRET.sub(rf"\1\2{HIDDEN}", _ADDRESS.sub(lambda one: without_password(one[0]), text))


def may_hold_password(text: str) -> bool:
    """Whether a text that is no URL looks like an address all the same, or a part of one."""
    is_like_one = _DRIVE.match(text) is None and re.search(r":.*@", text) is not None
    return is_like_one or without_passwords(text) != text


def is_harmless(name: str, value: str) -> bool:
    """Whether a parameter of an address holds no secret, so that it may be shown."""
    if name == "options":
        return _SCHEMA.fullmatch(re.sub(r"\+|%20", " ", value)) is not None
    if name == "sslkey" and _DRIVE.match(value) is None and re.search(r":|%3A", value):
        return False  # no file but a key of a device, and its number may stand in it
    return name in _HARMLESS


def _shown(part: str) -> str:
    name, equals, value = part.partition("=")
    if not equals:
        return HIDDEN if part else ""
    is_hidden = value.rstrip(":") == HIDDEN
    is_plain = is_hidden or is_harmless(name, value.replace("%3D", "="))
    return part if is_plain else f"{name}={HIDDEN}"

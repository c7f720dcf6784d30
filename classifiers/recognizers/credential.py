from __future__ import annotations

import regex

from classifiers.recognizers.pattern import DeclaredPattern

_PLACEHOLDER = regex.compile(
    r"(?i)[x*.•_-]+|.*(?:placeholder|change-?_?me|redacted|example|<).*|(?:your|my|the|some|test|example|dummy|sample"
    r"|insert|enter)?[_-]?"
    r"(?:password|passwd|pass|secret|key|token|changeme|placeholder|redacted|hidden|required|none|null|true|false)"
    r"[_-]?(?:here|123|1)?|.*(?:os\.|env|getenv|process\.|config|self\.|settings|request|\.get).*"
)

_PROSE = frozenset((
    "above", "attached", "below", "changed", "contact", "copied", "corporate", "enabled", "enclosed",
    "encrypted", "expired", "expires", "forgotten", "hidden", "incorrect", "invalid", "issued", "locked",
    "manager", "managed", "missing", "mandatory", "needed", "optional", "overleaf", "please", "policy",
    "problem", "protected", "provided", "removed", "request", "required", "reset", "resets", "security",
    "separately", "service", "setting", "settings", "strength", "supplied", "temporary", "unknown",
    "unchanged", "update", "updated", "username", "various", "verified", "wanted", "within", "without",
))  # fmt: skip


class Credential(DeclaredPattern):
    """A password, PIN or key written down beside its name.

    Not code that fetches one, not a placeholder, and not prose: the value has a digit or sign beside its letters.
    """

    kind = "CREDENTIAL"
    pattern = (
        r"(?i)(?<![A-Za-z])(?:[a-z]{2,10}password|[a-z]{2,10}[_-]pwd|pass ?words?|passwd|passcode|passphrase|pwd|pw"
        r"|p/w|pass|secret|api[ _-]?key"
        r"|(?:wi-?fi|wlan|wpa[23]?|network|pre-?shared|shared|security|recovery|account)[ _-]?key|psk|community string"
        r"|memorable (?:word|name|place)|(?:security|secret) answer|access[ _-]?key"
        r"|client[ _-]?secret|auth[ _-]?token|secret[ _-]?key|cyfrinair)[\"']?"
        r"(?:[ \t](?:for|to|on|of)[ \t][\w&'./ -]{1,40}?|[ ]?\([\w ]{1,30}\))?"
        r"(?:[ \t]{0,3}(?:[:=\u2013]|:=|=>|->|-(?=[ ]))|[ \t](?:is|was)(?: now)?:?|[ \t](?:changed|reset) to)[ \t]{0,3}"
        r"(?:[\w.@-]{2,60}[ ]?[/|][ ]?)?[\"'\u2018\u201c]?"
        r"(?:(?P<value>\p{L}{6,40})(?=[ \t]*(?:[\n\r]|$))"
        r"|(?P<value>[^\s\"'\u2019\u201d<>(){}\[\],;|`/]{5,128})(?=[\s\"'\u2019\u201d,;|)/]|$))"
    )
    score_alone: float | None = 0.8
    score_with_context = 0.8

    def valid(self, value: str) -> bool:
        if value[0] in "$%&#@/\\" or "://" in value or _PLACEHOLDER.fullmatch(value):
            return False
        if value.isalpha():
            return value.lower() not in _PROSE
        return any(map(str.isalpha, value)) and any(not char.isalpha() for char in value.rstrip(".:"))

from __future__ import annotations

import regex

from classifiers.recognizers.pattern import DeclaredPattern

_PLACEHOLDER = regex.compile(
    r"(?i)[x*.•_-]+|(?:your|my|the|some|test|example|dummy|sample|insert|enter)?[_-]?"
    r"(?:password|passwd|pass|secret|key|token|changeme|placeholder|redacted|hidden|required|none|null|true|false)"
    r"[_-]?(?:here|123|1)?|.*(?:os\.|env|getenv|process\.|config|self\.|settings|request|\.get).*"
)


class Credential(DeclaredPattern):
    """A password, PIN or key written down beside its name.

    Not code that fetches one, not a placeholder, and not prose: the value has a digit or sign beside its letters.
    """

    kind = "CREDENTIAL"
    pattern = (
        r"(?i)(?<![A-Za-z])(?:password|passwd|passcode|passphrase|pwd|secret|api[ _-]?key|access[ _-]?key"
        r"|client[ _-]?secret|auth[ _-]?token|secret[ _-]?key)[\"']?"
        r"(?:[ \t]{0,3}(?:[:=]|:=|=>)|[ \t]is)[ \t]{0,3}[\"']?"
        r"(?P<value>[^\s\"'<>(){}\[\],;|`]{6,128})(?=[\s\"',;|]|$)"
    )
    score_alone = 0.8
    score_with_context = 0.8

    def valid(self, value: str) -> bool:
        if value[0] in "$%&#@/\\" or "://" in value or _PLACEHOLDER.fullmatch(value):
            return False
        return any(map(str.isalpha, value)) and any(not char.isalpha() for char in value.rstrip(".:"))

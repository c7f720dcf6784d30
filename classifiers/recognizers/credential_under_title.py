from __future__ import annotations

from collections.abc import Iterator

import regex

from classifiers.recognizers.credential import Credential

_VALUE = r"[^\s\"'<>(){}\[\],;|`/:]{7,40}"
_MIXED = regex.compile(r"(?=.*\p{L}{3})(?=.*\d)[^.]+")
_SIGNED = regex.compile(r"(?=.*[!$%^&*#~@]).+")


class CredentialUnderTitle(Credential):
    """A password that nothing but a title calls one ("Logins", "Passwords"): letters and digits right behind somebody's
    mailbox, or anywhere with a sign among them, as no word and no reference has.
    """

    part_of_kind = "under a title"
    pattern = (
        rf"(?:(?<![\w.@-])[\w.+-]{{2,40}}@[\w-]{{1,40}}(?:\.[\w-]{{2,20}}){{1,4}}"
        rf"[ ]?[\t /|,:\u2013-][ \t]?(?P<sole>{_VALUE})"
        rf"|(?<=[ \t:=|/])(?P<value>{_VALUE}))(?=[\s,;|)]|$)"
    )
    score_alone = None
    score_with_context = 0.75
    phrases = (
        "logins", "log-ins", "logons", "log-ons", "passwords", "credentials", "login details", "log-in details",
        "log in details", "logon details", "user accounts", "sign-in details", "sign in details", "access codes",
        "usernames", "login list", "password list", "cyfrineiriau", "manylion mewngofnodi", "do not lose",
    )  # fmt: skip
    before = 400
    after = 0

    def values(self, match: regex.Match[str]) -> Iterator[tuple[int, int]]:
        """The value, by the form that its place asks for."""
        value = match["sole"] or match["value"]
        if _MIXED.fullmatch(value) and (match["sole"] or _SIGNED.fullmatch(value)):
            yield match.span("sole" if match["sole"] else "value")

from __future__ import annotations

import regex

from classifiers.recognizers.credential import Credential

_PRODUCT = regex.compile(
    r"(?i)(?:windows|office|exchange|sharepoint|server|sql|outlook|word|excel|iso|http|sha|md|utf|version|v|step|page)-?\d+"
)


class CredentialBehindWord(Credential):
    """A password with nothing between it and its word ("user imarsh4 password Wednesday448"), or behind the user's name
    and a stroke ("login imarsh4 / Wednesday448").
    """

    part_of_kind = "behind a word"
    pattern = (
        r"(?i)(?<![A-Za-z])(?:(?:password|passwd|pwd|passcode|passphrase|pw|p/w|(?:wi-?fi|wpa[23]?) key)[ \t]{1,3}"
        r"|(?:log-?in|log-?on|credentials|user(?:name)?(?:[ ]?id)?)[ \t]{0,2}[:=-]?[ \t]{0,2}[\w.@-]{2,60}[ ]?[/|][ ]?)"
        r"(?P<value>[^\s\"'<>(){}\[\],;|`/]{6,64})(?=[\s,;|)]|\.\s|$)"
    )
    score_alone = 0.75
    score_with_context = 0.75

    def valid(self, value: str) -> bool:
        """Letters beside digits, as no word of a sentence has them."""
        return super().valid(value) and any(map(str.isdecimal, value)) and not _PRODUCT.fullmatch(value)

from __future__ import annotations

from classifiers.recognizers.credential import Credential


class CredentialInSettings(Credential):
    """A password where settings and scripts put one: in an address (RFC 3986, 3.2.1), in the value of an attribute
    whose key names it, or behind the switch of a command.

    So sure that it is not taken for the name of a mailbox at the server behind it.
    """

    part_of_kind = "in settings"
    pattern = (
        r"(?i)(?<![A-Za-z])(?:[a-z][a-z0-9+.-]{1,15}://[^\s/:@\"'<>]{1,60}:(?P<value>[^\s/@:\"'<>]{4,80})(?=@[\w.-])"
        r"|(?:password|passwd|pwd|secret|api_?key)[\"'][ \t]{1,3}value[ ]?=[ ]?[\"'](?P<value>[^\s\"'<>]{4,100})"
        r"(?=[\"'])"
        r"|<(?:\w{1,20}:)?(?:password|passwd|pwd)>(?P<value>[^\s<>]{4,100})(?=</)"
        r"|(?:net use|sshpass|curl|psexec|runas|mysql|mysqldump|sqlcmd|plink|pscp|smbclient)[ ][^\n]{0,120}?"
        r"(?:-u[ ]?[\w.\\-]{1,40}:"
        r"|-[pP][ ]?|/user:[\w.\\-]{1,60}[ ])(?P<value>[^\s\"'<>:]{6,64})"
        r"(?=[\s\"']|$))"
    )
    score_alone = 0.95
    score_with_context = 0.95

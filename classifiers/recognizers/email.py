from __future__ import annotations

import regex

from classifiers.recognizers.pattern import DeclaredPattern

_ROLE_WORDS = """
admin administrator accounts admissions bookings business callcentre careers communications complaints contact
contactus contacts council counciltax customer customerservice customerservices data dataprotection democratic
democraticservices dpo elections email editor enquiries enquiry facilities feedback finance foi fostering
general hello help helpdesk highways hostmaster housing hr ict info information invoices it itsupport jobs
legal library licensing mail marketing media news newsletter noreply office parking payroll planning
postmaster press privacy procurement reception recruitment registrar registrars sales schools security service
servicedesk services socialcare subscribe support switchboard team unsubscribe waste web webmaster webteam"""
_ROLES = frozenset(_ROLE_WORDS.split())
_WHOLLY_ROLES = ("do-not-reply", "donotreply", "no-reply", "customer.", "customer-", "council.")
ROLE = 0.5
_MESSAGE_ID = regex.compile(r"[^@]*(?:\d{9}|\d{5}\.\d{3})[^@]*@|[^@.]{32}")
"""Mail programs name messages in the form of an address."""


class EmailAddress(DeclaredPattern):
    """E-mail addresses. RFC 5321: at most 64 characters before the @.

    A role's mailbox (info@, customer.services@) is nobody's in particular and is found with low confidence. Presidio's
    own recogniser is not used: it fetches a list of domains from the network.
    """

    kind = "EMAIL_ADDRESS"
    pattern = (
        r"(?<![\w.+%'\u2019-])[A-Za-z0-9_][A-Za-z0-9._%+'\u2019-]{0,63}+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+"
        r"[A-Za-z]{2,24}(?![\w@])"
    )
    score_alone = 0.9
    score_with_context = 0.9

    def valid(self, value: str) -> bool:
        return not _MESSAGE_ID.match(value)

    def score(self, value: str, in_context: bool) -> float | None:
        return ROLE if is_role(value) else super().score(value, in_context)


def is_role(address: str) -> bool:
    """Whether the mailbox is named for a task and not for a person."""
    local = address.partition("@")[0].lower()
    words = local.replace("_", ".").replace("-", ".").split(".")
    return local.startswith(_WHOLLY_ROLES) or all(word in _ROLES for word in words)

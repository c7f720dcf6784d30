from __future__ import annotations

import regex

from classifiers.recognizers.pattern import DeclaredPattern

_ROLE_WORDS = """
accounts admin administrator admissions adult adults alerts appeals applications archives arts benefits bins births
bookings building buildingcontrol buildings business callcentre care careers cashiers cemeteries children committee
committees communications complaints consultation consultations contact contacts contactus corporate council
counciltax creditors crematorium customer customerservice customerservices daemon data dataprotection debtors
democratic democraticservices depot desk digital dpo editor education elections email emergency enquiries enquiry
environment environmental environmentalhealth estates events facilities families feedback finance fleet foi
fostering fraud general governance grants group health hello help helpdesk helpline highways hire homelessness homes
hostmaster hotline housing hr ict income info information insurance invoice invoices it itsupport jobs landcharges
legal leisure lettings library licence licensing localplan mail mailer marketing media museum museums news
newsletter noreply notifications office orders parking parks payroll pensions permits planning policy postmaster
postroom press privacy procurement property publichealth purchasing quotations quotes reception records recruitment
recycling registrar registrars registry rent rentals rents repairs returns robot root safeguarding sales
schooladmissions schools scrutiny security service servicedesk services social socialcare sport sports stores street
streetcare subscribe supplies support surveying switchboard sysadmin system tax team tenancies tenancy tenders
theatre tourism trading tradingstandards training transport treasury unsubscribe volunteering wardens waste web
webadmin webmaster webteam welfare"""
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

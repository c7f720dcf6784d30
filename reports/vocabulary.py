"""Words of the detector in plain English, for people who read a report."""

from __future__ import annotations

from collections.abc import Mapping

from domain.family import Family
from domain.finding import Category

KIND_WORDS = {
    "PERSON": "Names of people",
    "DATE_OF_BIRTH": "Dates of birth",
    "UK_NHS": "NHS numbers",
    "UK_NINO": "National Insurance numbers",
    "UK_UTR": "Unique taxpayer references",
    "UK_UPN": "Unique pupil numbers",
    "UK_PASSPORT": "Passport numbers",
    "UK_DRIVING_LICENCE": "Driving licence numbers",
    "UK_VEHICLE_REGISTRATION": "Vehicle registrations",
    "COUNCIL_REF": "Council references",
    "EMAIL_ADDRESS": "E-mail addresses",
    "UK_PHONE": "Telephone numbers",
    "UK_POSTCODE": "Postcodes",
    "ADDRESS": "Addresses",
    "UK_UPRN": "Unique property reference numbers",
    "UK_SORT_CODE": "Sort codes",
    "UK_ACCOUNT": "Bank account numbers",
    "IBAN_CODE": "International bank account numbers",
    "CREDIT_CARD": "Payment card numbers",
    "CREDENTIAL": "Passwords and keys",
    "IP_ADDRESS": "IP addresses",
    "SPECIAL_HEALTH": "Words about health",
    "SPECIAL_ETHNICITY": "Words about ethnicity",
    "SPECIAL_RELIGION": "Words about religion or belief",
    "SPECIAL_POLITICS": "Words about political opinion",
    "SPECIAL_UNION": "Words about trade union membership",
    "SPECIAL_SEXUALITY": "Words about sex life or orientation",
    "SPECIAL_BIOMETRIC": "Words about biometric data",
    "SPECIAL_GENETIC": "Words about genetic data",
    "CRIMINAL": "Words about offences",
    "CHILD_SAFEGUARDING": "Words about safeguarding children",
}

THEMES = {
    Category.IDENTITY: "Identity",
    Category.CONTACT: "Contact",
    Category.FINANCIAL: "Financial",
    Category.CREDENTIAL: "Credentials",
    Category.SPECIAL: "Special category",
    Category.CRIMINAL: "Criminal",
    Category.CHILDREN: "Children",
}
"""The themes of the heat map in the order in which they stand."""


def kinds_in_words(kinds: Mapping[str, int], most: int | None = None) -> str:
    """Kinds with their counts, the most frequent first; a kind of the organisation's own stands as it is named.

    Of more than `most` it says how many others there are.
    """
    ordered = sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    others = len(ordered) - len(ordered[:most])
    said = [f"{KIND_WORDS.get(kind, kind)}: {number:,}" for kind, number in ordered[:most]]
    return "; ".join([*said, f"and {others} other {'kind' if others == 1 else 'kinds'}"] if others else said)


def family_in_words(family: Family) -> str:
    return family.value if family is Family.PDF else family.value.capitalize()


def special_in_words(special: str) -> str:
    return special.replace("_", " ").lower()

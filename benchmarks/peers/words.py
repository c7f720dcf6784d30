"""What the peers' words mean in ours: each calls the same thing otherwise."""

from __future__ import annotations

KIND_OF: dict[str, str] = {
    "FIRST_NAME": "PERSON", "GIVEN_NAME": "PERSON", "NAME": "PERSON", "SURNAME": "PERSON",
    "EMAIL": "EMAIL_ADDRESS",
    "PHONE": "UK_PHONE", "PHONENUMBER": "UK_PHONE", "PHONE_NO": "UK_PHONE", "PHONE_NUMBER": "UK_PHONE",
    "UK_PHONE_NUMBER": "UK_PHONE",
    "POSTALCODE": "UK_POSTCODE", "POSTCODE": "UK_POSTCODE", "ZIP_CODE": "UK_POSTCODE",
    "BUILDING_NUMBER": "ADDRESS", "SECONDARY_ADDRESS": "ADDRESS", "STREET_NAME": "ADDRESS", "UK_ADDRESS": "ADDRESS",
    "IPADDRESS": "IP_ADDRESS",
    "NHS_NUMBER": "UK_NHS", "NATIONAL_INSURANCE_NUMBER": "UK_NINO",
    "TAX_ID": "UK_UTR", "TAX_REFERENCE_NUMBER": "UK_UTR",
    "PASSPORT": "UK_PASSPORT", "DRIVERS_LICENCE": "UK_DRIVING_LICENCE", "DRIVERS_LICENSE": "UK_DRIVING_LICENCE",
    "VEHICLE_LICENCE_PLATE": "UK_VEHICLE_REGISTRATION",
    "BANK_ACCOUNT": "UK_ACCOUNT", "ROUTING_NUMBER": "UK_SORT_CODE", "CREDITCARDNUMBER": "CREDIT_CARD",
    "CREDIT_CARD_NUMBER": "CREDIT_CARD", "CASE_REFERENCE": "COUNCIL_REF",
}  # fmt: skip
"""Only where a word and the kind are not the same. What stands nowhere here is a kind of the peer's own."""

CONTACT = frozenset({"EMAIL_ADDRESS", "UK_PHONE", "UK_POSTCODE", "ADDRESS", "UK_UPRN", "IP_ADDRESS"})
"""What organisations have too."""

SAYS_NOBODY = frozenset({
    "DATE", "DATE_TIME", "AGE", "LOCATION", "CITY", "STATE", "ORGANISATION", "ORGANIZATION", "ORG", "NRP", "NORP",
    "URL", "TITLE", "HANDLE", "TWITTER", "UUID", "MAC_ADDRESS", "CRIMINAL", "CHILD_SAFEGUARDING",
})  # fmt: skip
"""Words of marks that tell of no one by themselves; of a value that they cover they count as having found it."""


def kind_of(word: str) -> str:
    upper = word.upper()
    return KIND_OF.get(upper, upper)


def is_of_somebody(kind: str) -> bool:
    return kind not in SAYS_NOBODY and not kind.startswith("SPECIAL_")

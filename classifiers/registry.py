"""The recognisers in force."""

from __future__ import annotations

from presidio_analyzer import EntityRecognizer, RecognizerRegistry

from classifiers.recognizers.account_number import AccountNumber
from classifiers.recognizers.address import StreetAddress
from classifiers.recognizers.council_ref import CouncilReference
from classifiers.recognizers.credential import Credential
from classifiers.recognizers.date_of_birth import DateOfBirth
from classifiers.recognizers.driving_licence import DrivingLicence
from classifiers.recognizers.email import EmailAddress
from classifiers.recognizers.iban import Iban
from classifiers.recognizers.ip_address import IpAddress
from classifiers.recognizers.nhs_number import NhsNumber
from classifiers.recognizers.nino import NationalInsuranceNumber
from classifiers.recognizers.passport import Passport
from classifiers.recognizers.passport_zone import PassportZone
from classifiers.recognizers.payment_card import PaymentCard
from classifiers.recognizers.person_column import PersonByColumn
from classifiers.recognizers.person_label import PersonByLabel
from classifiers.recognizers.person_model import PersonByModel
from classifiers.recognizers.person_title import PersonByTitle
from classifiers.recognizers.phone import PhoneNumber
from classifiers.recognizers.postcode import Postcode
from classifiers.recognizers.secret_key import SecretKey
from classifiers.recognizers.sort_code import SortCode
from classifiers.recognizers.upn import UniquePupilNumber
from classifiers.recognizers.uprn import UniquePropertyReference
from classifiers.recognizers.utr import UniqueTaxpayerReference
from classifiers.recognizers.vehicle_registration import VehicleRegistration
from classifiers.special_category import SpecialCategoryTerms, lexicons

RULES: tuple[type[EntityRecognizer], ...] = (
    NhsNumber,
    NationalInsuranceNumber,
    UniqueTaxpayerReference,
    UniquePupilNumber,
    DateOfBirth,
    Passport,
    PassportZone,
    DrivingLicence,
    VehicleRegistration,
    CouncilReference,
    PersonByTitle,
    PersonByLabel,
    PersonByColumn,
    EmailAddress,
    PhoneNumber,
    Postcode,
    StreetAddress,
    UniquePropertyReference,
    SortCode,
    AccountNumber,
    Iban,
    PaymentCard,
    Credential,
    SecretKey,
    IpAddress,
)
"""Run on every text."""

MODEL: tuple[type[EntityRecognizer], ...] = (PersonByModel,)
"""Run where the rules found something that a name could belong to."""

TERMS: tuple[type[EntityRecognizer], ...] = (SpecialCategoryTerms,)
"""Run where the document is personal."""


def registry() -> RecognizerRegistry:
    """A registry of these and no other: Presidio's own for other countries fire on British data."""
    return RecognizerRegistry([recognizer() for recognizer in (*RULES, *MODEL, *TERMS)], global_regex_flags=0)


def kinds_without_pattern() -> list[str]:
    """What the engine is asked for on every text: rules that no gate can speak for, and are quick to find nothing."""
    return ["PERSON"]


def kinds_by_term() -> list[str]:
    return list(lexicons())

"""The recognisers in force."""

from __future__ import annotations

from collections.abc import Iterable

from presidio_analyzer import EntityRecognizer, RecognizerRegistry

from classifiers.lexicon import lexicons
from classifiers.recognizers.account_beside_sort_code import AccountBesideSortCode
from classifiers.recognizers.account_number import AccountNumber
from classifiers.recognizers.address import StreetAddress
from classifiers.recognizers.birth_beside_name import BirthBesideName
from classifiers.recognizers.birth_by_letter import BirthByLetter
from classifiers.recognizers.column import ByColumn
from classifiers.recognizers.council_ref import CouncilReference
from classifiers.recognizers.council_ref_before_name import CouncilReferenceBeforeName
from classifiers.recognizers.council_ref_behind_word import CouncilReferenceBehindWord
from classifiers.recognizers.council_ref_beside_name import CouncilReferenceBesideName
from classifiers.recognizers.council_ref_labelled import CouncilReferenceLabelled
from classifiers.recognizers.council_ref_of_case import CouncilReferenceOfCase
from classifiers.recognizers.credential import Credential
from classifiers.recognizers.credential_behind_word import CredentialBehindWord
from classifiers.recognizers.credential_in_settings import CredentialInSettings
from classifiers.recognizers.credential_under_title import CredentialUnderTitle
from classifiers.recognizers.date_of_birth import DateOfBirth
from classifiers.recognizers.driving_licence import DrivingLicence
from classifiers.recognizers.email import EmailAddress
from classifiers.recognizers.iban import Iban
from classifiers.recognizers.ip_address import IpAddress
from classifiers.recognizers.ip_address_in_settings import IpAddressInSettings
from classifiers.recognizers.ip_address_v6 import IpAddressV6
from classifiers.recognizers.nhs_number import NhsNumber
from classifiers.recognizers.nino import NationalInsuranceNumber
from classifiers.recognizers.passport import Passport
from classifiers.recognizers.passport_zone import PassportZone
from classifiers.recognizers.payment_card import PaymentCard
from classifiers.recognizers.person_act import PersonByAct
from classifiers.recognizers.person_block import PersonByBlock
from classifiers.recognizers.person_company import PersonByCompany
from classifiers.recognizers.person_deed import PersonByDeed
from classifiers.recognizers.person_echo import PersonByEcho
from classifiers.recognizers.person_first_name import PersonByFirstName
from classifiers.recognizers.person_label import PersonByLabel
from classifiers.recognizers.person_letter import PersonByLetter
from classifiers.recognizers.person_list import PersonByList
from classifiers.recognizers.person_model import PersonByModel
from classifiers.recognizers.person_order import PersonByInitials, PersonSurnameFirst
from classifiers.recognizers.person_relation import PersonByRelation
from classifiers.recognizers.person_title import PersonByTitle
from classifiers.recognizers.phone import PhoneNumber
from classifiers.recognizers.postcode import Postcode
from classifiers.recognizers.secret_code import SecretCode
from classifiers.recognizers.secret_key import SecretKey
from classifiers.recognizers.secret_list import SecretList
from classifiers.recognizers.sort_code import SortCode
from classifiers.recognizers.sort_code_beside_account import SortCodeBesideAccount
from classifiers.recognizers.upn import UniquePupilNumber
from classifiers.recognizers.uprn import UniquePropertyReference
from classifiers.recognizers.user_defined import UserDefined
from classifiers.recognizers.utr import UniqueTaxpayerReference
from classifiers.recognizers.vehicle_registration import VehicleRegistration
from classifiers.special_category import SpecialCategoryTerms
from classifiers.user_defined import Definition

RULES: tuple[type[EntityRecognizer], ...] = (
    NhsNumber,
    NationalInsuranceNumber,
    UniqueTaxpayerReference,
    UniquePupilNumber,
    DateOfBirth,
    BirthBesideName,
    BirthByLetter,
    Passport,
    PassportZone,
    DrivingLicence,
    VehicleRegistration,
    CouncilReference,
    CouncilReferenceBehindWord,
    CouncilReferenceBesideName,
    CouncilReferenceLabelled,
    CouncilReferenceOfCase,
    CouncilReferenceBeforeName,
    PersonByTitle,
    PersonByLabel,
    PersonByLetter,
    PersonByBlock,
    PersonByList,
    PersonByAct,
    PersonByCompany,
    PersonByDeed,
    PersonByRelation,
    PersonByFirstName,
    PersonSurnameFirst,
    PersonByInitials,
    ByColumn,
    EmailAddress,
    PhoneNumber,
    Postcode,
    StreetAddress,
    UniquePropertyReference,
    SortCode,
    SortCodeBesideAccount,
    AccountNumber,
    AccountBesideSortCode,
    Iban,
    PaymentCard,
    Credential,
    CredentialBehindWord,
    CredentialInSettings,
    CredentialUnderTitle,
    SecretKey,
    SecretCode,
    SecretList,
    IpAddress,
    IpAddressInSettings,
    IpAddressV6,
)
"""Run on every text."""

MODEL: tuple[type[EntityRecognizer], ...] = (PersonByModel, PersonByEcho)
"""Run where the rules found something that a name could belong to."""

TERMS: tuple[type[EntityRecognizer], ...] = (SpecialCategoryTerms,)
"""Run where the document is personal."""


def registry(of_site: Iterable[Definition] = ()) -> RecognizerRegistry:
    """A registry of these, the site's own and no other: Presidio's for other countries fire on British data."""
    built_in = [recognizer() for recognizer in (*RULES, *MODEL, *TERMS)]
    return RecognizerRegistry([*built_in, *map(UserDefined, of_site)], global_regex_flags=0)


def kinds_without_pattern() -> list[str]:
    """What the engine is asked for on every text: rules that no gate can speak for, and are quick to find nothing."""
    return ["PERSON"]


def kinds_by_term() -> list[str]:
    return list(lexicons())

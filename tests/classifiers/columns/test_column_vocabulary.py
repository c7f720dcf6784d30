from __future__ import annotations

import pytest

from classifiers.columns.vocabulary import NamePart, meaning_of


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("NI No", "UK_NINO"), ("NINO", "UK_NINO"), ("N.I.", "UK_NINO"), ("NINumber", "UK_NINO"), ("ni_no", "UK_NINO"),
        ("DoB", "DATE_OF_BIRTH"), ("D.O.B.", "DATE_OF_BIRTH"), ("DOB (dd/mm/yyyy)", "DATE_OF_BIRTH"),
        ("Child's date of birth", "DATE_OF_BIRTH"), ("Contact tel", "UK_PHONE"), ("Mob", "UK_PHONE"),
        ("Tel2", "UK_PHONE"),
        ("Emp No", "COUNCIL_REF"), ("Tenancy ref", "COUNCIL_REF"), ("CT account", "COUNCIL_REF"),
        ("Post Code", "UK_POSTCODE"), ("Addr 1", "ADDRESS"), ("Addr 2", ""), ("Sort", "UK_SORT_CODE"),
        ("UPN", "UK_UPN"),
        ("NHS no", "UK_NHS"), ("Next of kin tel", "UK_PHONE"), ("Dyddiad geni", "DATE_OF_BIRTH"),
        ("", ""), ("x" * 100, ""),
        ("Invoice no", ""), ("Start date", ""), ("Site address", ""),
    ],
)  # fmt: skip
def test_a_heading_says_the_kind_however_councils_spell_it(heading, kind):
    assert meaning_of(heading).kind == kind


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("Forename(s)", NamePart.FIRST), ("Tenant surname", NamePart.LAST), ("Tenant's name", NamePart.WHOLE),
        ("Name", NamePart.LOOSE), ("Claimant", NamePart.WHOLE), ("Role", None), ("Supplier name", None),
    ],
)  # fmt: skip
def test_a_heading_says_the_part_of_a_name(heading, part):
    assert meaning_of(heading).part is part


def test_an_account_needs_a_sort_code_beside_it():
    assert meaning_of("A/C No").beside_sort_code
    assert not meaning_of("Bank account no").beside_sort_code


@pytest.mark.parametrize(
    "heading", ["Invoice no", "Cost code", "EAN", "Part no", "Product", "Budget", "Order", "Meter"]
)
def test_numbers_of_things_are_no_ones(heading):
    assert meaning_of(heading).no_number


@pytest.mark.parametrize("heading", ["Start date", "Invoice date", "Date joined", "DBS expiry", "Last review"])
def test_other_dates_are_no_births(heading):
    assert meaning_of(heading).no_birth

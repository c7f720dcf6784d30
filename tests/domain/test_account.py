from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.account import Account, Delegation, fault_of_name, fault_of_roles, grants_of
from domain.actor import Grant, Role

TODAY = date(2026, 3, 2)
BO = Account("bo", roles=frozenset({Role.APPROVER}), services=frozenset({"Housing"}))
AMY = Account("amy", roles=frozenset({Role.REVIEWER}), services=frozenset({"Planning"}))
LENT = Delegation("bo", "amy", Role.APPROVER, date(2026, 3, 1), date(2026, 3, 2))


def test_what_was_lent_is_for_the_givers_services_and_says_whose_it_is():
    assert grants_of(AMY, [(LENT, BO)], TODAY) == (
        Grant(Role.REVIEWER, AMY.services), Grant(Role.APPROVER, BO.services, "bo"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("taker", "giver", "day"),
    [
        (AMY, BO, date(2026, 2, 28)),
        (AMY, BO, date(2026, 3, 3)),
        (AMY, replace(BO, disabled=True), TODAY),
        (AMY, replace(BO, roles=frozenset({Role.REVIEWER})), TODAY),
        (replace(AMY, disabled=True), BO, TODAY),
        (replace(AMY, roles=frozenset({Role.ADMINISTRATOR})), BO, TODAY),
    ],
)
def test_what_was_lent_ends(taker, giver, day):
    assert not any(grant.on_behalf_of for grant in grants_of(taker, [(LENT, giver)], day))


@pytest.mark.parametrize("name", ["", "a", "Amy", "amy marsh", "amy\n", "-amy", "a" * 65, "ämy"])
def test_a_name_that_logs_could_not_show_plainly_is_refused(name):
    assert fault_of_name(name)


def test_names_as_mail_addresses_will_do():
    assert fault_of_name("amy.marsh@council.example") is None


def test_who_administers_decides_nothing_besides():
    assert fault_of_roles(frozenset({Role.ADMINISTRATOR, Role.APPROVER}))
    assert fault_of_roles(frozenset({Role.OWNER}))
    assert fault_of_roles(frozenset({Role.ADMINISTRATOR, Role.OPERATOR})) is None

from __future__ import annotations

import pytest

from domain.actor import OWN_SIGN_IN, ROLES, About, Actor, Grant, Proof, Role, Verb
from operations.access import RULES, RefusedError, allowed, ask, own_services
from operations.access_words import DOING, WHO

PLANNING, HOUSING = About(frozenset({"Planning"})), About(frozenset({"Housing"}))


def an_actor(*roles: Role, name: str = "amy", services=("Planning",), proof=Proof.PASSWORD, of: str = "") -> Actor:
    return Actor(name, tuple(Grant(role, frozenset(services), of) for role in roles), proof)


APPROVALS = {
    Verb.APPROVE_SCHEDULE, Verb.RELEASE_HOLD, Verb.APPROVE_DISPOSAL, Verb.SECOND_APPROVE_DISPOSAL, Verb.RUN_DISPOSAL,
    Verb.PURGE, Verb.RELEASE_ASSET,
}  # fmt: skip
READING = {
    Verb.VIEW_FIGURES, Verb.VIEW_LIST, Verb.VIEW_CONTENT, Verb.SEARCH_PEOPLE, Verb.EXPORT, Verb.VIEW_AUDIT,
    Verb.VERIFY_AUDIT, Verb.EXPORT_AUDIT,
}  # fmt: skip


def verbs_of(role: Role) -> set[Verb]:
    return {verb for verb, rule in RULES.items() if role in rule.roles}


def test_every_verb_has_a_rule_and_somebody_to_follow_it():
    assert set(RULES) == set(Verb)
    assert all(any(role is not Role.OWNER for role in rule.roles) for rule in RULES.values())


def test_every_role_but_the_owners_is_explained():
    assert set(ROLES) == set(Role) - {Role.OWNER}


def test_who_administers_sees_no_content_and_decides_nothing():
    for role in (Role.ADMINISTRATOR, Role.OPERATOR):
        deciding = {Verb.DECIDE, Verb.PROPOSE_DISPOSAL, Verb.CONFIRM_ASSET, Verb.RESTORE, Verb.ADD_HOLD}
        assert not verbs_of(role) & (APPROVALS | deciding | {Verb.VIEW_LIST, Verb.VIEW_CONTENT, Verb.SEARCH_PEOPLE})


@pytest.mark.parametrize("role", [Role.SIRO, Role.DPO, Role.AUDITOR])
def test_who_reads_does_nothing_else_but_stop(role):
    assert verbs_of(role) <= READING | {Verb.STOP_DISPOSAL}


def test_an_inventory_without_accounts_can_approve_and_dispose_of_nothing():
    disposal = {Verb.PROPOSE_DISPOSAL, Verb.RESTORE, Verb.DECIDE, Verb.CONFIRM_ASSET, Verb.DELEGATE}
    assert verbs_of(Role.OWNER) & (APPROVALS | disposal) == {Verb.RELEASE_HOLD}
    assert {Verb.SCAN, Verb.EVALUATE, Verb.VIEW_LIST, Verb.EXPORT, Verb.SAMPLE} <= verbs_of(Role.OWNER)


def test_approvals_and_they_alone_need_ones_own_sign_in():
    assert {verb for verb, rule in RULES.items() if rule.signed} == APPROVALS


@pytest.mark.parametrize("verb", sorted(APPROVALS))
@pytest.mark.parametrize("proof", sorted(Proof))
def test_whoever_else_can_use_the_account_approves_nothing(verb, proof):
    role = next(role for role in RULES[verb].roles)
    assert allowed(an_actor(role, proof=proof), verb, PLANNING) is (proof in OWN_SIGN_IN)


def test_a_reviewer_acts_within_their_own_services():
    reviewer = an_actor(Role.REVIEWER)
    assert allowed(reviewer, Verb.VIEW_LIST, PLANNING)
    assert not allowed(reviewer, Verb.VIEW_LIST, HOUSING)
    assert not allowed(reviewer, Verb.VIEW_LIST, About(frozenset({"Planning", "Housing"})))
    assert not allowed(reviewer, Verb.VIEW_LIST)
    assert own_services(reviewer, Verb.VIEW_LIST) == {"Planning"}
    assert own_services(reviewer, Verb.SCAN) == frozenset()
    assert own_services(an_actor(Role.AUDITOR), Verb.VIEW_LIST) is None


def test_nobody_approves_what_they_proposed_nor_approves_twice_nor_runs_it():
    proposer, approver = an_actor(Role.APPROVER, name="amy"), an_actor(Role.APPROVER, name="bo")
    manager, other = an_actor(Role.RECORDS_MANAGER, name="cy"), an_actor(Role.IG_OFFICER, name="di")
    parties = ask(proposer, Verb.PROPOSE_DISPOSAL, PLANNING).parties
    about = About(PLANNING.services, parties)
    assert not allowed(proposer, Verb.APPROVE_DISPOSAL, about)
    about = About(PLANNING.services, parties | ask(approver, Verb.APPROVE_DISPOSAL, about).parties)
    about = About(PLANNING.services, about.parties | ask(manager, Verb.SECOND_APPROVE_DISPOSAL, about).parties)
    assert about.parties == {"amy", "bo", "cy"}
    with pytest.raises(RefusedError, match="took part"):
        ask(manager, Verb.RUN_DISPOSAL, about)
    assert ask(other, Verb.RUN_DISPOSAL, about).parties == {"di"}


def test_nobody_approves_on_behalf_of_who_proposed():
    about = About(PLANNING.services, frozenset({"amy"}))
    standing_in = an_actor(Role.APPROVER, name="bo", of="amy")
    assert not allowed(standing_in, Verb.APPROVE_DISPOSAL, about)
    assert ask(standing_in, Verb.APPROVE_DISPOSAL, PLANNING).parties == {"amy", "bo"}
    both = Actor("bo", (*standing_in.grants, Grant(Role.APPROVER, frozenset({"Planning"}))), Proof.PASSWORD)
    assert ask(both, Verb.APPROVE_DISPOSAL, about).grant.on_behalf_of == ""


@pytest.mark.parametrize(
    ("actor", "verb", "said"),
    [
        (an_actor(Role.REVIEWER), Verb.APPROVE_DISPOSAL, "These roles may: approver. An administrator gives them"),
        (an_actor(), Verb.SCAN, "no role"),
        (an_actor(Role.REVIEWER), Verb.DECIDE, "Name one of theirs"),
        (an_actor(Role.RECORDS_MANAGER, proof=Proof.OPERATING_SYSTEM), Verb.PURGE, "Sign in with your password"),
        (an_actor(Role.RECORDS_MANAGER, proof=Proof.TEMPORARY), Verb.PURGE, "set your own: muniment users password"),
    ],
)
def test_a_refusal_says_why_and_what_to_do(actor, verb, said):
    with pytest.raises(RefusedError, match=said) as refused:
        ask(actor, verb)
    assert not any(word in refused.value.plain for word in ("-", "muniment", actor.account))


def test_each_verb_and_role_has_words_for_people():
    assert set(DOING) == set(Verb)
    assert set(WHO) == set(Role)


@pytest.mark.parametrize(
    ("actor", "verb", "about", "said"),
    [
        (an_actor(Role.REVIEWER), Verb.VIEW_AUDIT, About(), "It is for records managers, Information Governance, the"),
        (an_actor(Role.REVIEWER), Verb.DECIDE, About(), "this concerns all. Choose one of yours."),
        (an_actor(Role.REVIEWER), Verb.DECIDE, HOUSING, "You may decide on items for your own services, and this is"),
        (an_actor(Role.APPROVER), Verb.APPROVE_DISPOSAL, About(PLANNING.services, frozenset({"amy"})),
         "it is for somebody else to give the first approval of a disposal"),
        (an_actor(Role.RECORDS_MANAGER, proof=Proof.TEMPORARY), Verb.PURGE, About(), "Choose one of your own first"),
    ],
)  # fmt: skip
def test_who_looks_at_a_page_is_told_in_plain_words(actor, verb, about, said):
    with pytest.raises(RefusedError) as refused:
        ask(actor, verb, about)
    assert said in refused.value.plain

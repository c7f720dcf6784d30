"""The public templates filled: every label lies over what it says, and two slots of one name are one name."""

from __future__ import annotations

from benchmarks.public_templates import documents
from classifiers.checksums import CHECKSUMS

PEOPLE = [{"GivenName": "Marie", "Surname": "Hamanov", "EmailAddress": "marie@example.org"}]
TEMPLATES = ["{{first_name}} {{last_name}} pays by {{credit_card_number}}", "{{iban}}, {{email}} or {{ip_address}}?"]


def test_labels_lie_over_the_values_and_each_template_comes_as_often():
    first, second, third = documents(TEMPLATES, PEOPLE, 3, seed=1)
    values = [[one["text"][span["start"] : span["end"]] for span in one["entities"]] for one in (first, second)]
    assert values[0][0] == "Marie Hamanov"
    assert CHECKSUMS["luhn"](values[0][1])
    assert CHECKSUMS["iban"](values[1][0])
    assert values[1][1] == "marie@example.org"
    assert [span["type"] for span in second["entities"]] == ["IBAN_CODE", "EMAIL_ADDRESS", "IP_ADDRESS"]
    assert third["template"] == first["template"] != second["template"]

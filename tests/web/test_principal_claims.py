"""What an identity provider tells of who somebody is where files and messages lie: kept with their session."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.account import Account
from operations.configuration.oidc_settings import OidcSettings
from operations.configuration.preview_settings import PreviewSettings
from operations.viewing.preview_rights import principals_of
from web.oidc import _vouched

SID = "S-1-5-21-1-2-3-1100"
ID = "8f3c6e0a-0000-4000-8000-000000000000"
SETTINGS = {
    "issuer": "https://id.example.org", "client_id": "c", "client_secret_file": Path("s"),
    "address": "https://muniment.example.org",
}  # fmt: skip


def known(claims: dict[str, object], **settings: object) -> frozenset[str]:
    told = _vouched({"sub": "1", **claims}, OidcSettings(**SETTINGS | settings)).principals
    return principals_of(told, Account("rosa.lind"), PreviewSettings())


@pytest.mark.parametrize(
    ("claims", "settings", "principals"),
    [
        ({"groups": [SID, ID[:8]], "onprem_sid": "S-1-5-21-1-2-3-7"}, {}, {SID, "S-1-5-21-1-2-3-7"}),
        ({"groups": [ID.upper(), f"entra:{ID}x"], "oid": ID}, {}, {f"entra:{ID}"}),
        ({"memberOf": [SID]}, {}, set()), ({"memberOf": [SID]}, {"principal_claims": ("memberOf",)}, {SID}),
        ({"email": "Rosa.Lind@Example.org"}, {}, set()),
        ({"email": "Rosa.Lind@Example.org"}, {"mailbox_claims": ("email",)}, {"mailbox:rosa.lind@example.org"}),
        ({"email": "head@example.org", "email_verified": False}, {"mailbox_claims": ("email",)}, set()),
        ({"groups": ["mailbox:head@example.org", "uid:0", "everyone", "S-1-1-0"]}, {}, set()),
        ({"email": ["a@example.org", "mailbox:b@example.org", 7]}, {"mailbox_claims": ("email",)},
         {"mailbox:a@example.org"}),
    ],
    ids=["SIDs", "ids", "no such claim", "a claim named", "no mailbox", "a mailbox", "nobody verified it",
         "groups named to deceive", "a list"],
)  # fmt: skip
def test_the_claims_that_are_named_tell_who_somebody_is_and_no_others(claims, settings, principals):
    assert known(claims, **settings) == principals

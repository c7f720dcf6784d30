"""`[preview]`: who is who where items lie, for those to whom no identity provider says it, and what may be shown."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from operations.configuration.section import Section

_Text = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
_Sid = Annotated[str, StringConstraints(pattern=r"^S-1-5-21(-[0-9]{1,10}){4}$")]
_Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")]


class PersonSettings(Section):
    """An account here, by the SIDs of its person and of all groups that they are in, their `ids` in Entra ID, and the
    mailboxes into which they may look: their own, and those whose delegate they are.
    """

    account: _Text
    sids: tuple[_Sid, ...] = ()
    ids: tuple[_Id, ...] = ()
    mailboxes: tuple[_Text, ...] = ()


class PreviewSettings(Section):
    """`shares` are the sources on file servers of which files may be shown: by name, since their files' rights are all
    that is compared, and neither permissions of the share itself nor central access policies are seen. `drives` are
    those of kind graph of whose drives files may be shown: the permissions of the file are all that is compared there,
    and no policy of a site or of the tenant is seen.
    """

    shares: tuple[_Text, ...] = ()
    drives: tuple[_Text, ...] = ()
    person: tuple[PersonSettings, ...] = ()

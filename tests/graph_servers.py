"""A local Microsoft Graph for tests: as much of v1.0 as reading mailboxes and drives by delta takes.

    with running_graph() as graph:
        graph.add_mailbox("alice@council.example")
        graph.deliver("alice@council.example", "Inbox", b"Subject: hello\\r\\n\\r\\n")
        ... a client whose authority is graph.authority, base graph.base, and CA file graph.ca_file

It needs the standard library and `cryptography` alone, speaks TLS with a certificate made for the session, and holds no
data but what a test puts in. What it is faithful in, as Microsoft documents it:

- Sign-in: OpenID discovery and the token endpoint of a tenant, for client credentials by secret, or by an assertion
  that is signed with a certificate. Tokens can be made to expire (`expire_tokens`) and to show permissions (`grant`).
- Paging: `@odata.nextLink` with opaque tokens, `page_size` values a page.
- Mail: childFolders, messages, messages/delta per folder with `@removed`, `$value`, well-known names, extended
  properties. An id given as immutable stays when a message is moved, and the folder that it left says it is removed.
- Drives: root/delta over the whole drive; a parentReference has no path, a deleted item no name, a folder that is
  renamed brings none of its descendants, and one that is deleted neither. `/content` answers 302 to another port, where
  an Authorization header is a fault (`leaked`).
- Throttling: more than four requests at once in a mailbox are answered with 429 and Retry-After, and counted
  (`most_at_once`). 410 with `syncStateNotFound` for delta links from before `forget_changes`.
- Faults on order: `fail` answers the next requests of a path with a status, headers and body, or by breaking off.

- Disposal: an application of its own (`DISPOSER`) may give orders by POST, which are kept in `ordered`: to make a mail
  folder, hidden or not (409 where there is one of the name), to move a message (201; its immutable id stays), and to
  delete it for good, upon which it lies in `purges`, where no client finds it.

Every request is kept in `asked` as "METHOD path". Only GET, the token's POST and the orders of `DISPOSER` are answered:
anything else is a fault and counted in `written`. It does not check `$select`, and the hash that it calls quickXorHash
is another. Whether Exchange gives the same MIME, to the byte, whenever it is asked for `$value`, before a move and
after it, only a tenant can show; this one does.
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import json
import secrets
import ssl
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

TENANT, CLIENT, SECRET = "11111111-2222-3333-4444-555555555555", "muniment-app", "s3cret~of the application"
DISPOSER, DISPOSER_SECRET = "muniment-disposer", "s3cret~of disposal"
MOST_AT_ONCE = 4


@dataclass
class Message:
    id: str
    folder: str
    content: bytes
    facts: dict[str, Any]


@dataclass
class Folder:
    id: str
    parent: str | None
    name: str
    facts: dict[str, Any] = field(default_factory=dict)
    events: list[tuple[int, str, bool]] = field(default_factory=list)
    """What happened to a message, in order: when, to which, and whether it left."""


@dataclass
class Mailbox:
    folders: dict[str, Folder] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    well_known: dict[str, str] = field(default_factory=dict)


@dataclass
class Entry:
    id: str
    parent: str | None
    name: str
    facets: dict[str, Any]
    content: bytes = b""
    when: int = 0
    is_gone: bool = False
    permissions: list[dict[str, Any]] = field(default_factory=list)
    is_hidden: bool = False
    """Whether the application may not see it, though it may see what lies in it."""


@dataclass
class Drive:
    id: str
    name: str
    entries: dict[str, Entry] = field(default_factory=dict)

    @property
    def root(self) -> Entry:
        return next(entry for entry in self.entries.values() if entry.parent is None)


@dataclass
class Fault:
    path: str
    times: int
    status: int
    headers: dict[str, str]
    body: bytes
    is_broken_off: bool


class Graph:
    """The tenant, and what was asked of it. Its methods change what it holds, as its people would."""

    def __init__(self, folder: Path) -> None:
        self.page_size = 50
        self.secret = SECRET
        self.certificate: x509.Certificate | None = None
        self.mailboxes: dict[str, Mailbox] = {}
        self.drives: dict[str, Drive] = {}
        self.onedrives: dict[str, str] = {}
        self.sites: dict[str, list[str]] = {}
        self.asked: list[str] = []
        self.written: list[str] = []
        self.ordered: list[str] = []
        self.purges: dict[str, Message] = {}
        self.shows_purged = False
        """Whether a message that was purged is still answered by its id, in a folder that is none of its owner's."""
        self.answers_lost: list[int] = []
        """The next orders are carried out, and answered with such a status all the same; with 0, not at all."""
        self.leaked: list[str] = []
        self.most_at_once: Counter[str] = Counter()
        self.tokens_given = 0
        self.meeting: Callable[[str], None] = lambda _lane: None
        """Called at every request of a mailbox, while it counts as being answered."""
        self._token = secrets.token_urlsafe()
        self._disposer_token = secrets.token_urlsafe()
        self._at_once: Counter[str] = Counter()
        self._faults: list[Fault] = []
        self._clock = 0
        self._forgotten = 0
        self._lock = threading.RLock()
        self.ca_file = str(folder / "certificate.pem")
        context = _tls(folder)
        self._servers = [_Server(self, _GraphHandler, context), _Server(self, _DownloadHandler, context)]
        self.authority, self.downloads = (f"https://127.0.0.1:{server.server_port}" for server in self._servers)
        self.base = f"{self.authority}/v1.0"

    # What its people do

    def add_mailbox(self, name: str, *, archive: bool = False) -> None:
        mailbox = self.mailboxes[name] = Mailbox()
        for well_known in ("msgfolderroot", *(("archivemsgfolderroot",) if archive else ())):
            root = _an_id("root")
            mailbox.folders[root] = Folder(root, None, "Top of Information Store")
            mailbox.well_known[well_known] = root
        for well_known, path in (("inbox", "Inbox"), ("junkemail", "Junk Email"), ("deleteditems", "Deleted Items")):
            mailbox.well_known[well_known] = self.add_folder(name, path)

    def add_folder(self, mailbox: str, path: str, root: str = "msgfolderroot", **facts: Any) -> str:
        """The id of a folder, its path parted by "/", made where it is not there. `facts` are further properties."""
        box = self.mailboxes[mailbox]
        at = box.well_known[root]
        for name in path.split("/"):
            found = [folder.id for folder in box.folders.values() if (folder.parent, folder.name) == (at, name)]
            here = found[0] if found else _an_id("folder")
            box.folders.setdefault(here, Folder(here, at, name))
            at = here
        box.folders[at].facts |= facts
        return at

    def deliver(self, mailbox: str, folder: str, content: bytes, root: str = "msgfolderroot", **facts: Any) -> str:
        """A message into a folder; `facts` are properties of it. Returns its immutable id."""
        with self._lock:
            at = self.add_folder(mailbox, folder, root)
            number = len(self.mailboxes[mailbox].messages)
            told = {
                "internetMessageId": f"<{number}@council.example>",
                "receivedDateTime": "2021-03-04T05:06:07Z",
                "sentDateTime": "2021-03-04T05:06:00Z",
                "lastModifiedDateTime": "2021-03-04T05:06:08Z",
                "isDraft": False,
            }
            message = Message(_an_id("message") + "-" * 90, at, content, told | facts)
            self.mailboxes[mailbox].messages[message.id] = message
            self._happened(mailbox, message, at)
            return message.id

    def touch(self, mailbox: str, message: str, **facts: Any) -> None:
        """Change properties of a message, such as that it was read."""
        with self._lock:
            found = self.mailboxes[mailbox].messages[message]
            found.facts |= facts
            self._happened(mailbox, found, found.folder)

    def move_message(self, mailbox: str, message: str, folder: str) -> None:
        with self._lock:
            found = self.mailboxes[mailbox].messages[message]
            self._happened(mailbox, found, found.folder, left=True)
            found.folder = self.add_folder(mailbox, folder)
            self._happened(mailbox, found, found.folder)

    def remove_message(self, mailbox: str, message: str) -> None:
        with self._lock:
            found = self.mailboxes[mailbox].messages.pop(message)
            self._happened(mailbox, found, found.folder, left=True)

    def add_onedrive(self, person: str) -> str:
        """The id of a new drive."""
        self.onedrives[person] = self._new_drive("OneDrive")
        return self.onedrives[person]

    def add_library(self, site: str, name: str = "Documents") -> str:
        """The id of a new document library of a site, as in "council.sharepoint.example/sites/Housing"."""
        drive = self._new_drive(name)
        self.sites.setdefault(site, []).append(drive)
        return drive

    def put(self, drive: str, path: str, content: bytes = b"", **facets: Any) -> str:
        """A file, or what the facets say; folders above are made. What is there already is changed. Returns its id."""
        with self._lock:
            *folders, name = path.split("/")
            parent = self.drives[drive].root
            for folder in folders:
                parent = self._child(drive, parent, folder) or self._new_entry(drive, parent, folder, {"folder": {}})
            entry = self._child(drive, parent, name) or self._new_entry(drive, parent, name, {})
            entry.facets = facets or {"file": {"hashes": {"quickXorHash": _hash(content)}}}
            entry.content = content
            entry.when = self._tick()
            return entry.id

    def facet(self, drive: str, path: str, **facets: Any) -> None:
        """Add facets to an item, such as `shared={"scope": "anonymous"}`."""
        with self._lock:
            entry = self.entry(drive, path)
            entry.facets |= facets
            entry.when = self._tick()

    def permit(self, drive: str, path: str, *permissions: dict[str, Any]) -> None:
        """Have these be all permissions of an item, those among them that it inherits."""
        self.entry(drive, path).permissions = list(permissions)

    def move_entry(self, drive: str, path: str, to: str) -> None:
        """Move or rename a file or folder; what lies in it stays in it."""
        with self._lock:
            entry = self.entry(drive, path)
            folder, _, name = to.rpartition("/")
            entry.parent = self.entry(drive, folder).id if folder else self.drives[drive].root.id
            entry.name, entry.when = name, self._tick()

    def delete_entry(self, drive: str, path: str) -> None:
        with self._lock:
            entry = self.entry(drive, path)
            entry.is_gone, entry.when = True, self._tick()

    def entry(self, drive: str, path: str) -> Entry:
        at = self.drives[drive].root
        for name in path.split("/"):
            found = self._child(drive, at, name)
            if found is None:
                raise KeyError(path)
            at = found
        return at

    # What its operators do

    def fail(
        self, path: str, status: int = 429, *, times: int = 1, body: bytes = b"", breaks_off: bool = False,
        **headers: str,
    ) -> None:  # fmt: skip
        """Answer the next requests with `path` in their address like this; a header's "_" stands for "-"."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._faults.append(Fault(path, times, status, named, body, breaks_off))

    def expire_tokens(self) -> None:
        self._token = secrets.token_urlsafe()

    def grant(self, *roles: str) -> None:
        """Give the application these permissions; new tokens show them, as Entra's do."""
        told = base64.urlsafe_b64encode(json.dumps({"roles": roles} if roles else {}).encode()).rstrip(b"=").decode()
        self._token = f"{secrets.token_urlsafe()}.{told}.{secrets.token_urlsafe()}"

    def forget_changes(self) -> None:
        """No delta link that was given up to now can be used any more."""
        self._forgotten = self._tick()

    def start(self) -> None:
        for server in self._servers:
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()

    # What it answers

    def sign_in(self, form: dict[str, list[str]], audience: str) -> tuple[int, dict[str, Any]]:
        is_disposer = form.get("client_id") == [DISPOSER]
        if form.get("client_id") not in ([CLIENT], [DISPOSER]) or form.get("grant_type") != ["client_credentials"]:
            return 400, {"error": "unauthorized_client"}
        if "client_assertion" in form:
            is_known = _is_signed(form["client_assertion"][0], self.certificate, audience)
        else:
            is_known = form.get("client_secret") == [DISPOSER_SECRET if is_disposer else self.secret]
        if not is_known or form.get("scope") != [f"{self.authority}/.default"]:
            return 401, {"error": "invalid_client", "error_description": "AADSTS7000215"}
        self.tokens_given += 1
        token = self._disposer_token if is_disposer else self._token
        return 200, {"token_type": "Bearer", "expires_in": 3599, "access_token": token}

    def takes(self, authorization: str) -> bool:
        return authorization == f"Bearer {self._token}" or self.may_order(authorization)

    def may_order(self, authorization: str) -> bool:
        return authorization == f"Bearer {self._disposer_token}"

    def fault(self, address: str) -> Fault | None:
        with self._lock:
            for fault in self._faults:
                if fault.path in address and fault.times > 0:
                    fault.times -= 1
                    return fault
        return None

    @contextmanager
    def counted(self, lane: str) -> Iterator[bool]:
        """Whether a mailbox takes one more request."""
        with self._lock:
            self._at_once[lane] += 1
            self.most_at_once[lane] = max(self.most_at_once[lane], self._at_once[lane])
            is_taken = self._at_once[lane] <= MOST_AT_ONCE
        try:
            self.meeting(lane)
            yield is_taken
        finally:
            with self._lock:
                self._at_once[lane] -= 1

    def answer(self, path: str, query: dict[str, list[str]]) -> _Answer:
        parts = [unquote(part) for part in path.split("/")]
        with self._lock:
            match parts:
                case ["users", person, "drive"] if person in self.onedrives:
                    return _json({"id": self.onedrives[person]})
                case ["users", person, *rest] if person in self.mailboxes:
                    return self._mail(person, rest, path, query)
                case ["drives", drive, *rest] if drive in self.drives:
                    return self._drive(drive, rest, path, query)
                case ["sites", key, "drives"] if key.startswith("site:") and key[5:] in self.sites:
                    named = [self.drives[drive] for drive in self.sites[key[5:]]]
                    return self._page([{"id": drive.id, "name": drive.name} for drive in named], path, query)
                case ["sites", host, *rest]:
                    site = "/".join((host.rstrip(":"), *rest))
                    return _json({"id": f"site:{site}"}) if site in self.sites else _refusal(404, "itemNotFound")
        return _refusal(404, "ResourceNotFound")

    def order(self, path: str, told: dict[str, Any]) -> _Answer:
        """Do what is asked for, in a mailbox."""
        with self._lock:
            match [unquote(part) for part in path.split("/")]:
                case ["users", person, "mailFolders"] if person in self.mailboxes:
                    return self._make_folder(person, told)
                case ["users", person, "messages", key, "move"] if key in self._messages_of(person):
                    return self._move_to(person, key, told.get("destinationId"))
                case ["users", person, "messages", key, "permanentDelete"] if key in self._messages_of(person):
                    self.purges[key] = self.mailboxes[person].messages[key]
                    self.remove_message(person, key)
                    return _Answer(204, {}, b"")
        return _refusal(404, "ErrorItemNotFound")

    def _messages_of(self, person: str) -> dict[str, Message]:
        return self.mailboxes[person].messages if person in self.mailboxes else {}

    def _make_folder(self, person: str, told: dict[str, Any]) -> _Answer:
        box, name = self.mailboxes[person], told["displayName"]
        if any((each.parent, each.name) == (box.well_known["msgfolderroot"], name) for each in box.folders.values()):
            return _refusal(409, "ErrorFolderExists")
        made = self.add_folder(person, name, isHidden=told.get("isHidden", False))
        return _json(_folder(box, box.folders[made]), 201)

    def _move_to(self, person: str, key: str, to: Any) -> _Answer:
        box = self.mailboxes[person]
        message, target = box.messages[key], box.well_known.get(to, to)
        if target not in box.folders:
            return _refusal(404, "ErrorItemNotFound")
        self._happened(person, message, message.folder, left=True)
        message.folder = target
        self._happened(person, message, target)
        return _json(_message(message), 201)

    def download(self, key: str) -> bytes | None:
        found = [entry for drive in self.drives.values() for entry in drive.entries.values() if entry.id == key]
        return found[0].content if found and not found[0].is_gone else None

    def _mail(self, person: str, rest: list[str], path: str, query: dict[str, list[str]]) -> _Answer:
        box = self.mailboxes[person]
        match rest:
            case ["mailFolders", name, *what] if (key := box.well_known.get(name, name)) in box.folders:
                return self._mail_folder(box, box.folders[key], what, path, query)
            case ["messages", key, "$value"] if key in box.messages:
                return _Answer(200, {"Content-Type": "text/plain"}, box.messages[key].content)
            case ["messages", key] if key in box.messages:
                return _json(_message(box.messages[key]))
            case ["messages", key] if self.shows_purged and key in self.purges:
                return _json(_message(self.purges[key]) | {"parentFolderId": "recoverable"})
        return _refusal(404, "ErrorItemNotFound")

    def _mail_folder(
        self, box: Mailbox, folder: Folder, what: list[str], path: str, query: dict[str, list[str]]
    ) -> _Answer:  # fmt: skip
        match what:
            case ["messages", "delta"]:
                return self._messages_delta(box, folder, path, query)
            case ["messages"]:
                inside = [_message(message) for message in box.messages.values() if message.folder == folder.id]
                return self._page(inside, path, query)
            case ["childFolders"]:
                below = [_folder(box, other) for other in box.folders.values() if other.parent == folder.id]
                return self._page(below, path, query)
        return _json(_folder(box, folder))

    def _messages_delta(self, box: Mailbox, folder: Folder, path: str, query: dict[str, list[str]]) -> _Answer:
        since, until, at = self._turn(query)
        if 0 < since < self._forgotten:
            return _refusal(410, "SyncStateNotFound")
        latest: dict[str, bool] = {}
        for when, key, left in folder.events:
            if since < when <= until:
                latest.pop(key, None)
                latest[key] = left
        told = [
            {"id": key, "@removed": {"reason": "deleted"}} if left else _message(box.messages[key])
            for key, left in latest.items()
            if (left and since) or (not left and key in box.messages)
        ]
        return self._delta(told, path, since, until, at)

    def _drive(self, key: str, rest: list[str], path: str, query: dict[str, list[str]]) -> _Answer:
        drive = self.drives[key]
        if rest == ["root", "delta"]:
            return self._drive_delta(drive, path, query)
        entry: Entry | None = None
        if rest[:1] == ["items"]:
            entry, what = drive.entries.get(rest[1]), "".join(rest[2:])
        else:
            where, _, what = "/".join(rest[1:]).partition(":/")
            with suppress(KeyError):
                entry = self.entry(key, where)
        if entry is None or self._is_lost(drive, entry):
            return _refusal(404, "itemNotFound")
        return self._entry(drive, entry, what, path, query)

    def _entry(self, drive: Drive, entry: Entry, what: str, path: str, query: dict[str, list[str]]) -> _Answer:
        if what == "content":
            return _Answer(302, {"Location": f"{self.downloads}/download/{entry.id}?tempauth=pre-signed"}, b"")
        if what == "permissions":
            return self._page(entry.permissions, path, query)
        if what == "children":
            inside = [other for other in drive.entries.values() if other.parent == entry.id and not other.is_gone]
            return self._page([_entry_facts(drive, other) for other in inside], path, query)
        return _json(_entry_facts(drive, entry))

    def _drive_delta(self, drive: Drive, path: str, query: dict[str, list[str]]) -> _Answer:
        since, until, at = self._turn(query)
        if 0 < since < self._forgotten:
            answer = _refusal(410, "resyncChangesApplyDifferences")
            return _Answer(410, {"Location": f"{self.authority}/v1.0/{path}"}, answer.body)
        moved = [entry for entry in drive.entries.values() if since < entry.when <= until and not entry.is_hidden]
        if not since:
            moved = [entry for entry in moved if not self._is_lost(drive, entry)]
        # Folders above what changed come along, as they do where deltaExcludeParent is not asked for.
        told = {entry.id: entry for entry in reversed(moved)}
        for entry in moved:
            while entry.parent is not None and entry.parent not in told:
                entry = drive.entries[entry.parent]  # noqa: PLW2901
                if entry.is_gone or entry.is_hidden:
                    break
                told[entry.id] = entry
        return self._delta([_entry_facts(drive, entry) for entry in told.values()], path, since, until, at)

    def _turn(self, query: dict[str, list[str]]) -> tuple[int, int, int]:
        """Changes since when and until when are told, and from which on."""
        told = (query.get("$skiptoken") or query.get("$deltatoken") or query.get("token") or [""])[0]
        if not told:
            return 0, self._clock, 0
        since, until, at = (int(number) for number in base64.urlsafe_b64decode(told).split(b"."))
        return since, until or self._clock, at

    def _delta(self, told: list[dict[str, Any]], path: str, since: int, until: int, at: int) -> _Answer:
        end = at + self.page_size
        page: dict[str, Any] = {"value": told[at:end]}
        here = f"{self.base}/{quote(unquote(path), safe='/')}"
        if end < len(told):
            page["@odata.nextLink"] = f"{here}?$skiptoken={_turn_token(since, until, end)}"
        else:
            page["@odata.deltaLink"] = f"{here}?$deltatoken={_turn_token(until, 0, 0)}"
        return _json(page)

    def _page(self, values: list[dict[str, Any]], path: str, query: dict[str, list[str]]) -> _Answer:
        at = int(query.get("$skip", ["0"])[0])
        page: dict[str, Any] = {"value": values[at : at + self.page_size]}
        if at + self.page_size < len(values):
            page["@odata.nextLink"] = f"{self.base}/{quote(unquote(path), safe='/')}?$skip={at + self.page_size}"
        return _json(page)

    def _happened(self, mailbox: str, message: Message, folder: str, *, left: bool = False) -> None:
        self.mailboxes[mailbox].folders[folder].events.append((self._tick(), message.id, left))

    def _new_drive(self, name: str) -> str:
        drive = Drive(f"b!{_an_id('drive')}", name)
        self.drives[drive.id] = drive
        root = _an_id("root")
        drive.entries[root] = Entry(root, None, "root", {"root": {}, "folder": {}}, when=self._tick())
        return drive.id

    def _new_entry(self, drive: str, parent: Entry, name: str, facets: dict[str, Any]) -> Entry:
        entry = Entry(_an_id("entry"), parent.id, name, facets, when=self._tick())
        self.drives[drive].entries[entry.id] = entry
        return entry

    def _child(self, drive: str, parent: Entry, name: str) -> Entry | None:
        inside = self.drives[drive].entries.values()
        found = [entry for entry in inside if (entry.parent, entry.name, entry.is_gone) == (parent.id, name, False)]
        return found[0] if found else None

    def _is_lost(self, drive: Drive, entry: Entry) -> bool:
        """Whether it is gone, or lies in something that is."""
        while not entry.is_gone and entry.parent is not None:
            entry = drive.entries[entry.parent]
        return entry.is_gone

    def _tick(self) -> int:
        self._clock += 1
        return self._clock


@dataclass(frozen=True)
class _Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, graph: Graph, handler: type[_Handler], context: ssl.SSLContext) -> None:
        self.graph = graph
        self._open: set[Any] = set()
        super().__init__(("127.0.0.1", 0), handler)
        # The handshake is left to the thread of the connection, so that no client keeps the others waiting.
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        super().server_close()
        for request in list(self._open):
            self.shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client may end its connection when it likes."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def log_message(self, *arguments: Any) -> None:
        pass

    def __getattr__(self, name: str) -> Callable[[], None]:
        """What answers a method that is neither GET nor, at the token endpoint, POST."""
        if name.startswith("do_"):
            return self._refuse_to_write
        raise AttributeError(name)

    def _refuse_to_write(self) -> None:
        self.server.graph.written.append(f"{self.command} {self.path}")
        self._send(_refusal(405, "methodNotAllowed"))

    def _send(self, answer: _Answer) -> None:
        """Headers and body in one piece: else each answer waits for an acknowledgement."""
        lines = [f"HTTP/1.1 {answer.status} Answer"]
        lines += [f"{name}: {value}" for name, value in answer.headers.items()]
        lines += [f"Content-Length: {len(answer.body)}", "", ""]
        self.wfile.write("\r\n".join(lines).encode() + answer.body)

    def _is_failed(self) -> bool:
        fault = self.server.graph.fault(self.path)
        if fault is None:
            return False
        if fault.is_broken_off:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{")
            self.close_connection = True
        else:
            self._send(_Answer(fault.status, fault.headers, fault.body))
        return True


class _GraphHandler(_Handler):
    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        graph = self.server.graph
        if graph.may_order(self.headers.get("Authorization", "")):
            self._take_order(json.loads(form or "{}"))
        elif self.path != f"/{TENANT}/oauth2/v2.0/token":
            self._refuse_to_write()
        elif not self._is_failed():
            status, told = graph.sign_in(parse_qs(form), f"{graph.authority}{self.path}")
            self._send(_json(told, status))

    def _take_order(self, told: dict[str, Any]) -> None:
        graph, path = self.server.graph, urlsplit(self.path).path.removeprefix("/v1.0/")
        graph.ordered.append(f"POST {path}")
        with graph.counted(_lane(path)) as is_taken:
            if not is_taken:
                self._send(_refusal(429, "ApplicationThrottled", {"Retry-After": "1"}))
            elif 'IdType="ImmutableId"' not in self.headers.get("Prefer", ""):
                self._send(_refusal(400, "this fake gives immutable ids alone"))
            elif graph.answers_lost:
                status = graph.answers_lost.pop(0)
                graph.order(path, told)
                self.close_connection = not status
                if status:
                    self._send(_refusal(status, "generalException"))
            elif not self._is_failed():
                self._send(graph.order(path, told))

    def do_GET(self) -> None:
        graph, address = self.server.graph, urlsplit(self.path)
        graph.asked.append(f"GET {self.path}")
        if address.path == f"/{TENANT}/v2.0/.well-known/openid-configuration":
            self._send(_json(_discovery(graph.authority)))
            return
        path = address.path.removeprefix("/v1.0/")
        with graph.counted(_lane(path)) as is_taken:
            if self._is_failed():
                return
            if not graph.takes(self.headers.get("Authorization", "")):
                self._send(_refusal(401, "InvalidAuthenticationToken"))
            elif not is_taken:
                self._send(_refusal(429, "ApplicationThrottled", {"Retry-After": "1"}))
            elif 'IdType="ImmutableId"' not in self.headers.get("Prefer", ""):
                self._send(_refusal(400, "this fake gives immutable ids alone"))
            else:
                self._send(graph.answer(path, parse_qs(address.query)))


class _DownloadHandler(_Handler):
    def do_GET(self) -> None:
        graph = self.server.graph
        graph.asked.append(f"GET {self.path}")
        if "Authorization" in self.headers:
            graph.leaked.append(self.path)
        if self._is_failed():
            return
        content = graph.download(urlsplit(self.path).path.rpartition("/")[2])
        if content is None:
            self._send(_refusal(404, "itemNotFound"))
            return
        wanted = self.headers.get("Range", "").removeprefix("bytes=").split("-")
        if len(wanted) == 2:
            first, last = int(wanted[0]), min(int(wanted[1]), len(content) - 1)
            where = {"Content-Range": f"bytes {first}-{last}/{len(content)}"}
            self._send(_Answer(206, where, content[first : last + 1]))
        else:
            self._send(_Answer(200, {}, content))


@contextmanager
def running_graph() -> Iterator[Graph]:
    """An empty tenant on free ports of the loopback interface."""
    with tempfile.TemporaryDirectory(prefix="graph-") as folder:
        graph = Graph(Path(folder))
        graph.start()
        try:
            yield graph
        finally:
            graph.stop()


def a_credential() -> tuple[str, x509.Certificate]:
    """A PEM text with a new key and its certificate, as an application is given them; and the certificate."""
    key = rsa.generate_private_key(65537, 2048)
    certificate = _certificate(key)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )  # fmt: skip
    return (private + certificate.public_bytes(serialization.Encoding.PEM)).decode(), certificate


def _tls(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(key)
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )  # fmt: skip
    (folder / "key.pem").write_bytes(private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context


def _certificate(key: Any) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "graph for tests")])
    today = datetime.now(UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(today - timedelta(days=1))
    builder = builder.not_valid_after(today + timedelta(days=1))
    return builder.add_extension(here, critical=False).sign(key, hashes.SHA256())


def _is_signed(assertion: str, certificate: x509.Certificate | None, audience: str) -> bool:
    import jwt  # noqa: PLC0415  comes with msal, and only tests of certificates need it

    if certificate is None:
        return False
    try:
        jwt.decode(assertion, certificate.public_key(), algorithms=["PS256", "RS256"], audience=audience)
    except jwt.InvalidTokenError:
        return False
    return True


def _discovery(authority: str) -> dict[str, str]:
    at = f"{authority}/{TENANT}"
    return {
        "issuer": f"{at}/v2.0",
        "authorization_endpoint": f"{at}/oauth2/v2.0/authorize",
        "token_endpoint": f"{at}/oauth2/v2.0/token",
    }


def _an_id(kind: str) -> str:
    return f"{kind}-{secrets.token_hex(10)}"


def _hash(content: bytes) -> str:
    return base64.b64encode(hashlib.blake2b(content, digest_size=20).digest()).decode()


def _lane(path: str) -> str:
    return "/".join(unquote(path).split("/")[:2])


def _turn_token(since: int, until: int, at: int) -> str:
    return base64.urlsafe_b64encode(f"{since}.{until}.{at}".encode()).decode()


def _folder(box: Mailbox, folder: Folder) -> dict[str, Any]:
    inside = sum(other.parent == folder.id for other in box.folders.values())
    told = {"id": folder.id, "displayName": folder.name, "parentFolderId": folder.parent, "childFolderCount": inside}
    return told | folder.facts


def _message(message: Message) -> dict[str, Any]:
    size = {"id": "Long 0xe08", "value": str(len(message.content))}
    told = {"id": message.id, "parentFolderId": message.folder, "singleValueExtendedProperties": [size]}
    return told | message.facts


def _entry_facts(drive: Drive, entry: Entry) -> dict[str, Any]:
    above = {"parentReference": {"driveId": drive.id} | ({"id": entry.parent} if entry.parent else {})}
    if entry.is_gone:
        return {"id": entry.id, "deleted": {"state": "deleted"}, **above}
    times = {"createdDateTime": "2020-01-02T03:04:05Z", "lastModifiedDateTime": "2020-02-03T04:05:06.7890123Z"}
    told = {"id": entry.id, "name": entry.name, "size": len(entry.content), "eTag": f'"{entry.id},{entry.when}"'}
    return told | {"fileSystemInfo": times} | above | entry.facets


def _json(told: Any, status: int = 200) -> _Answer:
    return _Answer(status, {"Content-Type": "application/json"}, json.dumps(told).encode())


def _refusal(status: int, code: str, headers: dict[str, str] | None = None) -> _Answer:
    answer = _json({"error": {"code": code, "message": "An explanation that may quote Jo Bloggs."}}, status)
    return _Answer(status, answer.headers | (headers or {}), answer.body)

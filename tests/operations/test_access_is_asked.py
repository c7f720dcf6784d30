"""No operation changes an inventory without asking who may: found by reading the code, so that none can be forgotten.

Everything that writes opens `inventory.engine.writing`. Whoever mentions it, or anything that mentions it, writes too:
functions, and classes by their methods, through all that is imported, and through the types of what is handed in, which
mypy has everybody write down. That ends at a function that asks before it does so, or that takes the `Authority` that
asking alone gives. What is left over and is public in operations/, or stands in a door, has forgotten to ask.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOORS = ("cli", "web")

SOURCE = "inventory.engine.writing"
SCHEMA = {"inventory.schema.migrate", "inventory.schema.downgrade", "inventory.engine.open_inventory"}
"""They make the tables, and change nothing that stands in them."""

HARMLESS = {
    "inventory.audit.keep_audit_key": "the id of the key, when a trail is first opened: nobody decides it",
    "operations.wiring.ToolkitMaker": "asks the queue what waits, and writes nothing",
    "operations.hosts.capacity.keeping_cost": "writes an inventory of its own, and throws it away",
    "operations.people.sign_in.sign_in": "nobody is known yet: by this one becomes an actor",
    "operations.people.sign_in.renew_password": "one's own, shown by the password before",
    "operations.people.sessions.begin_session": "one's own, after sign_in",
    "operations.people.sessions.resume_session": "one's own: that it was used",
    "operations.people.sessions.end_session": "one's own",
    "operations.people.sessions.say_once": "one's own: what the next page says",
    "operations.people.sessions.begin_try": "nobody is known yet: on the way to a provider",
    "operations.people.sessions.end_try": "nobody is known yet: back from a provider",
    "operations.people.single_sign_on.admit": "nobody is known yet: by this one becomes an actor",
}
"""What writes nothing, or nothing that anybody is to be asked for."""

BELOW = {
    "operations.wiring.ocr_queue": "makes what scan_sources writes by",
    "operations.wiring.recorder_of": "makes what scan_sources writes by",
    "operations.scanning.run.Run": "one scan of scan_sources",
    "operations.scanning.run.scan": "one scan of scan_sources",
    "operations.people.directory.know_people": "the end of scan_sources",
    "operations.scanning.recognise.recognise": "the end of scan_sources",
    "operations.scanning.telling.telling": "the figures of scan_sources",
    "operations.scanning.engine.engine_of": "makes what scan_sources writes by",
    "operations.scanning.engine.ClusterEngine": "what scan_sources writes by",
    "operations.scanning.engine.recognises_with": "makes what scan_sources writes by",
    "operations.executors.leasing.LeasingExecutor": "what scan_sources writes by",
    "operations.hosts.lease_work.Examining": "what a worker_host, which asks, writes by",
    "operations.hosts.worker_host.WorkerHost": "what a worker_host, which asks, does",
    "operations.hosts.lease_work.Recognising": "what a worker_host, which asks, writes by",
    "operations.hosts.hosting.same_key_as": "the beginning of a worker_host, which asks",
}
"""Parts of operations that ask: they write, and who calls them must have asked."""


@dataclass
class Definition:
    """A function, or a method under the name of its class: whom it mentions in all, and where its body does so."""

    name: str
    owner: str
    node: ast.FunctionDef
    known: dict[str, str]
    mentions: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self.known = self.known | imported(ast.walk(self.node))
        self.mentions = {resolved for resolved, _ in self.at(self.node)}

    def at(self, part: ast.AST) -> Iterator[tuple[str, int]]:
        for node in ast.walk(part):
            text = ast.unparse(node) if isinstance(node, ast.Name | ast.Attribute) else ""
            first, _, rest = text.partition(".")
            if first == "self" and rest:
                yield f"{self.owner}.{rest.partition('.')[0]}", node.lineno
            elif first in self.known:
                yield ".".join(filter(None, (self.known[first], rest))), node.lineno

    def is_answered_for(self, asking: set[str], writers: set[str]) -> bool:
        """Whether it was called with an authority, or asks for one before it first mentions what writes."""
        arguments = (*self.node.args.args, *self.node.args.kwonlyargs)
        if any(ast.unparse(one.annotation) in ("Authority", "Change") for one in arguments if one.annotation):
            return True
        lines: dict[bool, int] = {}
        for statement in self.node.body:
            for name, line in self.at(statement):
                if name in asking or name in writers:
                    lines[name in asking] = min(line, lines.get(name in asking, line))
        return True in lines and lines[True] < lines.get(False, lines[True] + 1)


def imported(nodes: Iterator[ast.AST]) -> dict[str, str]:
    """What names of imported things mean."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names
    }  # fmt: skip


@cache  # Reading all code takes longer than everything that is asked of it.
def definitions(root: Path, *packages: str) -> list[Definition]:
    paths = (path for package in packages for path in sorted((root / package).rglob("*.py")))
    return [one for path in paths if "migrations" not in path.parts for one in of_module(root, path)]


def of_module(root: Path, path: Path) -> Iterator[Definition]:
    module = ".".join(path.relative_to(root).with_suffix("").parts)
    tree = ast.parse(path.read_text("utf-8"))
    own = {node.name: f"{module}.{node.name}" for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    known = imported(iter(tree.body)) | own
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield Definition(f"{module}.{node.name}", module, node, known)
        elif isinstance(node, ast.ClassDef):
            methods = (one for one in node.body if isinstance(one, ast.FunctionDef))
            yield from (Definition(f"{own[node.name]}.{one.name}", own[node.name], one, known) for one in methods)


def writers(code: list[Definition], harmless: set[str]) -> set[str]:
    """The names of all that writes and for which nobody was asked; a class writes when a method of it does."""
    asking = {one.name for one in code if one.node.returns and ast.unparse(one.node.returns) == "Authority"}
    names, free = {SOURCE}, harmless | SCHEMA
    while True:
        more = {
            name for one in code if not names.isdisjoint(one.mentions) for name in {one.name, outside(one)}
            if name not in names and free.isdisjoint({one.name, one.owner}) and not one.is_answered_for(asking, names)
        }  # fmt: skip
        if not more:
            return names
        names |= more


def outside(one: Definition) -> str:
    """By which it is reached from outside: the class of a public method, or the function itself."""
    simple, (*_, owner) = one.name.rpartition(".")[2], one.owner.split(".")
    is_reached = not simple.startswith("_") or simple.endswith("__")
    return one.owner if owner.lstrip("_")[0].isupper() and is_reached else one.name


def unasked(root: Path, harmless: set[str], below: set[str]) -> set[str]:
    """What is public in operations/, or stands in a door, and writes though nobody was asked."""
    code = definitions(root, "inventory", "operations", *DOORS)
    found = writers(code, harmless)
    return {
        name for one in code if (name := outside(one)) in found and name not in below
        and (name.startswith(DOORS) or (name.startswith("operations.") and "._" not in name))
    }  # fmt: skip


def test_nothing_is_changed_before_somebody_has_asked_who_may():
    assert unasked(ROOT, set(HARMLESS), set(BELOW)) == set()


@pytest.mark.parametrize("name", [*HARMLESS, *BELOW])
def test_what_need_not_ask_is_there_and_would_else_be_found(name):
    assert name in writers(definitions(ROOT, "inventory", "operations", *DOORS), set(HARMLESS) - {name})


ENGINE = "def writing(database): ...\ndef reading(database): ...\n"
NOTES = "from inventory.engine import writing\n\n\ndef keep(database):\n    with writing(database):\n        pass\n"
KEEPER = (
    "from inventory.engine import writing\n\n\nclass Keeper:\n    def keep(self):\n        self._keep()\n\n"
    "    def _keep(self):\n        with writing(self.database):\n            pass\n"
)


@pytest.mark.parametrize(
    ("operation", "found"),
    [
        ("def act(actor, database):\n    ask(actor)\n    keep(database)\n", False),
        ("def act(authority: Authority, database):\n    keep(database)\n", False),
        ("def act(database):\n    return reading(database)\n", False),
        ("def act(database):\n    keep(database)\n", True),
        ("def act(actor, database):\n    keep(database)\n    ask(actor)\n", True),
        ("def act(database):\n    _below(database)\n\n\ndef _below(database):\n    keep(database)\n", True),
        ("def act(actor, it):\n    ask(actor)\n    _below(it)\n\n\ndef _below(it):\n    keep(it)\n", False),
        ("def act(keeper: Keeper):\n    keeper.keep()\n", True),
        ("class Act:\n    def run(self, keeper: Keeper):\n        keeper.keep()\n", True),
        ("def act(database):\n    from inventory.notes import keep as write\n    write(database)\n", True),
        ("def act(database):\n    with writing(database):\n        pass\n", True),
    ],
)  # fmt: skip
def test_an_operation_that_forgets_to_ask_is_found(tmp_path, operation, found):
    imports = (
        "from inventory.engine import reading, writing\nfrom inventory.keeper import Keeper\n"
        "from inventory.notes import keep\nfrom operations.access import ask\n\n\n"
    )
    files = {
        "inventory/engine.py": ENGINE, "inventory/notes.py": NOTES, "inventory/keeper.py": KEEPER,
        "operations/access.py": "def ask(actor) -> Authority: ...\n", "operations/act.py": imports + operation,
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert bool(unasked(tmp_path, set(), set())) is found


def test_only_asking_gives_an_authority():
    made = [
        path for package in ("domain", "inventory", "operations", *DOORS) for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Authority"
    ]  # fmt: skip
    assert made == [ROOT / "operations" / "access.py"]

"""The records of JSON (RFC 8259), whether it is one text, a line for each or broken off."""

from __future__ import annotations

import re

from classifiers.columns.records import Gathering
from classifiers.columns.tree import Tree

_ENDS = r"(?!\s{0,200}(?:[,}\]:]|\Z))"
_TOKEN = re.compile(
    rf'"([^"\\\n]{{1,100}})"\s{{0,200}}:\s{{0,200}}(?:"((?:[^"\\]++|\\[\s\S]|"{_ENDS})*+)"|([\w.+-]++))?+'
    r'|([\[{])|([\]}])|"((?:[^"\\\n]++|\\.)*+)"(?=\s{0,200}[,\]])'
)
_NO_NAME = re.compile(r"[^A-Za-z]*|.*(?:\d{4}|[/@\\]).*|.{41,}")
_NOTHING = frozenset({"null", "true", "false"})


def gather(text: str, found: Gathering) -> None:
    """Take in the records of a text. A quotation mark that ends no string is part of it, as readers leave them.

    A name that is none, such as a number, is that of an item: objects are lists too.
    """
    if '":' not in text and '" :' not in text:
        return
    tree = Tree(found, "json")
    pending = ""
    in_list: list[str | None] = []
    for token in _TOKEN.finditer(text):
        name, string, literal, opens, closes, item = token.groups()
        if name is not None:
            pending = name
            if string is not None or literal is not None:
                _value(tree, name, token, 2 if string is not None else 3)
                pending = ""
        elif opens:
            _open(tree, pending, opens, in_list, token.start())
            pending = ""
        elif closes:
            is_object = in_list.pop() is None if in_list else closes == "}"
            if is_object:
                tree.close(token.end())
        elif item and in_list and in_list[-1]:
            tree.value(in_list[-1], *token.span(6))


def _value(tree: Tree, name: str, token: re.Match[str], group: int) -> None:
    if group == 2 or token[3].lower() not in _NOTHING:
        tree.value(name, *token.span(group))


def _open(tree: Tree, name: str, opens: str, in_list: list[str | None], at: int) -> None:
    """A list is but remembered with its name, and what opens in it is its item."""
    if opens == "[":
        in_list.append(name or (in_list[-1] if in_list else "") or "")
        return
    of_list = in_list[-1] if in_list and in_list[-1] is not None else None
    is_item = of_list is not None or not name or bool(_NO_NAME.fullmatch(name))
    tree.open((of_list or "") if is_item else name, at, is_item=is_item)
    in_list.append(None)

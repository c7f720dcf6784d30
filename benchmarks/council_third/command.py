"""The command of a draw: it writes its documents, or a half of them, and says how many there are of what."""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any


def write(
    usage: str | None, documents: Callable[[int, int], Iterable[Mapping[str, Any]]], *, count: int, seed: int
) -> None:
    """What the command line asks of a draw; `count` documents for `seed` where it does not say."""
    parser = argparse.ArgumentParser(description=usage, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--documents", type=int, default=count)
    parser.add_argument("--seed", type=int, default=seed)
    parser.add_argument(
        "--half", choices=("open", "closed"), help="only what rules were mended by, or what judges them"
    )
    asked = parser.parse_args()
    counts: Counter[str] = Counter()
    with open(asked.out, "w", encoding="utf-8") as file:
        for document in documents(asked.documents, asked.seed):
            if asked.half in (None, half_of(document["template"])):
                file.write(json.dumps(document, ensure_ascii=False) + "\n")
                counts.update(_facts(document))
    for name, number in sorted(counts.items()):
        print(f"{name}\t{number}")


def half_of(template: str) -> str:
    """Which half a template is in, by its name."""
    return "closed" if hashlib.md5(template.encode()).digest()[0] & 1 else "open"


def _facts(document: Mapping[str, Any]) -> list[str]:
    """What the document counts towards: its verdict, family, classes, kinds and origins of names."""
    facts = [f"family {document['family']}", "documents personal" if document["personal"] else "documents not personal"]
    facts += [f"class {name}" for name in document["special"]]
    facts += [f"class {name}" for name in ("children", "criminal") if document[name]]
    facts += [f"kind {entity['type']}" for entity in document["entities"]]
    return facts + [f"origin {entity['origin']}" for entity in document["entities"] if "origin" in entity]

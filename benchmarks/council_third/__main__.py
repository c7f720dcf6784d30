"""Write the third draw of the labelled evaluation set.

usage: python -m benchmarks.council_third OUT.jsonl [--documents N] [--seed N] [--half open|closed]
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter

from .draw import NEGATIVE, POSITIVE, documents


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--documents", type=int, default=1140)
    parser.add_argument("--seed", type=int, default=31826)
    parser.add_argument(
        "--half", choices=("open", "closed"), help="only what rules were mended by, or what judges them"
    )
    asked = parser.parse_args()
    counts: Counter[str] = Counter()
    with open(asked.out, "w", encoding="utf-8") as file:
        for document in documents(asked.documents, asked.seed):
            if asked.half not in (None, half_of(str(document["template"]))):
                continue
            file.write(json.dumps(document, ensure_ascii=False) + "\n")
            counts.update(facts(document))
    print(f"{len(POSITIVE)} personal templates, {len(NEGATIVE)} others")
    for name, count in sorted(counts.items()):
        print(f"{name}\t{count}")


def half_of(template: str) -> str:
    """Which half a template is in, by its name."""
    return "closed" if hashlib.md5(template.encode()).digest()[0] & 1 else "open"


def facts(document: dict[str, object]) -> list[str]:
    """What the document counts towards: its verdict, family, classes, kinds and origins of names."""
    entities, special = document["entities"], document["special"]
    assert isinstance(entities, list)
    assert isinstance(special, list)
    facts = [f"family {document['family']}", "documents personal" if document["personal"] else "documents not personal"]
    facts += [f"class {name}" for name in special]
    facts += [f"class {name}" for name in ("children", "criminal") if document[name]]
    facts += [f"kind {entity['type']}" for entity in entities]
    return facts + [f"origin {entity['origin']}" for entity in entities if "origin" in entity]


if __name__ == "__main__":
    main()

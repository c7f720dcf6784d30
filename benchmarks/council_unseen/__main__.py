"""Write the second draw of the labelled evaluation set.

usage: python benchmarks/council_unseen OUT.jsonl [--documents N] [--seed S]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

# Run as a folder, Python puts the folder itself first; the package is found from the repository.
sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.council_unseen.draw import NEGATIVE, POSITIVE, documents  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20260)
    asked = parser.parse_args()
    counts: Counter[str] = Counter()
    with open(asked.out, "w", encoding="utf-8") as file:
        for document in documents(asked.documents, asked.seed):
            file.write(json.dumps(document, ensure_ascii=False) + "\n")
            counts.update(_facts(document))
    print(f"{len(POSITIVE)} personal templates, {len(NEGATIVE)} others")
    for name, count in sorted(counts.items()):
        print(f"{name}\t{count}")


def _facts(document: dict[str, object]) -> list[str]:
    """What the document counts towards: its verdict, family, classes, kinds and origins of names."""
    entities = document["entities"]
    special = document["special"]
    assert isinstance(entities, list)
    assert isinstance(special, list)
    facts = [f"family {document['family']}", "documents personal" if document["personal"] else "documents not personal"]
    facts += [f"class {name}" for name in special]
    facts += [f"class {name}" for name in ("children", "criminal") if document[name]]
    facts += [f"kind {entity['type']}" for entity in entities]
    return facts + [f"origin {entity['origin']}" for entity in entities if "origin" in entity]


if __name__ == "__main__":
    main()

"""Write the fourth draw of the labelled evaluation set.

usage: python -m benchmarks.council_fourth OUT.jsonl [--documents N] [--seed N] [--half open|closed]
"""

from __future__ import annotations

import argparse
import json
from collections import Counter

from benchmarks.council_third.__main__ import facts, half_of

from .draw import NEGATIVE, POSITIVE, documents


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--documents", type=int, default=2 * max(len(POSITIVE), len(NEGATIVE)))
    parser.add_argument("--seed", type=int, default=47109)
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


if __name__ == "__main__":
    main()

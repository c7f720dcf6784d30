"""Write the fourth draw of the labelled evaluation set.

usage: python -m benchmarks.council_fourth OUT.jsonl [--documents N] [--seed N] [--half open|closed]
"""

from __future__ import annotations

from benchmarks.council_third.command import write

from .draw import NEGATIVE, POSITIVE, documents


def main() -> None:
    write(__doc__, documents, count=2 * max(len(POSITIVE), len(NEGATIVE)), seed=47109)
    print(f"{len(POSITIVE)} personal templates, {len(NEGATIVE)} others")


if __name__ == "__main__":
    main()

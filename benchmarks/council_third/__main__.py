"""Write the third draw of the labelled evaluation set.

usage: python -m benchmarks.council_third OUT.jsonl [--documents N] [--seed N] [--half open|closed]
"""

from __future__ import annotations

from .command import write
from .draw import NEGATIVE, POSITIVE, documents


def main() -> None:
    write(__doc__, documents, count=1140, seed=31826)
    print(f"{len(POSITIVE)} personal templates, {len(NEGATIVE)} others")


if __name__ == "__main__":
    main()

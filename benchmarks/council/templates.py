"""All templates of the set, and the pools of paragraphs they pick from."""

from __future__ import annotations

from benchmarks.council.templates_care import CARE, POOLS_OF_CARE
from benchmarks.council.templates_letters import LETTERS, POOLS_OF_LETTERS
from benchmarks.council.templates_more import MORE, ORDINARY_MORE, POOLS_OF_MORE
from benchmarks.council.templates_office import OFFICE, POOLS_OF_OFFICE
from benchmarks.council.templates_ordinary import ORDINARY, POOLS_OF_ORDINARY
from benchmarks.council.templates_ordinary_sheets import ORDINARY_SHEETS
from benchmarks.council.templates_said import POOLS_OF_SAID
from benchmarks.council.templates_sheets import POOLS_OF_SHEETS, SHEETS

POSITIVE = (*LETTERS, *CARE, *OFFICE, *SHEETS, *MORE)
NEGATIVE = (*ORDINARY, *ORDINARY_SHEETS, *ORDINARY_MORE)
POOLS = {
    **POOLS_OF_LETTERS,
    **POOLS_OF_CARE,
    **POOLS_OF_OFFICE,
    **POOLS_OF_ORDINARY,
    **POOLS_OF_SAID,
    **POOLS_OF_SHEETS,
    **POOLS_OF_MORE,
}

"""The fourth draw of the labelled evaluation set: British councils' papers that no rule was mended by.

What it is
    Whole papers only (`texts/`, one `===` heading each), by an author who read neither the classifiers and their cases
    nor the texts of the other draws. They are written in the language of the third draw (`benchmarks.council_third`),
    with its people and places, and drawn, roughened and proved as its papers are. Everybody, every firm and every
    place is invented, the long dead of local history apart.

How it is used
    `python -m benchmarks.council_fourth OUT.jsonl [--documents N] [--seed N]`, then `muniment accuracy OUT.jsonl`.
    It judges and mends nothing: its wording is not quoted in reports of misses.

How it is labelled
    As the third draw decides (`benchmarks.council_third`). Besides, where one could differ:
    - CHILD: every paper in which a child is named.
    - COUNCIL_REF: not the numbers of jobs, tickets, readers, passes and appointments.
    - SEXUALITY: also a spouse or partner of the same sex; not a transition, which is HEALTH where treatment is told.
    - GENETIC: also the outcome of a paternity test. HEALTH stands beside it where an inherited disorder is told.
"""

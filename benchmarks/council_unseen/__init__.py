"""The second draw of the labelled evaluation set: British councils' documents that no rule is tuned on.

What it is
    A seeded generator of documents with gold spans and gold verdicts. About half concern invented living people
    (letters, case notes, minutes, sheets, forms, threads, notes); the others are hard negatives (invoices between
    firms, registers, logs, code, policies, statistics, templates with blanks). Everybody, every firm and every place
    is invented; identifiers are random with check digits by their published rules, and look-alikes that fail them
    stand unlabelled among the negatives.

How it is used
    `python benchmarks/council_unseen OUT.jsonl [--documents 1000] [--seed 20260]`, then `muniment accuracy OUT.jsonl`.
    It is run for the final figure only. Rules, lexicons and thresholds are never tuned on it, and its wording is not
    quoted in reports of misses: who reads the templates to mend a rule has spent the set, and must write another.
    Its author read neither the classifiers and their cases nor the first draw.

How it is labelled
    One JSON object a line: id, template, family, text, entities (type, start, end; origin of a PERSON), personal,
    special, children, criminal. Text and spans are made together (`marked.py`), so that a span cannot drift; noise
    (capitals, scanning, wrapping) moves the spans with the text and leaves identifiers whole. `selfcheck.py` proves
    each document before it is written. Not labelled, as no one person is kept under them: planning and licence
    numbers, penalty charge notices, job and order numbers, initials alone, user names. Library tickets are labelled
    COUNCIL_REF. The dead of historical articles are not PERSON.
"""

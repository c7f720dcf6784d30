"""The third draw of the labelled evaluation set: British councils' papers for judging a release.

What it is
    A seeded generator of documents with gold spans and gold verdicts, by an author who read neither the classifiers
    and their cases nor the texts of the other two draws. Half relate to invented living people; the others are hard
    negatives and ordinary papers. It has whole papers (`texts/`, one `===` heading each) and several hundred single
    statements (`said.txt`, `said_publicly.txt`), each drawn once before any is drawn again, in short papers that
    carry them (`carriers*.txt`). Everybody, every firm and every place is invented, the long dead of local history
    and the titles of reports and Acts apart; identifiers have the check digits of their published rules.

How it is used
    `python -m benchmarks.council_third OUT.jsonl [--documents N] [--seed N]`, then `muniment accuracy OUT.jsonl`.
    It is run for the figures of a release only, and its wording is not quoted in reports of misses: who reads the texts
    to mend a rule has spent them, and must write others. One half of its templates was opened so (`--half open`); the
    texts of the other (`--half closed`) were read by nobody but their author, and judge.

How it is labelled
    As the second draw, with the same spans, noise and proof (`benchmarks.council_unseen`). A value is written and
    labelled by one slot (`language.py`), and a class is raised where it is said (`{!HEALTH}`), so that a choice
    between ways to go on takes its label with it. Decided so, where one could differ:
    - HEALTH: also pregnancy, an inherited disorder, a dated vaccination, a benefit given only for disability, and
      absence with its reason, and an injury seen by a doctor or nurse; not absence without a reason, nor an
      illness that is denied.
    - CRIMINAL (`CRIME`): also alleged offences, arrests, acquittals and endorsements; not penalty charges,
      liability orders, civil injunctions, "no convictions", the victims of crime, nor harm told of in care work or at
      school where no police, court or offence is named.
    - POLITICS: also the party of a councillor or candidate where it is named. UNION: also stewards and officials.
    - ETHNICITY: not nationality or language. RELIGION: not a diet, a school's denomination or a book borrowed.
    - BIOMETRIC: a print, face, voice or template kept of a person; not a photograph.
    - children (`CHILD`): any child concerned, and adult safeguarding.
    - COUNCIL_REF: not complaints, requests for information, planning, licence and penalty charge numbers.
"""

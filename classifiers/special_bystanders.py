"""Who is named in a paper that says nothing of them: whom to ask, who wrote it or answers for it; papers for all."""

from __future__ import annotations

import re

_ASKED_OF = re.compile(
    r"(?m)\bcontact(?:s|ing)?(?! (?:with|from|log|at|between)\b)|\bfor (?:more|further|any other) |\bto book\b"
    r"|\benquir(?:ies|e)\b|\bauthor\b|\b(?:prepared|issued|written|published) by\b|\breport (?:of|by)\b"
    r"|^(?:from|to|cc|sent by|editor|clerk):"
    r"|\b(?:ring|call|phone|telephone|e-?mail|speak to|write to|ask for) (?:[^\W\d_]+ )?\Z"
)
_IN_OFFICE = re.compile(
    r"\b(?:(?:author|owner|editor|tutor|trainer|lead|clerk|chair(?:man|person)?|manager|officer|curator|director"
    r"|co-?ordinator|head(?:teacher| of [^\W\d_]+)?|superintendent|supervisor|surveyor|inspector|assessor|presenter"
    r"|speaker|sponsor|lecturer|instructor|secretary|treasurer|agent|proprietor|buyer|broker|engineer|interpreter"
    r"|registrar|senco|members?|present)(?: \([^)\n]{0,30}\))?[:,]?"
    r"|(?:insp|sgt|prof|professor|rev|nurse|mayor|cllr|councillor|officer|director)\.?"
    r"|(?:completed|reviewed|approved|produced|compiled|hosted|led|run|opened|edited|thanked)(?: (?:by|with))?)"
    r" ?(?:(?:mr|mrs|ms|miss|mx|dr|cllr)\.? )?(?:[^\W\d_]+ )?\Z"
)
_CLOSING = re.compile(r"\b(?:regards|thanks|yours (?:sincerely|faithfully|truly)|best wishes|contacts?),?:?[ \r]*\n+\Z")
_MAILBOX = re.compile(r"[\w.'-]{0,40}@")
_LINE, _PHRASE = 200, 40
_PUBLISHED = re.compile(
    r"[ \t#*=-]{0,20}(?!.{0,90}\b(?:mr|mrs|ms|miss|re|dear|name|ref)\b)[^\n]{0,90}?\b(?:policy|procedure|leaflet"
    r"|fact ?sheet|guide|guidance|handbook|toolkit|strategy|annual report|bulletin|(?:press|news|media) release"
    r"|newsletter|job (?:advert|description)|person specification|vacanc(?:y|ies)|privacy notice|terms (?:of|and)"
    r"|catalogue|price list|prospectus|course|workshop|evening class|open day|code of practice|impact assessment"
    r"|toolbox talk|equality objectives|needs assessment|scrutiny|cabinet|parish council|partnership|consultation"
    r"|template|dashboard|specification|coshh|recipe|menu|census|ward profile|statistics|insurance|wording"
    r"|charter|term dates|exhibition|awareness|how to|committee report|contract|proposal|tender|quote|quotation"
    r"|procurement|research|brochure|business case|fund|jcc|joint consultative)\b"
)
_NOBODY_IN_PARTICULAR = (
    r"(?!sir|madam|all\b|both|colleague|resident|parent|carer|customer|householder|occupier|applicant|tenant|member|team"
    r"|neighbour|friend|councillors|editor|every(?:one|body)|voter|candidate|supplier|volunteer|staff|folks|there\b)"
)
_DEAR = re.compile(
    rf"(?m)^[ \t]*(?:dear {_NOBODY_IN_PARTICULAR}"
    rf"|(?:hi|hello|hiya|good (?:morning|afternoon)) {_NOBODY_IN_PARTICULAR}[^\W\d_]+(?: [^\W\d_]+)?(?:,|\r?$))"
)


def is_bystander(lower: str, start: int, end: int) -> bool:
    """Whether the name there is of whom to ask, who writes, or of whom an office is said and no more."""
    line = lower.rfind("\n", max(0, start - _LINE), start) + 1
    low = max(line, start - _PHRASE)
    before = _ASKED_OF.search(lower, low, start) or _IN_OFFICE.search(lower, low, start)
    return bool(before or is_in_a_mailbox(lower, end) or _CLOSING.search(lower, max(0, line - _PHRASE), line))


def is_in_a_mailbox(lower: str, end: int) -> bool:
    """Whether the word that ends there is part of a mailbox."""
    return _MAILBOX.match(lower, end) is not None


def is_letter(lower: str) -> bool:
    """Whether somebody in particular is written to."""
    return _DEAR.search(lower) is not None


def is_published(lower: str) -> bool:
    """Whether the first line heads a paper for all, where those who are named wrote it, teach it or answer for it."""
    return _PUBLISHED.match(lower) is not None

from __future__ import annotations

from collections.abc import Iterator

import regex

from classifiers.recognizers.name_words import OF_THINGS_TOO
from classifiers.recognizers.names import (
    WORD,
    begins_sentences,
    could_be_a_person,
    is_a_name_word,
    is_first_name,
    is_relation,
)
from classifiers.recognizers.pattern import DeclaredPattern

_ONLY_PEOPLE = (
    "rang|phoned|texted|telephoned|apologised|apologises|cried|shouted|swore|laughed|confided|remembers|lives|prays"
    "|put the phone down|stormed|wept|fainted|fell (?:out|over)|gave birth|passed away|got (?:married|upset|cross)"
)
_AS_PEOPLE_DO = (
    "said|says|asked|asks|e-?mailed|thinks|thought|believes|wants|wanted|feels|felt|explained|explains|replied|thanked"
    "|complained|suggested|stated|mentioned|disclosed|admitted|refused|declined|offered|promised|recalls|lived|suffers"
    "|knows|knew|described|describes|disagreed|enquired|queried|commented|volunteered|reiterated|resigned|likes|leaves"
    "|left|loves|hates|came|comes|goes|went|works|worked|attended|presented|moved|agreed|disagrees|understands|needs"
    "|from|in reception|kicked|hit|bit|pushed|punched|grabbed|stole|signed|arrived|returned|converted|put|told|took"
    "|takes"
)
_WAS = (
    r"(?:is|was|has been|seems|seemed|looked|became|felt) (?:very |quite |rather |a bit |still |now )?"
    "(?:upset|unwell|poorly|ill|cross|angry|happy|tired|pregnant|tearful|anxious|worried|pleased|unhappy|rude|late"
    "|drunk"
    "|off sick|on leave|away|diagnosed|sectioned|arrested|bullied|struck|asked|told|born|married|divorced|single|deaf)"
)
_WILL = (
    "(?:will|to|has agreed to|agreed to|is going to|needs to|would|can|could) (?:chase|speak|ring|call|send|e-?mail"
    "|check|ask|refer|follow|contact|arrange|bring|circulate|update|liaise|prepare|draft|write|book|confirm|look|fax"
    "|visit|talk|report|meet|attend|discuss|let|phone|raise|provide|pass|find|get|take|do|swap|stand|order|print|price)"
)
_HAS = (
    r"(?:has|had) (?:a|an|no|been|not|moved|left|asked|applied|agreed|lost|told|two|three|her|his)"
    r"|did not|didn['\u2019]t"
)
_OWN = (
    "mother|father|mum|mam|dad|sister|brother|son|daughter|wife|husband|partner|carer|social worker|neighbour|landlord"
    "|support worker|children|parents|family|house|flat|room|behaviour|health|case|file|birthday|gran|nan|aunt|uncle"
    "|solicitor|tenancy|needs|medication|school|teacher|friend|line manager|manager|e-?mail|letter|appeal|application"
    "|death|funeral|leave|absence|desk|contract|claim|bedroom|attendance|statement|account|version|view"
)


class PersonByAct(DeclaredPattern):
    """Who does as people do: "Amber says", "Grace was upset", "Mercy's father", "Barry to chase the printer".

    For single names that are words as well, and those of no list where only people do so: no more than hints.
    """

    kind = "PERSON"
    part_of_kind = "by act"
    pattern = (
        rf"(?<![\w@/'\u2019.&-]|\p{{Lu}}[\p{{L}}'\u2019-]{{1,20}}[ ])(?P<value>{WORD})"
        r"(?:[ ]{1,2}(?:then |also |again |never |still |has |had )?"
        rf"(?:(?P<human>{_ONLY_PEOPLE})\b|(?:{_AS_PEOPLE_DO})\b|(?:{_WAS})\b|(?:{_WILL})\b|(?:{_HAS})\b)"
        r"|(?P<plain>[ ](?:is|was|has|had|started|\p{Ll}{2,12}ed)\b)"
        rf"|['\u2019]s (?:{_OWN})\b|[ ](?:family|household|twins)\b)"
    )
    score_alone = 0.55
    score_with_context = 0.55

    def values(self, match: regex.Match[str]) -> Iterator[tuple[int, int]]:
        """Of a word that no list has, only what nobody else does; what all things do, only of a first name."""
        name = match["value"]
        known = is_first_name(name) and name not in OF_THINGS_TOO if match["plain"] else is_a_name_word(name)
        if known or match["human"]:
            yield match.span("value")

    def valid(self, value: str) -> bool:
        if len(value) < 3 or not could_be_a_person(value) or begins_sentences(value) or is_relation(value):
            return False
        return is_a_name_word(value) or not value.isupper()

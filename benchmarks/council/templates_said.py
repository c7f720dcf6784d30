"""What is said of somebody, plainly or by the way, that Articles 9 and 10 protect; and what only sounds so."""

# ruff: noqa: E501  a sentence of a document stays on its line

from __future__ import annotations

_HEALTH = (
    "attends the methadone clinic on Tuesdays", "has been under the memory clinic since {month}", "carries an inhaler",
    "is waiting for a new hip", "was rushed to A&E with chest pains", "is on the waiting list for a kidney",
    "cannot get out of bed without two carers", "hears voices and will not take {z.his} tablets",
    "lost the baby at twenty weeks", "has been signed off with stress", "is four months pregnant",
    "has insulin given by the district nurse", "tried to take {z.his} own life in {year}", "is profoundly deaf and signs",
    "had a fit at the bus stop", "is undergoing chemo at the county hospital", "is HIV positive",
    "has stage three bowel cancer", "takes sertraline", "sees a counsellor about the flashbacks", "uses a wheelchair",
    "was born with Down's syndrome", "has only weeks to live", "goes to AA in the church hall", "wears hearing aids",
    "has a stoma bag and needs a bathroom of {z.his} own", "suffers with {z.his} nerves", "gets PIP at the higher rate",
)  # fmt: skip
_OTHERS = {
    "ETHNICITY": (
        "is of Bangladeshi descent", "describes {z.him}self as mixed race", "is a Roma from Slovakia", "is White British",
        "is one of three black officers in the team", "came here from Eritrea and has refugee status",
        "was called a dirty Gypsy by the neighbours", "identifies as Black Caribbean", "is an Irish Traveller",
    ),
    "RELIGION": (
        "prays five times a day", "goes to Mass each morning", "is fasting for Ramadan", "is a Sikh and wears a turban",
        "will not work on the Sabbath", "asked for a halal meal on account of {z.his} faith", "is a lay preacher at the chapel",
        "converted to Islam last year", "was brought up a Methodist", "wears a hijab", "asked to see the hospital's rabbi",
    ),
    "POLITICS": (
        "stood for the Liberal Democrats in {year}", "is a paid-up member of the Labour party", "delivers leaflets for Reform",
        "votes Conservative and says so", "is treasurer of the local Greens", "left the party over Brexit",
        "was at the rally against the war and is a known socialist", "is a Plaid Cymru activist",
    ),
    "UNION": (
        "is the UNISON steward for the depot", "pays subs to the GMB", "has been in the union for {n:3-30} years",
        "asked to have {z.his} union rep present", "went on strike with the NEU", "was balloted as a member of Unite",
        "is branch secretary of the FBU",
    ),
    "SEXUALITY": (
        "is gay and has been jeered at in the yard", "lives with {z.his} {z.same}",
        "came out to the family at Christmas", "is a trans man", "is bisexual", "was asked at interview about being a lesbian",
        "has begun to live as a woman", "and {z.his} boyfriend, both men in their forties, have applied to foster",
    ),
    "BIOMETRIC": (
        "clocks in with {z.his} fingerprint", "would not give a thumbprint for the canteen", "was matched by face recognition at the door",
        "unlocks the server room with an iris scan", "has enrolled {z.his} palm on the time clock",
    ),
    "GENETIC": (
        "has tested positive for the BRCA2 gene", "gave a DNA sample to settle who the father is",
        "{!HEALTH}carries the gene for sickle cell", "was told after genetic testing that the illness is in the blood line",
        "had the paternity test back: the {z.child} is {z.his}",
    ),
    "CRIMINAL": (
        "was picked up for shoplifting", "did eighteen months for fraud", "is on bail until {date}", "has form for burglary",
        "was cautioned by the police for common assault", "is out on licence", "got a community order in {year}",
        "was done for drink driving", "is wanted on warrant", "is on the sex offenders' register",
        "has been sent down for dealing", "was up before the magistrates on {weekday}", "breached {z.his} restraining order",
        "is tagged and must be in by seven",
    ),
    "CHILD": (
        "is a looked after child", "has been in foster care since {year}", "is on a child protection plan",
        "said at nursery that daddy hurts mummy", "is known to the MASH", "was excluded from school for good",
        "has gone missing from the children's home again", "{!CRIMINAL}may be running drugs for older boys",
        "has two under the care of their gran while the court decides",
    ),
}  # fmt: skip
_UNSAID = (
    "chairs the Cancer Research coffee morning committee", "lives in Church Lane", "works behind the union flag on the front",
    "wrote the policy on mental health at work", "is writing up the diabetes leaflet", "runs the stroke leaflet print order",
    "asked about the depression in the road surface", "is the social worker for the sensory team", "lives in Gaol Road",
    "came from the union of the two parishes to speak", "has a faulty heart-shaped sign to return", "is a stout party in a green hat",
    "teaches religious studies at {school}", "is the police liaison for the summer fair", "moved to Priory Close",
    "booked the Mosque Road hall", "gave evidence about the noise survey", "joined the housing policy group",
    "has a conviction that the figures are wrong", "is caution itself", "bought the gay-coloured bunting", "prefers the late shift",
    "has a key fob for the fingerprint-proof cabinet", "is on the Genetic Crop field trip list", "will sentence the old chairs to the skip",
    "asked for the white paint, not the black", "is licensed to drive the minibus",
)  # fmt: skip

_WHO = "[{z.name}|{z.name}|{z.formal}|{z.fullformal}|{z.first}|{z.surname}|{z.titled_initial}]"
_WHEN = "[{sdate}: |{weekday}: |||]"
_LEADS = "[I note that |We know that |It seems that |I am told |{o.first} says ||||]"


def _sentence(mark: str, said: str) -> str:
    return f"{_WHEN}{mark}{_LEADS}{_WHO} {said}."


POOLS_OF_SAID: dict[str, tuple[str, ...]] = {
    "said": (
        *(_sentence("{!HEALTH}", said) for said in _HEALTH),
        *(_sentence("{!" + mark + "}", said) for mark, sentences in _OTHERS.items() for said in sentences),
    ),
    "unsaid": tuple(_sentence("", unsaid) for unsaid in _UNSAID),
}

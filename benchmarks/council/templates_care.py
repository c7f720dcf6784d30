"""Case notes, referrals, incidents: prose in which names stand bare and much is said in few words."""

# ruff: noqa: E501  a sentence of a document stays on its line

from __future__ import annotations

from benchmarks.council.template import Template

CARE = (
    Template(
        "care_notes",
        "case notes",
        r"""
[CASE NOTES|Case record|Chronology - adult services|Nodiadau achos / case notes]
[Service user|Client|Name]: {p.name}[  DOB: {p.sdob}|]
[Mosaic ID|Liquidlogic no|Social care ref|Person ID]: {p.care}
[NHS no {p.nhs}|]
[Allocated worker: {o.name}|Keyworker {o.first}|]

@pick 3-11 care_entries
@pick 0-2 said
@pick 0-1 unsaid
""",
        weight=6,
    ),
    Template(
        "tenancy_notes",
        "case notes",
        r"""
[Tenancy file note|Notes on account {p.rent}|Estate officer's diary]
[{p.home}, {p.postcode}|Tenant(s): {p.name} and {q.name}|{p.formal}, {p.home}]

@pick 3-10 tenancy_entries
@pick 0-2 said
@pick 0-2 unsaid
""",
        weight=5,
    ),
    Template(
        "child_referral",
        "safeguarding",
        r"""{!CHILD}
[SAFEGUARDING REFERRAL|MASH referral form|Cause for concern|Referral to Children's Services] [CONFIDENTIAL|OFFICIAL-SENSITIVE|]

[Child's name|Name of child|Child]: {k.name}
[D.O.B.|Date of birth|DOB]: {k.sdob}
[Address|Lives at]: {k.home}, {town} {k.postcode}
[School: {school}
|UPN: {k.upn}
|]Parent or carer: {p.name}[, tel {p.mobile}|]
[Referred by|Referrer]: {o.name}[, {job}|, head teacher|]

[What are you worried about?|Reason for referral|Summary of concern]
@pick 2-6 child_concerns
""",
        weight=4,
    ),
    Template(
        "adult_safeguarding",
        "safeguarding",
        r"""{!CHILD}
[Safeguarding adults: enquiry|Section 42 enquiry record|Adult at risk - notes of strategy discussion]
[Adult at risk|Subject]: {p.fullformal}[, born {p.dob}|]
[NHS number: {p.nhs}|Ref {p.care}|]
Present: {o.name}, {o2.name}[, PC {o3.surname}|, {q.name} ({p.child})|]

[{p.formal}|{p.first}] [has been giving money to {r.name}, who calls every pension day|was found with bruises on both arms by the carer, {w.first}|says that {p.his} {r.child} {r.first} locks {p.him} in at night].
[{!HEALTH}{p.He} has vascular dementia and forgets who has called.|{!HEALTH}{p.He} is bed-bound and cannot speak since the stroke.|{p.He} knows what day it is and wants no fuss made.]
[{!CRIMINAL}{r.first} has been inside for robbing an old man in {town}.|{!CRIMINAL}Police have charged {r.formal} with theft.|Police will take no action.|]
Actions: [{o.first} to visit by {date}.|{o2.initial} to ring the GP.|{o.letters} to speak to the bank.]
""",
        weight=2,
    ),
    Template(
        "court_notes",
        "criminal",
        r"""{!CRIMINAL}
[Prosecution file note|Youth Justice Service: court report|Note for legal|Community safety panel]
[Defendant|Subject|Name]: {p.name}[ born {p.dob}|]
[Address: {p.home}, {p.postcode}|]

[{p.surname} was picked up for shoplifting in {town} on {date}.|{p.first} got nine months for burgling the pharmacy in {street}.|{p.He} was found guilty of assault on {q.name} at {town} Magistrates' Court on {date}.|Police caution given to {p.formal} on {date} for criminal damage to the bus shelter.]
[{p.He} has {n:2-14} previous convictions.|{p.He} is out on licence until {date}; {p.his} probation officer is {o.name}.|{p.He} must wear a tag from 7 to 7.|{p.He} pleaded guilty and was fined {money}.]
[{!HEALTH}{p.first} has used heroin since {p.he} was sixteen and is on a script.|{!HEALTH}The psychiatrist says {p.he} hears voices.|{p.He} lives with {p.his} {q.parent}, {q.name}.|]
[{r.name} gave a statement. {r.first} can be reached on {r.mobile}.|]
""",
        weight=3,
    ),
    Template(
        "incident_report",
        "incident",
        r"""
[INCIDENT REPORT|Accident report form|Health and safety: accident record]
[Injured person|Person involved]: {p.name}[ ({job})|]
[Employee number|Payroll no]: {p.staff}
When: {date}, {time}   Where: [{school}|{street} depot|Civic Centre, second floor|Leisure Centre]

[{p.first} slipped on wet leaves beside the lorry|{p.surname} was struck on the hand by the tailgate|A visitor, {q.name}, became angry and threw a chair at {p.first}].
[{!HEALTH}{p.He} broke {p.his} wrist and was taken to hospital in an ambulance.|{!HEALTH}{p.He} fainted; {p.he} is diabetic and had missed lunch.|There was no injury.|First aid was given by {r.name}. No time was lost.]
[Witness|Seen by]: {r.name}[, {r.phone}|]
[Reported to {o.formal}.|Form completed by {o.name} on {date}.]
""",
        weight=2,
    ),
    Template(
        "occupational_health",
        "occupational health",
        r"""{!HEALTH}
[OCCUPATIONAL HEALTH REPORT|Occupational Health: management referral|Fitness for work]
[Re|Employee|Name]: {p.name}
[DOB {p.sdob}|Date of birth: {p.dob}|]
[Employee no|Payroll number|Personal no.]: {p.staff}
To: {o.name}, {job}

[Thank you for referring this {n:28-63}-year-old {job}.|I saw {p.formal} on {date}.|I spoke to {p.first} by telephone on {date}.]
[{p.He} has been off since {date} with low mood after a bereavement|{p.He} is waiting for an operation on {p.his} shoulder|{p.He} is six months pregnant and cannot lift|{p.He} is having radiotherapy each weekday|{p.He} drinks heavily and has asked for help|{p.He} takes tablets that make {p.him} drowsy].
[{p.He} should be fit to come back on {date} with shorter hours.|I do not expect a return within three months.|In my view the Equality Act is likely to apply.]
[{!UNION}{p.His} UNISON representative {q.name} came too.|]

Dr {w.name}
Consultant occupational physician
""",
        weight=3,
    ),
)

POOLS_OF_CARE = {
    "care_entries": (
        "{sdate} [Home visit.|HV.|Visited at home.] {p.first} [seemed well|was low|was cross] and {q.first} had made lunch. [{!HEALTH}{p.first} attends the methadone clinic on Tuesdays.|{!HEALTH}{p.He} had not taken {p.his} insulin.|{!HEALTH}{p.His} memory is getting worse and {p.he} put the kettle on the hob.|We talked about the garden.|{p.He} is going to {town} to see friends.]",
        "{sdate} T/C from {q.name} ({p.child}). [Worried about money.|Says the carers come late.|Asked when {o.first} will ring back.] [Can be rung on {q.mobile}.|Number: {q.phone}|]",
        "{sdate} Spoke to {r.name} at the surgery. [{!HEALTH}Blood tests show the kidneys are failing.|{!HEALTH}Has been sectioned twice, last in {year}.|The appointment is on {date}.|{r.first} will fax the form.]",
        "{sdate} [Review meeting with {p.first}, {q.first} and {o.initial}.|Review held. Present {p.first}, {q.first}, {w.first}.] Package to go on [as before|for six weeks|until {date}]. {q.surname} [agreed|did not agree].",
        "{sdate} [{!RELIGION}{p.first} prays five times a day and asks that carers do not call at those hours.|{!RELIGION}{p.first} is a Jehovah's Witness and carries a card refusing blood.|{!RELIGION}The rabbi visits {p.first} on Thursdays.|{p.first} goes to the lunch club in Church Lane.|{p.first} likes the radio on.]",
        "{sdate} [{!SEXUALITY}{p.first} told me {p.he} is gay and has not said so to the family.|{!SEXUALITY}{q.first} is transitioning and would like to be called by the new name.|{!ETHNICITY}{p.first} came from Somalia as a refugee and speaks little English.|{!ETHNICITY}The family are Irish Travellers and winter on the site at {town}.|{p.first} came to {town} in {year} for work.]",
        "{sdate} Message from {w.name}, agency carer: [key safe code changed|nobody answered the door|{p.first} had fallen but was not hurt]. {o.letters} informed.",
        "{sdate} Letter to {p.formal} at {p.home}. Copy to {q.fullformal}.",
        "{sdate} [{!CRIMINAL}{q.first} is back from prison and staying in the box room.|{!CRIMINAL}{q.first} was arrested last night after a fight outside the Fox.|{q.first} has started at {firm}.|{q.first} has passed {q.his} driving test.]",
        "{sdate} Closed to duty. [No further action.|Re-refer if needed.|NFA.] {o.name}[, {job}|]",
        "{sdate} [{!BIOMETRIC}{p.first} signs in at the day centre with {p.his} fingerprint; template deleted at {p.his} request.|{!GENETIC}{!HEALTH}{p.first}'s {q.child} {q.first} carries the BRCA1 gene and has been offered surgery.|{!GENETIC}{!HEALTH}Huntington's runs in the family; {p.first} has been tested and has the gene.|{p.first} has a new telephone: {p.landline}.|{p.first} has lost {p.his} bus pass.]",
    ),
    "tenancy_entries": (
        "{sdate} Called on {p.formal}. [No answer, card left.|{q.first} let me in.|Garden overgrown, two sheds.] [Photographs taken.|]",
        "{sdate} {r.name} at number {n:2-80} rang to say that {q.first} [plays music until three|has a dog|parks on the verge]. {r.He} does not want {r.his} name given.",
        "{sdate} Interview with {p.first} at the office. [Owes {money}.|Offered {money} a week.|Has applied to move nearer {q.his} {q.parent}.] Mobile now {p.mobile}.",
        "{sdate} [{!HEALTH}{q.first} has schizophrenia and stopped {q.his} tablets at Easter.|{!HEALTH}{p.first} is pregnant, due in {month}.|{!HEALTH}Hoarding: {p.first} has been referred to the mental health team.|Electricity meter moved to the hall.|Gas check done.] {o.initial}",
        "{sdate} [{!CRIMINAL}Police raid: cannabis plants in the loft. {p.surname} bailed.|{!CRIMINAL}{q.name} has been given a community order for the criminal damage to the lift.|{!CRIMINAL}Injunction against {q.name}; power of arrest attached.|Police say nothing known.|Lift out of use again.]",
        "{sdate} [{!CHILD}Children seen in dirty clothes; {o.first} to ring social services about {k.first} and {m.first}.|{!CHILD}{k.first} is on a child protection plan.|No children in the house.|Two cats.]",
        "{sdate} Spoke with {w.formal} of {charity}. {w.He} is helping {p.first} with the form.",
        "{sdate} Succession: {p.first}'s {q.parent} {q.name} died on {date}. {p.He} has lived there since {year}. NINO {p.nino}, dob {p.sdob}.",
        "{sdate} {o.name} handed over to {o2.name}.",
        "{sdate} [{!RELIGION}{p.first} says the neighbours object to the family's Hindu shrine in the garden.|{!ETHNICITY}{p.first} says {r.first} calls {p.him} names because {p.he} is Polish.|{p.first} says the bins are never emptied.]",
    ),
    "child_concerns": (
        "{k.first} came to school [without a coat|hungry|with a mark on {k.his} cheek] on {date} and told {w.formal} that [{p.first} had hit {k.him}|nobody was at home|{q.first} shouts at night].",
        "{k.His} childhood has been unsettled: the family has moved {n:2-7} times. {k.first} has missed {n:9-60} days. Brother {m.name} is in Year {n:3-9}.",
        "[{!HEALTH}{p.first} drinks every day and has been in hospital for it.|{!HEALTH}{k.first} cuts {k.his} arms.|{!CRIMINAL}{q.first} has been to prison for beating {p.first}.|{!CRIMINAL}{q.first} is on the sex offenders' register.|{p.first} works nights at {firm}.]",
        "[The family is known to us: see {p.care}.|Previously open to {o2.name}.|Not known before.] {p.first} [agrees to the referral|has not been told].",
        "[{!ETHNICITY}Ethnicity: {origin}.|{!RELIGION}Religion: Sikh.|Language: English.|First language: Polish.]",
        "{m.first} ({m.sdob}) sleeps on the sofa. Grandmother, {r.name}, tel {r.phone}, helps when she can.",
    ),
}

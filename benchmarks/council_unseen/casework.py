"""Case notes of social care and housing, and what is written beside them: prose with bare names."""

# ruff: noqa: E501, RUF001 -- a way of writing stands on one line, with the dashes and marks of its author

from __future__ import annotations

from .document import Template, entries, prose

_ANY = "«{@health}|{@crime}|{@child}|{@adult_safeguarding}|{@religion}|{@ethnicity}|{@sexuality}|{@nearly}|{@nearly}»"

TEMPLATES = (
    Template(
        "case_note_visit", "case_note", True,
        prose(
            "{date} – Home visit to {s.last}, {s.street}. «Seen alone.|{t.first} let me in.» {@health} " + _ANY
            + " «{s.nick} asked me to ring {t.first} on {t.mobile}.|Left at {time}.» Plan: «OT referral|speak to {m.first}|review in {few} weeks».\n\n{o.full}, {o.job}",
            "CASE RECORDING\nSvc user: {s.full}   «Swift|Mosaic|Client» ID: {s.care}\n«Worker|Recorded by»: {o.initial}\n«Contact|Type»: visit, {date}, {time}\n\n" + _ANY + "\n" + _ANY
            + "\n{t.first} ({s.his} {t.sibling}) «is worried|will call back» «, tel. {t.home}|».",
            "met w {s.first} + {t.first} today. {s.first} says landlord {n.last} wants them out. {@nearly} gave {s.him} my mobile {o.mobile}. to chase {m.first} re deposit",
        ),
    ),
    Template(
        "case_note_running", "case_note", True,
        entries(
            "{s.rev}   {s.care}   «NHS no|NHS»: {s.nhs}",
            ["{date} T/C to {s.last}; no answer.", "{date} {o.first} rang {s.first} on {s.mobile}. {@health}", "{date} E-mail from {o.full}: " + _ANY, "{date} {@nearly}", "{date} Visit by {o.initial}. " + _ANY],
            3, 8,
        ),
    ),
    Template(
        "case_note_housing_advice", "housing_note", True,
        prose(
            "Housing options interview\nCust: {s.full} ({s.dob})\nNINo. {s.nino}\nNow at: {s.address}\n\n{s.first} has been «sofa surfing with {x.first}|asked to go by {t.full}» since {date}. " + _ANY
            + " «Income is UC only.|Works nights at {firm}.» Advised to bid. {o.first}",
            "duty note {date} {s.last} in reception again. {s.nick} wants move from {s.street}, neighbours {n.last} at it till 3am. " + _ANY + " told {s.him} to keep diary sheets - {o.nick}",
        ),
    ),
    Template(
        "child_case_summary", "children", True,
        prose(
            "{+CHILD}CHRONOLOGY – {c.full^} ({c.dob})\nMother/father: {s.full}\nSibling: {d.full}, {d.dob}\n\n{date}  {@child}\n{date}  {@child}\n{date}  {o.full} visited; {c.first} «was quiet|showed me {c.his} drawings».\n"
            "«{date}  {@crime}|»",
            "{+CHILD}Strategy discussion {date}. Present: {o.full} (chair), {m.full}, PC {x.last}, {y.full} ({school}). {@child} {@child} {s.first} «was told|is not yet to be told». Next: {soon}.",
            "{+CHILD}LAC review\nChild: {c.both}, UPN {c.upn}, LCS {c.care}\nCarers: {x.full} & {y.full}\n\n{c.first} is «settled|doing well in maths|up two shoe sizes». Contact with {s.first} is on Saturdays at {road} centre. «{@health}|»",
        ),
    ),
    Template(
        "safeguarding_referral", "safeguarding", True,
        prose(
            "{+CHILD}SAFEGUARDING ALERT\nAdult at risk: {s.full}\nBorn: {s.dob}\nWhere: {s.address}\nAlerter: {o.full}, {o.desk}\n\nWhat happened\n{@adult_safeguarding} {@health}\nAlleged source of risk: {x.full}, {s.his} «nephew|lodger|carer».",
            "{+CHILD}Hi {o.first}\nneed to flag {s.both} at {s.street}. {@adult_safeguarding} can u ring me {m.mobile}\n{m.first}",
        ),
    ),
    Template(
        "foster_carer_file", "children", True,
        prose(
            "{+CHILD}Form F – assessment of {s.full} and {t.full}\n{s.address}\n{s.first}'s DOB {s.dob}; {t.first}'s {t.dob}\n\nThe couple have «two spare rooms|a dog». {@religion} {@health} Referees: {x.full} ({x.email}) and {y.full} ({y.phone}).\n"
            "«DBS checks came back clear.|{@crime}»\n\nAssessor {o.full}",
            "{+CHILD}Fostering payments – {s.full}\nUTR {s.utr}\nSort code {s.sort} Account {s.account}\nChild placed: {c.full}, from {date}, {money} a week",
        ),
    ),
    Template(
        "asb_diary", "housing_note", True,
        entries(
            "NUISANCE DIARY  kept by {s.full}, {s.street}\nAbout: {n.full}",
            ["{soon} {time} «music|banging|dog barking|shouting» «till one|for an hour»", "{soon} {time} {x.first} heard it too", "{soon} told {o.first} at the council", "{soon} {@nearly}"],
            4, 10, "signed {s.full}",
        ),
    ),
    Template(
        "occupational_therapy", "case_note", True,
        prose(
            "OT assessment\nName: {s.full}\nNHS: {s.nhs}\nGP: {gp}\n\n{@health} {@health}\nRecommend: «level access shower|grab rails by the back door|ramp». {s.titled} agrees. {o.full}, OT, {o.desk}",
        ),
    ),
    Template(
        "handover_note", "case_note", True,
        entries("Handover for {m.first} from {o.first}, back on {soon}", ["{s.full} ({s.care}) – {@nearly}", "{s.last}: {@health}", "{s.both} – ring {t.first} {t.phone}. " + _ANY, "{s.initial}, {s.street}: rent {money} short"], 3, 7),
    ),
    Template(
        "incident_report", "incident", True,
        prose(
            "ACCIDENT BOOK\nInjured person: {s.full}   «Emp. no.|Payroll no»: {s.emp}\nDate/time: {date} {time}\nPlace: {road} depot\nWhat happened: {+HEALTH}«slipped on ice and broke {s.his} wrist|cut {s.his} hand on a blade; four stitches at {hospital}|lifted a kerb and hurt {s.his} back».\nWitness: {x.full} {x.mobile}\nReported by {o.initial}",
            "Incident at {road} reception on {date}\n\nAt {time} {s.titled} «threw a chair|swore at {o.first}|spat at {o.full}». {@crime} Statement by {m.full}: \"{s.last} came in shouting.\" «{@nearly}|»",
            "NEAR MISS. Driver {s.full} reversed {s.vrm} into a wall at {road} on {date}. Nobody was hurt. Licence {s.licence} seen. Banksman: {x.full}.",
        ),
    ),
    Template(
        "licensing_file", "licensing", True,
        prose(
            "Private hire driver – {s.full}\nDVLA no. {s.licence}\nBadge plate {big}\nVehicle {s.vrm}\n\n{@crime} The sub-committee «gave {s.titled} a warning|revoked the licence|was minded to grant».",
            "Premises licence, {firm}, {orgstreet}\nDPS: {s.full}, {s.address}, personal licence PA{big}, born {s.dob}\n«Objection from {n.formal} at {n.street}.|No objections.» {@nearly}",
        ),
    ),
    Template(
        "pest_jobs", "job_sheet", True,
        entries("PEST CONTROL {date}  operative {o.first}", ["{time} {s.last} {s.street} rats, {s.mobile}", "{time} {s.titled}, {s.street}, wasps, key at {n.street}", "{time} {s.full} {s.postcode} mice - {@nearly}", "{time} {s.initial} – {s.street} – fleas – ring first {s.phone}"], 3, 9),
    ),
    Template(
        "text_messages", "texts", True,
        entries(
            "Printout of messages, handset of {o.full}, {o.mobile}",
            ["{time} {s.first}: where r u", "{time} {s.mobile} > its {s.first} cant make it. {@i_health}", "{time} < ok {s.first} no probs, {o.first}", "{time} {s.nick}: {@nearly}", "{time} {s.mobile} > {s.both} here new addres {s.street} {s.postcode}"],
            3, 9,
        ),
    ),
    Template(
        "call_log", "call_log", True,
        entries(
            "CALL LOG {date}\n«Caller|Who» / number / «what about|why»",
            ["{s.full} / {s.phone} / missed bin", "{s.titled} / {s.phone} / {@nearly}", "{s.rev} / {s.phone} / acct {s.ctax} query", "{s.last} {s.phone} repair - {@health}", "{s.first} ({firm}) / {s.mobile} / will ring {o.first} back"],
            4, 12,
        ),
    ),
    Template(
        "councillor_enquiry", "councillor", True,
        prose(
            "Members' enquiry {big}\nCllr {k.full} ({ward})\nfor: {s.formal}, {s.address}\n\nCllr {k.last} says {s.first} has been waiting since {date} for «a repair|a bigger house». {@health} «{@politics}|{@nearly}»\nReply by {o.full}: visit made {soon}.",
            "Ward surgery, {soon}\nCllr {k.full}\n1) {s.full}, {s.street} - {@nearly}\n2) {n.titled} ({n.phone}) - parking\n3) {x.full} - hedge",
        ),
    ),
)  # fmt: skip

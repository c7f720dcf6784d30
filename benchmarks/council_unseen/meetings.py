"""Minutes, hearings and threads of e-mail."""

# ruff: noqa: E501, RUF001 -- a way of writing stands on one line, with the dashes and marks of its author

from __future__ import annotations

from .document import Template, entries, prose

TEMPLATES = (
    Template(
        "minutes_committee", "minutes", True,
        prose(
            "{council^}\nMINUTES of the «Planning|Licensing|Audit» Committee held on {date}\n\nPRESENT: Councillors {k.full} (Chair), {x.initial}, {y.full} and {n.last}\n«Apologies|Ymddiheuriadau / Apologies»: Cllr {t.full}\nIn attendance: {o.full} ({o.job}); {m.full}\n\n"
            "12. {planref}, {road}\n{o.both} introduced the report. «Cllr {x.last} asked about drains.|Councillor {y.last} moved refusal, seconded by {n.last}.» {@nearly}\nRESOLVED to «grant|defer».\n\n«{s.full} of {s.street} spoke against.|»",
            "Cofnodion / Minutes – {ward} Community Council, {date}\n\nYn bresennol/Present: Cyng. {k.full}, Cyng. {x.full}, {y.formal} (Clerk)\nDeclarations: {k.last} – «owns land at {road}|none». {@nearly}\nNext meeting {soon}.\n\nClerk: {y.full}, {y.email}",
        ),
    ),
    Template(
        "minutes_team", "minutes", True,
        prose(
            "{team} team meeting {date}\nHere: {o.first}, {m.first}, {x.first}, {y.nick}. Not here: {n.first} «(leave)|(course)»\n\n- {x.first} to chase the printer\n- {m.first} covering for {n.first}\n- {@nearly}\n«- {o.first} reminded all about passwords|- biscuits: {y.nick}»",
            "1:1 {o.full} / {s.full} {date}\n{s.first} «feels swamped|is happier». {@health} {@nearly} Action: {o.first} to «move the {firm} work to {x.first}|refer to OH».",
        ),
    ),
    Template(
        "hearing_disciplinary", "hr", True,
        prose(
            "NOTE OF INVESTIGATION MEETING {date}\nEmployee {s.full} ({s.emp})\nInvestigating officer {o.full}; note taker {m.full}\n{@union}\n\n{o.initial} asked about the {money} missing from the till. {s.titled} said {x.first} had the key. «{@crime}|{@nearly}|{@ethnicity}»",
            "Grievance – {s.full}\n\n{s.first} alleges that {x.full} «mocked {s.him} in front of the team|cancelled {s.his} leave». «{@ethnicity}|{@sexuality}|{@religion}|{@health}|{@union}» Witnesses: {y.full}, {n.first}. Outcome by {soon}. {o.full}",
        ),
    ),
    Template(
        "minutes_panel_children", "children", True,
        prose(
            "{+CHILD}ADMISSION APPEAL PANEL {date}\nPanel: {o.full}, {m.full}, {n.full}\nAppellant: {s.formal} for {c.full} ({c.dob})\nSchool: {school}\n\n{s.last} said that {c.first} «has friends there|cannot take two buses». «{@child}|{@nearly}» Appeal «upheld|dismissed».",
        ),
    ),
    Template(
        "mail_thread", "mail", True,
        prose(
            "From: {s.full} <{s.email}>\nSent: {date} {time}\nTo: {role}\nSubject: «bins|my rent|council tax»\n\n{@hello}\n«{@i_health}|{@nearly}|Can you look at this please.» «My account is {s.ctax}|Rent no {s.rent}» and I am at {s.street} {s.postcode}.\n\n{s.first}\nSent from my iPhone",
            "From: {o.wmail}\nTo: {m.wmail}\nDate: {date}\nSubject: RE: {s.full} – {s.street}\n\n{m.first}\n\nhave spoken to {s.titled} on {s.mobile}. {@nearly}\n\n{@bye}\n\n-----Original Message-----\nFrom: {m.full}\nSent: {date} {time}\n\n{o.first}, any news on {s.last}? {@health}\n{m.first}",
            "> On {date}, {x.full} <{x.email}> wrote:\n>> Hi {o.first}, my {x.parent} {t.full} {x.his} NHS no. is {t.nhs}\n> Thanks, passed to {m.full}\n\n{o.full}\n{o.job} / {council}\n{o.desk}  m {o.mobile}\nDisclaimer: this e-mail is for the person it is sent to.",
        ),
    ),
    Template(
        "mail_chat", "mail", True,
        prose(
            "To: {o.wmail}; {m.wmail}\nCc: {x.wmail}\nSubject: cover {soon}\n\n{@hello}\n\n{x.first} is «off|out» so can {m.first} do the desk? {@nearly}\n\n{@bye}",
            "Subject: leaving do for {s.first}\n\nAll\n\nAfter {num} years {s.full} is leaving us. Drinks {soon}. Give money to {o.first} or {m.nick}.\n\n{@bye}",
            "[{time}] {o.full}: morning, {s.last} ref {s.rent} is on the line\n[{time}] {m.full}: put {s.him} through\n[{time}] {o.full}: {@nearly}\n[{time}] {m.full}: {@health}",
        ),
    ),
    Template(
        "mail_foi_personal", "mail", True,
        prose(
            "From: {s.email}\nTo: {role}\nSubject: subject access request\n\nI want all you hold about me, {s.full}, DOB {s.dob}, of {s.address}. «My passport {s.passport} is attached.|I had a social worker, {o.full}.» {@i_child}\n\n{s.full}",
        ),
    ),
    Template("events_list", "rota", True, entries("Duty rota – out of hours – {team}", ["{soon}  {s.first} / {x.first}   {s.mobile}", "{soon}  {s.full} (standby {x.last})", "{soon}  {s.last}, {x.last}"], 5, 14, "Swap with each other, tell {o.full}")),
    Template(
        "witness_statement", "legal", True,
        prose(
            "IN THE COUNTY COURT AT {town^}\nBETWEEN {council^} and {s.full^}\n\nWITNESS STATEMENT OF {o.full^}\n\n1. I, {o.full}, am employed as a {o.job}.\n2. {s.titled} has lived at {s.street}, {s.town}, {s.postcode} since {date}.\n3. {@crime}\n4. «{@adult_safeguarding}|{@nearly}|{@health}»\n\nSigned {o.initial}",
            "INTERVIEW UNDER CAUTION (benefit fraud)\n{+CRIME}Suspect {s.full}, b. {s.dob}, NI {s.nino}\nInterviewer {o.full}\n\n{o.first^}: You said {t.first} left in {year}.\n{s.first^}: {t.nick} comes and goes.\n{o.first^}: We have {t.full} on the bill for {s.street}.",
        ),
    ),
)  # fmt: skip

"""Forms people filled in, and papers that come with them: many layouts, the same few questions."""

# ruff: noqa: E501, RUF001 -- a way of writing stands on one line, with the dashes and marks of its author

from __future__ import annotations

from random import Random

from .document import Template, entries, prose
from .marked import Marked, join
from .scene import Scene

_ASKED = (
    ("Full name|Name of applicant|Your name|Applicant|Enw llawn / Full name", "{s.full}"),
    ("Date of birth|D.O.B|DOB|When were you born?|Dyddiad geni", "{s.dob}"),
    ("Address|Home address|Where do you live?|Cyfeiriad", "{s.street}, {s.town}"),
    ("Postcode|Post code|Côd post", "{s.postcode}"),
    ("Contact tel|Daytime phone|Mobile|Telephone (home)|Ffôn", "{s.phone}"),
    ("E-mail|Email address|E-bost", "{s.email}"),
    ("NI no.|National Insurance Number|NINo.", "{s.nino}"),
    ("Spouse or partner|Partner's name|Anyone living with you", "{t.full}"),
    ("Signed|Signature|Llofnod", "{s.initial}"),
    ("Date|Dated|Dyddiad", "{date}"),
)
_WANTED = {
    "taxi": (("DVLA licence|Driver number", "{s.licence}"), ("Vehicle reg", "{s.vrm}"), ("Convictions, cautions or pending charges", "None // {+CRIME}Speeding and one caution for affray, {year}")),
    "bank": (("Sort code", "{s.sort}"), ("Account number|A/c no.", "{s.account}"), ("Name on account", "{s.full}"), ("Bank", "Wexbourne Building Society")),
    "badge": (("Health condition|What is wrong", "{+HEALTH}«Arthritis in both knees|Heart failure|MS, I use two sticks»"), ("Old badge number", "{s.badge}"), ("NHS number", "{s.nhs}")),
    "school": (("Child's name|Name of child", "{+CHILD}{c.full}"), ("Child's date of birth|Child's d.o.b.", "{c.dob}"), ("UPN (if known)", "{c.upn}"), ("First choice", "{school}")),
    "housing": (("Current landlord", "{n.full}"), ("Why do you want to move?", "«Too small|Damp|{+HEALTH}My wife is in a wheelchair|{+CRIME}I am on probation and cannot stay here|{+CHILD}Our daughter {c.first} sleeps in the lounge»"), ("Rent account", "{s.rent}")),
    "job": (("Post applied for", "{s.job}"), ("Employee no. (if internal)", "{s.emp}"), ("Ethnic group", "{+ETHNICITY}«White British|Black Caribbean|Indian|Chinese»"), ("Referee", "{x.full}, {x.email}")),
    "self_employed": (("Trading as", "{firm}"), ("Unique Taxpayer Reference", "{s.utr}"), ("IBAN (if abroad)", "{s.iban}"), ("Passport", "{s.passport}")),
    "discount": (("Council tax account|Account ref", "{s.ctax}"), ("Anybody severely mentally impaired?", "No // {+HEALTH}Yes, my {t.parent} {t.first}, since {year}"), ("UPRN (office use)", "{s.uprn}")),
}  # fmt: skip
_TITLES = {
    "taxi": ("APPLICATION FOR A PRIVATE HIRE DRIVER'S LICENCE", "Hackney carriage driver – new"),
    "bank": ("DIRECT DEBIT INSTRUCTION", "Bank details form (BACS)"),
    "badge": ("Parking badge for disabled people – claim", "BLUE BADGE RENEWAL"),
    "school": ("SCHOOL PLACE {year} – COMMON APPLICATION", "In-year transfer"),
    "housing": ("REGISTER FOR REHOUSING", "Joining the housing register"),
    "job": ("Application for employment – confidential", "JOB APPLICATION"),
    "self_employed": ("New supplier: individual", "PAYEE SET-UP (self employed)"),
    "discount": ("COUNCIL TAX REDUCTION", "Disregard application"),
}


def form(subject: str) -> Template:
    """One form in one of six layouts, its questions in any order, some unanswered."""

    def write(scene: Scene) -> Marked:
        rng = scene.rng
        asked = [*rng.sample(_ASKED, rng.randint(4, 8)), *_WANTED[subject]]
        if not any("{s.full}" in answer for _, answer in asked):
            asked.insert(0, _ASKED[0])
        answers = [
            (rng.choice(labels.split("|")), scene.write(rng.choice(answer.split(" // ")))) for labels, answer in asked
        ]
        title = scene.write(rng.choice(_TITLES[subject]))
        return join([title, _laid_out(answers, rng)], "\n\n")

    return Template(f"form_{subject}", "form", True, write)


def _laid_out(answers: list[tuple[str, Marked]], rng: Random) -> Marked:
    layout = rng.choice(("colon", "below", "boxed", "columns", "tabs", "numbered", "dots"))
    if layout == "columns":
        return _in_columns(answers)
    if layout == "boxed":
        rule = f"+{'-' * 34}+{'-' * 40}+"
        lines = [
            join((f"| {label.ljust(32)} | ", value, " " * max(1, 39 - len(value.text)), "|"))
            for label, value in answers
        ]
        return join([rule, *(part for line in lines for part in (line, rule))], "\n")
    ways = {"colon": ": ", "below": "\n", "tabs": "\t", "dots": " ........ ", "numbered": "\n    "}
    numbers = [f"{place}. " if layout == "numbered" else "" for place in range(1, len(answers) + 1)]
    return join(
        [join((number + label, ways[layout], value)) for number, (label, value) in zip(numbers, answers, strict=True)],
        "\n\n" if layout == "below" else "\n",
    )


def _in_columns(answers: list[tuple[str, Marked]]) -> Marked:
    """Two questions a line, as layout-keeping readers give a page of two columns."""
    cells = [join((label, ": ", value)) for label, value in answers]
    rows = [cells[at : at + 2] for at in range(0, len(cells), 2)]
    return join([join((row[0], " " * max(4, 48 - len(row[0].text)), *row[1:])) for row in rows], "\n")


TEMPLATES = (
    *(form(subject) for subject in _WANTED),
    Template(
        "bank_mandate", "bank", True,
        prose(
            "To {council}\nPlease pay Direct Debits from the account below.\nName(s) of account holder(s): {s.titled} {t.title} {t.full}\nBranch sort code {s.sort}   a/c {s.account}\nReference {s.ctax}\n\nSigned {s.full}   {date}",
            "Change of bank details - {s.full}, payroll {s.emp}. Old: {t.sort} {t.account}. New: {s.sort} / {s.account}. IBAN {s.iban}. Rang {s.first} back on {s.mobile} to check. {o.first}",
            "CARD PAYMENT TAKEN BY PHONE {date}\n{s.full}\nCard {s.card} exp 0{few}/{yy}\nRent {s.rent} {money}\nTaken by {o.first}",
        ),
    ),
    Template(
        "cv", "cv", True,
        prose(
            "{s.full^}\n{s.address}\n{s.mobile} | {s.email}\n\nPROFILE\n«Hard-working|Calm and tidy» administrator with {num} years in local government.\n\nWORK\n{year}–now  {firm}\n{year}–{year}  {council}, {s.job}\n\nSCHOOL\n{school}\n\nReferees: {x.full}, {x.phone}; {y.full}, {y.wmail}",
            "Curriculum Vitae\n\nName {s.full}\nBorn {s.dob}\nNationality «British|Irish|Polish»\nDriving licence: full, clean\n\nI worked at {firm} from {year} under {x.full}. {@nearly}\nHobbies: «choir|rugby|baking»\n{s.email}",
            "{s.both}\n{s.town}\n\nEmployment\n* {s.job}, {council} – {year} to date\n* Volunteer, {road} food bank\n\n«{@i_politics}|{@union}|{@i_religion}|I hold a first aid certificate.»\nCall me: {s.mobile}",
        ),
    ),
    Template(
        "reference", "hr", True,
        prose(
            "REFERENCE REQUEST – {s.full}\n\n{s.first} worked for {firm} from {date} as a {s.job}. «{s.cap_he} was never late.|I would take {s.him} back.» Sick days in two years: {few}. Reason for leaving: «moved house|better pay».\n\n{x.full}\n{x.phone}",
            "To whom it may concern\n\n{s.titled} has been a tenant at {s.street} since {year} and always paid. {@nearly}\n\n{n.full}, landlord, {n.mobile}",
        ),
    ),
    Template(
        "occupational_health", "hr", True,
        prose(
            "OCCUPATIONAL HEALTH REPORT\nEmployee: {s.full}   «DOB|D.O.B.»: {s.dob}   «Emp. no.|Pay no.»: {s.emp}\nReferred by {m.full}\n\n{@health} {@health}\n«Fit for adjusted duties.|Not fit for work.» Review {soon}.\n{o.full}, OH nurse",
            "Dear {m.first},\n\nThank you for asking me to see {s.first}. {@health} I suggest «a phased return|a sit-stand desk». «{@nearly}|{@genetic}|»\n\nDr {o.full}",
        ),
    ),
    Template(
        "password_note", "password", True,
        prose(
            "«logins for {s.first}|{s.first}'s passwords - DO NOT LOSE»\n\nAcademy: {s.user} / password {s.secret}\nwindows pwd: {t.secret}\nif stuck ring {o.first} {o.desk}",
            "From {o.full} to {s.full}\nYour account is ready. Username {s.user}, temporary password: {s.secret}. Change it.",
            "Leaver {s.full}: laptop PIN kept by {m.first}; mailbox {s.wmail}, Password={s.secret}",
        ),
    ),
    Template("sign_in_sheet", "visitors", True, entries("VISITORS – SIGN IN   {date}", ["{s.full}   {firm}   to see {o.first}   {s.vrm}   {time}", "{s.initial}   -   {o.last}   {time}", "{s.full}   {team}   {o.full}   in {time}"], 4, 14)),
    Template("petition", "petition", True, entries("We the undersigned want a crossing on {road}", ["{s.full}, {s.street}, {s.postcode}", "{s.initial}   {s.street}", "{s.titled} {s.postcode} {s.email}"], 5, 18)),
)  # fmt: skip

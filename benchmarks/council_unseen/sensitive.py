"""Papers that turn on the classes of Articles 9 and 10, said outright or in a roundabout way, and print-outs of old systems."""

# ruff: noqa: E501, RUF001 -- a way of writing stands on one line, with the dashes and marks of its author

from __future__ import annotations

from .document import Template, entries, prose

TEMPLATES = tuple(
    Template(name, family, True, write)
    for name, family, write in (
        ("hate_incident", "incident", prose(
            "Hate incident form\nReported by {s.full}, {s.phone}\nWhere {s.street}\n\n«{@ethnicity}|{@sexuality}|{@religion}» {s.titled} was «called names|spat at» on {date}. «Suspects not known.|{+CRIME}Suspect {x.full} was arrested.»",
            "{o.first} - {s.first} at {s.street} again. eggs at the window. {s.cap_he} thinks it is «because they go to the gurdwara{+RELIGION}|because two men living together is too much for some{+SEXUALITY}|because of where {s.his} parents came from{+ETHNICITY}». can you ring {s.mobile}")),
        ("union_facility_time", "hr", prose(
            "Facility time {year}\n{s.full} ({s.emp})\n{@union} «{@union}|{@nearly}»\nAgreed: {num} hours. {m.full}",
            "{m.first}\n{s.titled} asks for paid release to go to «UNISON branch conference|the GMB regional council» as a delegate.{+UNION} I see no reason to refuse.\n{o.full}",
            "Check-off list to «Unite|GMB»: {s.full}, {x.full}, {y.full}. {+UNION}Dues taken in month {few}.")),
        ("members_interests", "councillor", prose(
            "REGISTER OF INTERESTS – Councillor {s.full}\nWard {ward}\nLand: {s.street}, {s.town}\nEmployment: {firm}\nOther: {@politics}\nSigned {s.initial} {date}",
            "Nomination paper {year}\nCandidate: {s.rev}, {s.address}\nDescription on the ballot: {+POLITICS}«Labour Party|Conservative and Unionist|Green Party|Independent – formerly Reform UK|Plaid Cymru»\nProposer {x.full}  Seconder {y.full}\nAgent {o.full}, {o.mobile}",
            "{o.first}, the leaflet in the staff room was {s.first}'s. {@politics} {s.cap_he} must not use our printer for it. {m.full}")),
        ("spiritual_care", "case_note", prose(
            "Residents of {road} House, pastoral visits\n{s.full}: {@religion}\nKin: {t.full}, {t.phone}",
            "Funeral wishes of {s.full}, held by {o.full}. {+RELIGION}«To be buried within a day, facing Mecca.|Requiem Mass at Our Lady's, Fr {x.last} to be asked.|Humanist, no hymns on any account.» {t.titled} knows.")),
        ("paternity_and_adoption", "children", prose(
            "{+CHILD}Adoption medical – {c.full} ({c.dob})\nBirth parent {s.full}\n{@genetic} {@health}\nSeen by Dr {x.full}",
            "{+CHILD}Court bundle p {num}. {s.full} says {s.he} is not the parent of {c.first}. {@genetic} Guardian: {o.full}.",
            "{+HEALTH}{+GENETIC}Family history clinic – {s.full}, NHS {s.nhs}. {s.cap_his} {t.parent} {t.first} and an aunt had the same gene fault. {@genetic}")),
        ("youth_justice", "children", prose(
            "{+CHILD}{+CRIME}Youth offending – {c.full}, {c.dob}\nOffence: «theft of a moped|assault at {school}|carrying a blade»\nOrder: referral order, {num} weeks\nParent {s.full} {s.mobile}\nWorker {o.full}",
            "{+CHILD}{+CRIME}panel notes. {c.first} «wrote a letter to the shopkeeper|did not turn up». {s.titled} upset. {c.cap_he} is back before the bench on {soon}. {o.nick}")),
        ("offender_housing", "housing_note", prose(
            "Duty to refer – probation\nName {s.full}   DOB {s.dob}\nRelease: {date}, HMP Marlingford\n{@crime} {@crime}\nNo fixed address. Officer {o.full}, {o.desk}",
            "MAPPA 2 minute. {s.full}: {@crime} Not to go near {road}. {m.full} to check the flat at {s.street}.")),
        ("taxi_conviction_letter", "licensing", prose(
            "{@head}{@dear}\n\nPrivate hire badge {big}\n\nYou did not tell us of {+CRIME}«your six points and a fine for using a phone at the wheel|the caution you took for affray|your appearance before the justices on {date}». You may bring a friend to the sub-committee.\n\n{@close}")),
        ("fingerprint_objection", "hr", prose(
            "From: {s.wmail}\nTo: {o.wmail}\nSubject: new clock\n\n{o.first}\n{@biometric} A card would do.\n{s.first}",
            "Door project: {@biometric} {@biometric} Delete when {s.titled} leaves. {o.full}",
            "{+CHILD}{+BIOMETRIC}School meals: the finger scan of {c.full} has been wiped, as {s.formal} took back consent on {date}.")),
        ("equality_monitoring", "form", prose(
            "About you – {s.full}, applicant no. {big}\n{@i_ethnicity}\n{@i_religion}\n{@i_sexuality}\n{@i_health}",
            "MONITORING SLIP\nName: {s.rev}\nEthnic origin: {+ETHNICITY}«Bangladeshi|White Welsh|Black British – African|Mixed: White and Black Caribbean»\nFaith: {+RELIGION}«Jewish|none|Sikh|Catholic»\nOrientation: {+SEXUALITY}«bi|straight|gay»\nDo you consider yourself disabled? no")),
        ("asylum_support", "case_note", prose(
            "NRPF – {s.full}, {s.dob}\n{@ethnicity} Arrived {date} with {t.full}. {@religion} «{@health}|{@nearly}» Interpreter {x.full}.",
            "{s.first} fled because {+SEXUALITY}«{s.he} would be jailed there for loving another of {s.his} own sex|of a court case over {s.his} private life, being gay». Temporary: {s.street}. {o.full}")),
        ("pregnancy_at_work", "hr", prose(
            "Risk assessment for {s.full}\n{+HEALTH}Baby due {date}. No lifting; breaks as needed. «{@union}|{@nearly}» Manager {m.full}",
            "MAT B1 received from {s.titled} ({s.emp}).{+HEALTH} Leave from {date}. Cover: {x.full}.")),
        ("sickness_meeting", "hr", prose(
            "Stage {few} attendance meeting, {date}\nEmployee {s.full}, {s.job}\nWith {s.him}: {x.full}, «colleague|{+UNION}Unite rep»\n{@health} {@health} «{@genetic}|{@nearly}|»\n{m.full}",
            "{o.first} – {s.first} rang in again.{+HEALTH} «Tummy this time|Migraine|In tears on the phone, cannot face the office|Waiting for scan results». Back «Monday|don't know». {m.first}")),
        ("end_of_life", "case_note", prose(
            "{s.full}, {s.street}, NHS {s.nhs}. {+HEALTH}«Came home to die|Only weeks left, hospice nurse in every day|Syringe driver set up». {t.full} ({t.mobile}) sleeps there. {@religion} {o.first}")),
        ("old_system_print", "printout", entries(
            "RUN DATE {date}   PAGE {few}   CTX0{num}\nSNAME          FNAME      DOB        REF",
            ["{s.last^}  {s.first^}  {s.dob}  {s.ctax}", "{s.last^}    {s.first^}    {s.dob}   {s.ctax}", "{s.last^},{s.first^};{s.dob};{s.ctax}"], 5, 25, "END OF REPORT")),
        ("old_system_nino", "printout", entries(
            "", ["{s.nino} {s.rev^}", "{s.nino} {s.rev^} {money}", "{s.nino}/{s.initial^}/{s.postcode}"], 5, 25)),
        ("address_labels", "labels", entries("", ["{s.title} {s.full}\n{s.block}", "{s.formal}\n{s.street}\n{s.postcode}", "{s.initial^}\n{s.block^}"], 4, 16, between="\n\n")),
        ("key_holders", "contacts", entries("KEYHOLDERS – {school}", ["1st {s.full} {s.mobile} {s.street}", "{s.titled} (caretaker) {s.home}", "{s.both}: {s.mobile} / {s.home}"], 2, 5, "Alarm code in the blue tin")),
        ("witness_of_crime", "incident", prose(
            "CCTV log {date}\n{time} {s.full} known to us, by the cash machine\n{time} {+CRIME}{s.last} takes a purse from a bag and runs up {road}\n{time} PC {x.last} stops {s.him}\nOperator {o.full}",
            "Trading Standards file. {s.full} t/a {firm}, {s.street}. {+CRIME}«Fined for selling knives to a boy of fourteen.|Sold smuggled cigarettes; pleaded not guilty.» Vehicle {s.vrm}. {o.full}")),
    )
)  # fmt: skip

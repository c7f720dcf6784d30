# ruff: noqa: ANN001, ANN003, ANN201, ANN202, ANN204, ARG001, B007, B023, B905, C408, C901, E401, E501, E701, E702, E731, E741
# ruff: noqa: F401, F541, I001, N806, PERF102, PERF401, PLR0912, PLR0915, PLW0108, PLW0603, PLW2901, RET504, RUF001, RUF005, SIM114, SIM115, SIM905, UP017
# fmt: off
# mypy: ignore-errors
# Left as it was written, by somebody who had read no rule of Muniment: what it makes is what rules are measured by,
# and tidying could change its bytes.
"""Makes a county council's file share with real bytes, and labels for it: what is trivial, a copy, a version, guarded.

usage: python -m benchmarks.unseen_share OUT [--seed N] [--files 3000] [--folders 300]

OUT/share/         the tree to scan
OUT/labels.jsonl   one line a file: {"path": ..., "labels": {...}}   (unseen_share.md says what they mean)
OUT/counts.json    counts by label

`benchmarks.unseen_tree --seed N` makes one, scans it and scores what was found.
"""
import argparse, calendar, csv, datetime as dt, hashlib, io, json, os, random, shutil, sqlite3, struct
import sys, tempfile, textwrap, wave, zipfile, zlib
from collections import Counter, defaultdict
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import docx, xlsxwriter
from PIL import Image, ImageDraw
from reportlab.pdfgen import canvas

UTC = dt.timezone.utc
R = random.Random(1)          # replaced in main()
COUNCIL = "Westmarch County Council"

# ------------------------------------------------------------------ words
FIRST = ("Aisha Alan Amrit Angela Beth Brian Carol Chidi Claire Colin Dawn Deepa Derek Eilidh Elaine Farah Fergus Fiona "
         "Gareth Gill Graham Hana Helen Ifeoma Imran Jackie Jan Joanne Karen Keith Kwame Lesley Linda Malcolm Marta Mei "
         "Moira Nadia Neil Nigel Olu Pat Priya Rhys Rosalind Ruth Sanjay Sheila Sian Stuart Tariq Tracey Trevor Una "
         "Vikram Wendy Yusuf Zofia").split()
LAST = ("Abbott Adeyemi Ainsley Ashworth Baines Bhatt Birtwistle Bradshaw Chaudhry Clegg Cole Corrigan Dalby Dunmore "
        "Eccles Fairclough Fenwick Gaskell Gill Goddard Hallam Hargreaves Hussain Iqbal Jarvis Kaur Kershaw Kowalska "
        "Lightfoot Lomax Mbeki Meadows Nuttall Okafor Ormerod Patel Pickles Pritchard Quigley Ramsden Rowbotham Sagar "
        "Sethi Shackleton Tattersall Thwaite Umar Varley Walmsley Whitlock Yates Zaman").split()
PLACE = ("Aldermere Ashby Cross|Bexcombe|Brackenfold|Burnley Moor|Castle Hythe|Coldharbour|Combe Abbas|Dunsley|Eastwick|"
         "Ferrydown|Great Halden|Hartsmouth|Hollowell|Ingleby St Mary|Kingsferry|Langstone|Little Halden|Marlbeck|"
         "Middle Orchard|Netherwick|Norton Vale|Oakhanger|Penmoor|Quarry Bank|Redcliffe End|Rushmere|Saltby|Scarcroft|"
         "Stoke Fenny|Thornleigh|Tidewell|Upper Marsh|Walsby|Westmarch|Whitford|Wick St Anne|Yarrowdale").split("|")
SERV = {  # service: (code, things it deals in)
 "Adult Social Care": ("ASC", "home care packages|direct payments|hospital discharge pathways|extra care placements|carers' assessments|reablement capacity|the brokerage queue|day opportunities|assistive technology|deferred payment agreements|the best interests assessor rota"),
 "Children's Services": ("CS", "foster placements|the front door|early help plans|care leavers' flats|supervised contact|placement sufficiency|the edge of care team|youth justice referrals|short breaks|independent visitors|pathway plans"),
 "Highways": ("HW", "gully cleansing|surface dressing|skid resistance surveys|street works permits|bridge bearings|winter gritting routes|safety barrier repairs|pothole defects|traffic signal refurbishment|verge cutting|the drainage backlog"),
 "Planning": ("PL", "minerals applications|the local list|conservation area appraisals|section 106 receipts|ecology surveys|enforcement notices|the waste local plan|viability statements|tree preservation orders|pre-application advice|landscape conditions"),
 "Finance": ("FIN", "accruals|the collection fund|treasury limits|purchase card spend|the reserves strategy|VAT partial exemption|journal approvals|debtors over ninety days|capital slippage|the closedown timetable|internal recharges"),
 "Human Resources": ("HR", "sickness triggers|job evaluation|term-time contracts|the apprenticeship levy|grievance timescales|agency spend|pension auto-enrolment|return to work interviews|the pay spine|exit interviews|essential car user allowances"),
 "Legal": ("LEG", "the scheme of delegation|common land searches|deeds of variation|care proceedings listings|counsel's fees|the seal register|lease renewals|traffic regulation orders|judicial review pre-action letters|land charges"),
 "Waste and Recycling": ("WR", "green waste tonnage|household recycling centres|bulky collections|bin lorry telematics|residual waste transfer|food caddies|gate fees|fly-tipping hotspots|the composting contract|landfill aftercare"),
 "Libraries and Archives": ("LIB", "mobile library stops|the reading challenge|parish register deposits|the local studies room|interlibrary loans|strongroom humidity|self-service kiosks|the stock fund|oral history interviews|conservation of tithe maps"),
 "Registration": ("REG", "approved premises|citizenship ceremonies|certificate stock|notice of marriage appointments|stillbirth registrations|the register office refurbishment|ceremony fees|tell us once notifications"),
 "Trading Standards": ("TS", "weighbridge tests|doorstep crime alerts|feed hygiene visits|underage sales|petroleum certificates|counterfeit tobacco|animal movement licences|the no cold calling zones|consumer advice referrals"),
 "Public Health": ("PH", "health visitor contacts|smoking cessation|needle exchange|sexual health tariffs|school nursing|the childhood measurement programme|suicide prevention|fluoridation|the substance misuse contract"),
 "Property and Estates": ("PE", "asbestos registers|legionella flushing|the farms estate|void rates|boiler replacement|fire door surveys|the depot masterplan|energy certificates|rent reviews|roof condition surveys"),
 "Democratic Services": ("DEM", "call-in requests|member allowances|the forward plan|scrutiny task groups|petitions|outside body nominations|declarations of interest|civic events|webcasting|public questions"),
 "ICT": ("ICT", "the laptop refresh|patch windows|network switches|licence true-ups|the service desk backlog|firewall rules|telephony migration|PSN findings|backup tapes|shared drive quotas"),
 "Communications": ("COM", "residents' survey results|press enquiries|the staff newsletter|accessible formats|campaign evaluation|social media moderation|photo consent|the news centre|brand guidelines"),
 "Emergency Planning": ("EP", "rest centres|flood wardens|reservoir plans|exercise debriefs|mutual aid|the duty officer rota|severe weather warnings|evacuation routes|sandbag stores"),
 "School Admissions": ("SA", "in-year transfers|catchment maps|appeal panels|published admission numbers|waiting lists|oversubscription criteria|reception offers|the co-ordinated scheme"),
 "SEND": ("SEN", "annual reviews|tribunal bundles|specialist placements|banding moderation|travel training|the twenty week timescale|educational psychology advice|personal budgets|alternative provision"),
 "Passenger Transport": ("PT", "concessionary passes|bus service contracts|home to school routes|taxi passenger assistants|the timetable database|real time displays|community minibuses|tender scoring"),
 "Pensions": ("PEN", "triennial valuation|scheme employers|transfer values|annual benefit statements|ill-health retirements|admission agreements|guaranteed minimum reconciliation|fund manager fees"),
 "Countryside": ("CO", "rights of way modification orders|stile repairs|the nature recovery strategy|ranger volunteers|country park car parks|ash dieback|bridleway surfacing|visitor counters|grazing licences"),
}
SERVICES = list(SERV)
SENT = """Officers reviewed {t} in {p} and found that {n} of {N} cases had moved on since {m}.
The service expects {t} to cost £{k} more than budgeted, mainly because of demand around {p}.
Members asked why {t} had slipped and were told that a supplier had withdrawn in {m}.
{w} will bring a further note on {t} before the end of {m}.
There is a growing risk to {t}, scored {s} on the corporate register, which {w} owns.
Partners in {p} have welcomed the changes to {t} but want clearer letters.
A pilot at {p} ran for {s} weeks and reached {n} households.
Last year {n} enquiries were logged about {t}; this year the figure is {N}.
The team has drawn up a rota so that {t} is covered at weekends.
Savings of £{k} depend on {t} being re-let on time.
Consultation closed in {m} with {n} replies, of which more than half mentioned {t}.
No change is proposed to {t} outside {p}.
{w} and {w2} visited {p} and photographed the site.
The previous contract for {t} ended in {m} and was extended by {s} months under waiver.
Complaints about {t} fell by {s} per cent compared with the same quarter.
It was agreed to write to every parish council near {p} about {t}.
An equality impact assessment for {t} is attached and shows a neutral effect.
Legal advice is that {t} falls within the existing delegation up to £{k}.
The backlog stood at {n} when {w} took over and is now {s}.
Data on {t} is keyed by hand from paper forms received at {p}, which takes {s} hours a week.
Neighbouring authorities spend about £{k} a year on {t}.
{w} queried the unit cost; {w2} replied that {p} is more expensive because of travel.
Work on {t} stopped for {s} weeks while the depot at {p} was flooded.
Staff told us that guidance on {t} was hard to find and out of date.
The internal auditor gave limited assurance on {t} and made {s} recommendations.
From {m} all requests about {t} will go through the contact centre.
A grant of £{k} has been claimed towards {t} and must be spent by {m}.
The county member for {p} supports the proposal provided {t} is monitored.
Twelve months on, {t} remains the commonest cause of contact from {p}.
Photographs, plans and the survey of {p} are filed with the original papers.
{w} has asked for the figures on {t} to be split by district.
Two vacancies and one long-term absence have held up {t}.
The inspection praised {t} and singled out the work at {p}.
Procurement of {t} will follow the light touch route with {s} lots.
Residents of {p} presented a petition of {N} signatures concerning {t}.
Target dates for {t} were missed on {s} occasions and met on {n}.
Under the new arrangements {w2} signs off {t} above £{k}.
There were no safeguarding concerns arising from {t} this period.
The lease at {p} expires in {m}; options are set out below.
Training on {t} was given to {n} colleagues, with a repeat in {m}.
Snow closed the road to {p} and {t} had to be rearranged.
Performance on {t} is rated amber because {n} records lack a date.
The working group heard from three users of {t} and from a carer living in {p}.
Further engineering advice is needed before {t} can proceed at {p}.
Stocks were counted in {m} and {s} items could not be traced.
A briefing for the local press about {t} was cleared by {w}.""".split("\n")
MONTHS = list(calendar.month_name)[1:]
HEADS = ("Purpose|Background|Current position|Options considered|Financial implications|Legal implications|Risks|"
         "Consultation|Equality and diversity|Next steps|Environment|Workforce|Timetable|Conclusion").split("|")


def person(): return f"{R.choice(FIRST)} {R.choice(LAST)}"
def login(): return (R.choice(LAST)[:6] + R.choice("abcdefghjklmprstw")).lower()


def sent(svc):
    t = SERV[svc][1].split("|")
    s = R.choice(SENT).format(t=R.choice(t), p=R.choice(PLACE), n=R.randint(4, 400), N=R.randint(401, 4000),
                              m=R.choice(MONTHS), k=f"{R.randint(3, 940)},{R.randint(0, 9)}00", w=person(), w2=person(),
                              s=R.randint(3, 25))
    return s[0].upper() + s[1:]


def report(svc, title, paras=None, author=None):
    b = [("h", title), ("p", [f"Report of {author or person()}, {svc}."])]
    for h in R.sample(HEADS, min(len(HEADS), paras or R.randint(4, 9))):
        b += [("h", h), ("p", [sent(svc) for _ in range(R.randint(3, 6))])]
    if R.random() < .3:
        b.append(("t", [["Area", "Planned", "Actual"]] + [[p, str(R.randint(10, 900)), str(R.randint(10, 900))]
                                                          for p in R.sample(PLACE, R.randint(3, 6))]))
    return b


def minutes(svc, title, day):
    b = [("h", title), ("p", [f"Meeting held on {day:%A} {day.day} {day:%B %Y} at {R.choice(['County Hall', 'the Shire Rooms', 'Teams', R.choice(PLACE) + ' Library'])}."]),
         ("p", ["Present: " + ", ".join(person() for _ in range(R.randint(4, 8))) + "."]),
         ("p", ["Apologies: " + ", ".join(person() for _ in range(R.randint(1, 3))) + "."]),
         ("p", ["Minutes of the last meeting were agreed as a correct record."])]
    for i in range(R.randint(4, 7)):
        b += [("h", f"{i + 1}. {R.choice(SERV[svc][1].split('|')).capitalize()}"), ("p", [sent(svc) for _ in range(R.randint(2, 5))]),
              ("p", [f"Action: {person()} by {R.choice(MONTHS)}."])]
    return b


def evolve(blocks, svc, amount):
    """A real edit of the text: sentences reworded, added, cut, figures altered. amount = share of sentences touched."""
    out = []
    for k, v in blocks:
        if k != "p":
            out.append((k, v)); continue
        ss = []
        for s in v:
            r = R.random()
            if r < amount * .35: ss.append(sent(svc))
            elif r < amount * .6: ss.append("".join(str(R.randint(1, 9)) if c.isdigit() and R.random() < .6 else c for c in s))
            elif r < amount * .75: pass
            else: ss.append(s)
            if R.random() < amount * .25: ss.append(sent(svc))
        if ss: out.append(("p", ss))
    if R.random() < amount:
        out.insert(max(2, len(out) - 2), ("p", [sent(svc), sent(svc)]))
    if out == blocks:   # never an unchanged 'draft'
        out.append(("p", [sent(svc)]))
    return out


def plain(blocks):
    o = []
    for k, v in blocks:
        o.append(v.upper() if k == "h" else " ".join(v) if k == "p" else "\n".join("\t".join(r) for r in v))
    return "\n\n".join(o) + "\n"

# ------------------------------------------------------------------ bytes of files


def rezip(data):
    i, o = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(o, "w", zipfile.ZIP_DEFLATED) as z:
        for n in i.namelist():
            zi = zipfile.ZipInfo(n, (1980, 1, 1, 0, 0, 0)); zi.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(zi, i.read(n))
    return o.getvalue()


def mkdocx(blocks, when, author=None, rev=1):
    d = docx.Document()
    c = d.core_properties
    c.author = author or person(); c.last_modified_by = person(); c.title = blocks[0][1] if blocks[0][0] == "h" else ""
    c.created = (when - dt.timedelta(days=R.randint(0, 40))).replace(tzinfo=None); c.modified = when.replace(tzinfo=None); c.revision = rev
    c.comments = ""
    for k, v in blocks:
        if k == "h": d.add_heading(v, 2)
        elif k == "p": d.add_paragraph(" ".join(v))
        else:
            t = d.add_table(len(v), len(v[0]))
            for i, row in enumerate(v):
                for cell, x in zip(t.rows[i].cells, row): cell.text = x
    o = io.BytesIO(); d.save(o)
    return rezip(o.getvalue())


def mkpdf(blocks, when, author=None, **_):
    o = io.BytesIO(); c = canvas.Canvas(o, invariant=1)
    c.setAuthor(author or person()); c.setTitle(str(blocks[0][1])[:80]); y = 800; c.setFont("Helvetica", 10)
    for para in plain(blocks).split("\n"):
        for line in textwrap.wrap(para, 95) or [""]:
            if y < 50: c.showPage(); c.setFont("Helvetica", 10); y = 800
            c.drawString(50, y, line); y -= 14
    c.save(); return o.getvalue()


def mktxt(blocks, when, **_): return plain(blocks).replace("\n", "\r\n").encode("cp1252", "replace")


def mkrtf(blocks, when, **_):
    e = lambda s: s.replace("\\", "\\\\").replace("£", "\\'a3").replace("’", "'")
    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\n" + "\n".join("\\pard " + e(p) + "\\par" for p in plain(blocks).split("\n")) + "}").encode("cp1252", "replace")


def mkhtml(blocks, when, **_):
    return ("<!doctype html><html><head><meta charset=utf-8><title>x</title></head><body>" + "".join(
        f"<p>{p}</p>\n" for p in plain(blocks).split("\n\n")) + "</body></html>").encode()


def mkodt(blocks, when, **_):
    x = lambda s: s.replace("&", "&amp;").replace("<", "&lt;")
    body = "".join(f"<text:p>{x(p)}</text:p>" for p in plain(blocks).split("\n") if p)
    ns = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    o = io.BytesIO()
    with zipfile.ZipFile(o, "w") as z:
        for n, s in (("mimetype", "application/vnd.oasis.opendocument.text"),
                     ("content.xml", f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ns} office:version="1.2"><office:body><office:text>{body}</office:text></office:body></office:document-content>'),
                     ("META-INF/manifest.xml", '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>')):
            zi = zipfile.ZipInfo(n, (1980, 1, 1, 0, 0, 0)); zi.compress_type = zipfile.ZIP_STORED if n == "mimetype" else zipfile.ZIP_DEFLATED
            z.writestr(zi, s)
    return o.getvalue()


RENDER = {"docx": mkdocx, "pdf": mkpdf, "txt": mktxt, "rtf": mkrtf, "doc": mkrtf, "html": mkhtml, "odt": mkodt}
def render(ext, blocks, when, **k): return RENDER[ext](blocks, when, **k)


def rows_for(svc, n=None, title="Item"):
    t = SERV[svc][1].split("|")
    out = [["Ref", "Description", "Place", "Officer", "Amount"]]
    for i in range(n or R.randint(15, 60)):
        out.append([f"{SERV[svc][0]}{R.randint(1000, 99999)}", R.choice(t), R.choice(PLACE), person(), round(R.uniform(5, 9000), 2)])
    return out


def mkxlsx(rows, when, sheet="Sheet1"):
    o = io.BytesIO(); wb = xlsxwriter.Workbook(o, {"in_memory": True})
    wb.set_properties({"author": person(), "created": when.replace(tzinfo=None)})
    ws = wb.add_worksheet(sheet[:31])
    for i, r in enumerate(rows):
        for j, v in enumerate(r): ws.write(i, j, v)
    wb.close(); return o.getvalue()


def mkcsv(rows):
    o = io.StringIO(); csv.writer(o).writerows(rows); return o.getvalue().encode("utf-8")


def picture(w=640, h=480, tint=None):
    tint = tint or tuple(R.randint(30, 220) for _ in range(3))
    im = Image.frombytes("RGB", (24, 18), R.randbytes(24 * 18 * 3)).resize((w, h), Image.BICUBIC)
    im = Image.blend(im, Image.new("RGB", (w, h), tint), .6)
    d = ImageDraw.Draw(im)
    for _ in range(R.randint(5, 14)):
        x, y = R.randint(0, w), R.randint(0, h)
        d.rectangle([x, y, x + R.randint(10, w // 3), y + R.randint(10, h // 3)], fill=tuple(R.randint(0, 255) for _ in range(3)))
    d.polygon([(0, h), (w // 2, h // 2), (w, h)], fill=tuple(R.randint(40, 120) for _ in range(3)))
    return im


def jpg(im, when, make="Canon", model="IXUS 185", artist=None, q=80):
    e = Image.Exif(); e[271] = make; e[272] = model; e[306] = when.strftime("%Y:%m:%d %H:%M:%S")
    if artist: e[315] = artist
    o = io.BytesIO(); im.save(o, "JPEG", quality=q, exif=e); return o.getvalue()


def mp3(title, artist, n=40000):
    f = b""
    for k, v in (("TIT2", title), ("TPE1", artist)):
        v = b"\x03" + v.encode(); f += k.encode() + struct.pack(">IH", len(v), 0) + v
    z = len(f); size = bytes([(z >> 21) & 127, (z >> 14) & 127, (z >> 7) & 127, z & 127])
    return b"ID3\x03\x00\x00" + size + f + b"".join(b"\xff\xfb\x90\x00" + R.randbytes(413) for _ in range(n // 417))


def wav(sec=2):
    o = io.BytesIO(); w = wave.open(o, "wb"); w.setnchannels(1); w.setsampwidth(2); w.setframerate(8000)
    w.writeframes(R.randbytes(16000 * sec)); w.close(); return o.getvalue()


def mp4(n=60000, brand=b"isom"):
    m = R.randbytes(n)
    return struct.pack(">I", 24) + b"ftyp" + brand + b"\0\0\2\0" + brand + b"mp41" + struct.pack(">I", len(m) + 8) + b"mdat" + m


def exe(n=90000):
    h = bytearray(b"MZ" + b"\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0\xb8" + b"\0" * 43); h[60:64] = struct.pack("<I", 128)
    return bytes(h).ljust(128, b"\0") + b"PE\0\0L\1\3\0" + R.randbytes(4) + b"\0" * 8 + b"\xe0\0\2\1" + b"This program cannot be run in DOS mode.\r\n" + R.randbytes(n)


def ole(n=9000): return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + b"\x3e\0\3\0\xfe\xff\x09\0" + b"\0" * 32 + R.randbytes(n)
def dmp(n=70000): return b"MDMP\x93\xa7" + b"\0\0" + struct.pack("<I", 12) + R.randbytes(n)
def jet(n=120000): return b"\0\1\0\0Standard Jet DB\0\1\0\0\0" + R.randbytes(n)
def lockfile(user, xl=False):
    b = bytes([len(user)]) + user.encode("cp1252"); b = b.ljust(55, b" ") + bytes([len(user), 0]) + user.encode("utf-16-le")
    return b.ljust(165 if xl else 162, b" " if R.random() < .5 else b"\0")


def sqlite_bytes(table, rows):
    p = tempfile.mktemp(suffix=".db"); c = sqlite3.connect(p)
    c.execute(f"create table {table}(a text,b text,c text,d text,e real)"); c.executemany(f"insert into {table} values(?,?,?,?,?)", rows); c.commit(); c.close()
    d = Path(p).read_bytes(); os.unlink(p); return d


def mkzip(files):
    o = io.BytesIO()
    with zipfile.ZipFile(o, "w", zipfile.ZIP_DEFLATED) as z:
        for n, b in files: z.writestr(zipfile.ZipInfo(n, (2015, 1, 1, 0, 0, 0)), b)
    return o.getvalue()


MSG = 0
def mail(subj, body, when, frm=None, to=None, headers=(), attach=(), received=None):
    global MSG
    MSG += 1
    m = EmailMessage()
    frm, to = frm or person(), to or person()
    addr = lambda p: f"{p} <{p.lower().replace(' ', '.')}@westmarch.example>"
    if received: m["Received"] = received
    m["From"] = frm if "@" in frm else addr(frm); m["To"] = to if "@" in to else addr(to); m["Subject"] = subj
    m["Date"] = format_datetime(when); m["Message-ID"] = f"<{MSG}.{R.getrandbits(48):x}@mail.westmarch.example>"
    for k, v in headers: m[k] = v
    m.set_content(body)
    for n, b in attach:
        m.add_attachment(b, maintype="application", subtype="octet-stream", filename=n)
    if m.is_multipart(): m.set_boundary(f"=_{R.getrandbits(60):x}")
    return m.as_bytes()


def ics(summary, when, desc="", method="REQUEST", loc="Teams", status=""):
    f = lambda d: d.strftime("%Y%m%dT%H%M%SZ")
    l = ["BEGIN:VCALENDAR", "PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT",
         f"UID:{R.getrandbits(96):X}", f"DTSTAMP:{f(when)}", f"DTSTART:{f(when + dt.timedelta(days=3))}", f"DTEND:{f(when + dt.timedelta(days=3, hours=1))}",
         f"SUMMARY:{summary}", f"LOCATION:{loc}", "DESCRIPTION:" + desc.replace("\n", "\\n").replace(",", "\\,")] + ([f"STATUS:{status}"] if status else []) + ["END:VEVENT", "END:VCALENDAR", ""]
    return "\r\n".join(l).encode()

# ------------------------------------------------------------------ the tree


class Tree:
    def __init__(self, root):
        self.root, self.rows, self.low, self.data, self.n = root, {}, set(), {}, Counter()

    def gid(self, kind): self.n[kind] += 1; return f"{kind}{self.n[kind]:03d}"

    def free(self, path, when):
        """A taken name goes into a subfolder of its year: a number on the name would look like a version."""
        d, _, n = path.rpartition("/"); p, i = path, 0
        while p.lower() in self.low:
            p = f"{d}/{when.year + i}/{n}" if i < 3 else f"{d}/{when.year} part {i}/{n}"; i += 1
        return p

    def put(self, path, data, when, **lab):
        when = min(when, dt.datetime(2026, 10, 30, 16, 40, tzinfo=UTC)); path = self.free(path, when); self.low.add(path.lower())
        f = self.root / path; f.parent.mkdir(parents=True, exist_ok=True); f.write_bytes(data)
        self.rows[path] = {"when": when, "sha": hashlib.sha256(data).hexdigest(), "size": len(data), "labels": lab}
        return path

    def link(self, src, path, when, **lab):
        when = min(when, dt.datetime(2026, 10, 30, 16, 40, tzinfo=UTC)); path = self.free(path, when); self.low.add(path.lower())
        f = self.root / path; f.parent.mkdir(parents=True, exist_ok=True); os.link(self.root / src, f)
        self.rows[path] = {"when": self.rows[src]["when"], "sha": self.rows[src]["sha"], "size": self.rows[src]["size"],
                           "labels": {**lab, "hardlink_of": src}}
        return path

    def bytes(self, path): return (self.root / path).read_bytes()


T = None


def day(y0=2006, y1=2025):
    d = dt.datetime(R.randint(y0, y1), R.randint(1, 12), R.randint(1, 28), R.randint(8, 18), R.randint(0, 59), R.randint(0, 59), tzinfo=UTC)
    return d


def later(d, lo=1, hi=12): return d + dt.timedelta(days=R.randint(lo, hi), hours=R.randint(0, 5), minutes=R.randint(0, 59))


SUBS = ["Reports", "Correspondence", "Projects", "Team meetings", "Policies and procedures", "Contracts", "Performance", "Admin", "Training", "Budget"]
def sdir(svc=None, sub=True):
    svc = svc or R.choice(SERVICES)
    return f"Services/{svc}/{R.choice(SUBSOF[svc])}" if sub else f"Services/{svc}"
def udir(): return f"Users/{R.choice(USERS)}"


USERS, SUBSOF = [], {}
TITLES = ["{s} service plan {y}", "Review of {t}", "Briefing on {t}", "{p} options paper", "{t} - lessons learned", "Business case {t}", "{p} site visit notes",
          "Procedure for {t}", "Update to members on {t}", "Letter to {p} Parish Council", "Risk assessment {p}", "Spec for {t}", "Consultation replies {p}",
          "Notes of call with {w}", "Tender evaluation {t}", "Induction checklist {s}", "Q and A on {t}", "{p} history and background", "{p} café & kiosk lease", "Exit report {t}", "Grant claim {t}"]
def title(svc):
    t = R.choice(TITLES).format(s=svc, y=R.randint(2008, 2025), t=R.choice(SERV[svc][1].split("|")), p=R.choice(PLACE), w=person())
    return (t[0].upper() + t[1:]).replace("/", "-")


def doc(svc=None, ttl=None, ext="docx", when=None):
    svc = svc or R.choice(SERVICES); when = when or day()
    return render(ext, report(svc, ttl or title(svc)), when)

# ---------- trivial


def triv(path, data, when, kind, why, **k):
    return T.put(path, data, when, trivial=True, kind=kind, case=True, why=why, **k)


def nott(path, data, when, looks, why, **k):
    return T.put(path, data, when, trivial=False, looks_like=looks, lookalike=["trivial"], case=True, why=why, **k)


def trivial_positives():
    # Office owner files, beside a real document and orphaned
    for i in range(34):
        svc = R.choice(SERVICES); d = sdir(svc) if i % 3 else udir(); w = day(); ttl = title(svc)
        if i % 4 == 0:
            d = os.path.dirname(T.put(f"{d}/{ttl}.xlsx", mkxlsx(rows_for(svc), w), w, trivial=False)); n = f"~${ttl}.xlsx"
        else:
            d = os.path.dirname(T.put(f"{d}/{ttl}.docx", doc(svc, ttl, when=w), w, trivial=False)); n = "~$" + (ttl[2:] if len(ttl) > 8 else ttl) + ".docx"
        triv(f"{d}/{n}", lockfile(person(), n.endswith("xlsx")), w, "lock", "Office owner file left behind")
    for _ in range(8):
        w = day(); t = title("Finance")
        triv(f"{sdir()}/.~lock.{t}.odt#", f",{login()},WCC-PC{R.randint(1000, 9999)},{w:%d.%m.%Y %H:%M},file:///C:/Users/x;".encode(), w, "lock", "LibreOffice lock")
    for _ in range(5):
        w = day(); d = sdir(); s = R.choice(["Contacts", "Asset list", "Complaints log", "Bookings"])
        T.put(f"{d}/{s} {w.year}.mdb", jet(60000), w, trivial=False)
        triv(f"{d}/{s} {w.year}.ldb", (f"WCC{R.randint(100, 999)}".ljust(32, "\0") + "Admin".ljust(32, "\0")).encode(), w, "lock", "Access lock beside its database")
    # temp
    for i in range(36):
        w = day(); n = R.choice([f"~WRL{R.randint(1, 4000):04d}.tmp", f"~WRD{R.randint(0, 4000):04d}.tmp", f"{R.getrandbits(32):08X}.tmp", f"~DF{R.getrandbits(28):07X}.TMP", f"ppt{R.getrandbits(16):X}.tmp", f"tmp{R.getrandbits(20):05x}.tmp"])
        triv(f"{R.choice([sdir(), udir(), udir() + '/Temp'])}/{n}", R.choice([ole, lambda n: R.randbytes(n), lambda n: b"\0" * n + R.randbytes(3)])(R.randint(500, 20000)), w, "temp", "scratch file of an editor, not a whole document")
    for n in ("Unconfirmed {r}.crdownload", "{t}.pdf.part", "download.partial", "{t}.zip.crdownload", "{t}.docx.tmp", "{t}.xlsx~RF{r}.TMP"):
        for _ in range(2):
            w = day(2014); triv(f"{udir()}/Downloads/{n.format(r=R.randint(10000, 999999), t=title('ICT'))}", R.randbytes(R.randint(900, 30000)), w, "temp", "unfinished download or save")
    # caches
    for u in R.sample(USERS, 3):
        for _ in range(6):
            w = day(2010, 2022)
            b, n = R.choice([(R.randbytes(R.randint(300, 9000)), f"f_{R.randint(0, 9999):06x}"), (b"/* c */ var a=" + str(R.random()).encode() + b";", f"jquery.min[{R.randint(1, 9)}].js"),
                             (jpg(picture(120, 90), w), f"banner[{R.randint(1, 99)}].jpg"), (f"<html>{R.random()}</html>".encode(), f"search[{R.randint(1, 9)}].htm")])
            p = R.choice([f"Users/{u}/Temporary Internet Files/Content.IE5/{R.choice(['A1B2C3D4', '9XKQ2PLM'])}", f"Users/{u}/AppData/Local/Google/Chrome/User Data/Default/Cache"])
            triv(f"{p}/{n}", b, w, "cache", "browser cache in a roamed profile")
    for _ in range(6):
        w = day(2017); d = f"Services/{R.choice(['Public Health', 'Finance', 'Highways'])}/Projects/Analysis"
        triv(f"{d}/__pycache__/{R.choice(['load', 'clean', 'model', 'plots'])}.cpython-3{R.randint(6, 11)}.pyc", b"a\r\r\n" + R.randbytes(2000), w, "cache", "compiled Python cache of an analyst's scripts")
    # thumbnails and desktop furniture
    for i in range(40):
        w = day(2004, 2016); d = R.choice([sdir(), sdir(), udir() + "/Pictures", f"Services/Planning/Applications/{R.randint(2010, 2022)}"])
        triv(f"{d}/Thumbs.db", ole(R.randint(3000, 40000)), w, "thumbnail", "Windows thumbnail cache")
    for _ in range(14):
        w = day(); d = R.choice([sdir(), udir()])
        n, b = R.choice([("ehthumbs.db", ole(5000)), (".DS_Store", b"\0\0\0\1Bud1" + R.randbytes(6000)), (f"._{title('Libraries and Archives')}.docx", b"\0\5\x16\7\0\2\0\0Mac OS X        " + R.randbytes(120)),
                         ("ZbThumbnail.info", R.randbytes(4000)), ("pspbrwse.jbf", b"JASC BROWS FILE\0" + R.randbytes(4000)), ("desktop.ini", f"[.ShellClassInfo]\r\nIconIndex={R.randint(0, 999)}\r\n".encode()), (".picasa.ini", f"[IMG_{R.randint(1, 9999)}.jpg]\nbackuphash={R.randint(1, 99999)}\n".encode())])
        triv(f"{d}/{n}", b, w, "thumbnail", "desktop or thumbnail furniture")
    for _ in range(14):
        w = day(2015); u = R.choice(USERS)
        triv(f"Users/{u}/Pictures/.thumbnails/{R.getrandbits(64):016x}.jpg", jpg(picture(96, 72), w, q=50), w, "thumbnail", "generated preview of a picture")
    # zero bytes
    for i in range(36):
        w = day(); svc = R.choice(SERVICES)
        n = R.choice([title(svc) + ".docx", "New Text Document.txt", "New Microsoft Word Document.docx", "New Microsoft Excel Worksheet.xlsx", title(svc) + ".pdf", "scan" + str(R.randint(1, 9999)) + ".tif", "aaa", "New Bitmap Image.bmp", "test.txt", title(svc) + ".xlsx", "Book1.xls"])
        triv(f"{R.choice([sdir(svc), udir()])}/{n}", b"", w, "zero", "empty file with no meaning: failed save or New > Document")
    # installers
    for _ in range(30):
        w = day(2008, 2022); v = f"{R.randint(1, 24)}.{R.randint(0, 9)}"
        n = R.choice([f"AdbeRdr{R.randint(700, 1100)}_en_US.exe", "ChromeSetup.exe", f"7z{R.randint(900, 2300)}-x64.msi", f"vlc-{v}-win32.exe", "setup.exe", f"jre-{R.randint(6, 8)}u{R.randint(10, 300)}-windows.exe", f"GoogleEarthSetup{v}.exe", f"PrinterDriver_{v}.msi",
                      f"Firefox Setup {v}.exe", f"Zoom_{v}.msi", "iTunesSetup.exe", f"npp.{v}.Installer.exe", "flashplayer_install.exe", f"Skype-{v}.exe", f"TeamViewer_Setup_{v}.exe", f"Citrix Receiver {v}.dmg"])
        triv(f"{R.choice([udir() + '/Downloads', udir() + '/Desktop', sdir('ICT'), 'Public/Software'])}/{n}", ole(60000) if n.endswith("msi") else (b"x\1s\r" + R.randbytes(50000) + b"koly" + R.randbytes(508)) if n.endswith("dmg") else exe(R.randint(30000, 160000)), w, "installer", "downloadable installer of common software")
    # crash dumps
    for _ in range(20):
        w = day(2010, 2023); n, b = R.choice([(f"WINWORD.EXE.{R.randint(1000, 9999)}.dmp", dmp()), (f"Mini{w:%m%d%y}-0{R.randint(1, 9)}.dmp", b"PAGEDUMP" + R.randbytes(64000)), (f"hs_err_pid{R.randint(1000, 9999)}.log", (f"#\n# A fatal error has been detected by the Java Runtime Environment:\n#\n#  EXCEPTION_ACCESS_VIOLATION (0xc0000005) at pc=0x{R.getrandbits(64):016x}, pid={R.randint(1, 9999)}\n").encode() * 3),
                                          (f"core.{R.randint(1000, 32000)}", b"\x7fELF\2\1\1\0" + b"\0" * 8 + b"\4\0\x3e\0" + R.randbytes(80000)), ("Report.wer", f"Version=1\r\nEventType=APPCRASH\r\nEventTime={R.getrandbits(60)}\r\nAppName=Microsoft Excel\r\n".encode("utf-16")), (f"acad.{R.randint(1, 99)}.mdmp", dmp())])
        triv(f"{R.choice([udir(), udir() + '/Desktop', sdir('ICT'), sdir('Highways')])}/{n}", b, w, "crash_dump", "process crash dump")
    # personal media
    songs = ["Dancing in the Rain", "Saturday Lights", "Moonlit Road", "Summer Anthem", "Last Train Home", "Winter Song", "Gold Dust", "Paper Boats"]
    for u in USERS:
        trip = R.choice(["Majorca 2014", "Our wedding", "Lanzarote hols", "Baby photos", "Stag do Prague", "Bonfire night at ours", "New puppy", "Skiing 2011"])
        w = day(2009, 2019)
        for _ in range(R.randint(5, 8)):
            w2 = w + dt.timedelta(hours=R.randint(0, 90)); triv(f"Users/{u}/Pictures/{trip}/{R.choice(['IMG_', 'DSC0', 'P10'])}{R.randint(1000, 9999)}.JPG", jpg(picture(), w2, *R.choice([("Apple", "iPhone 6"), ("Samsung", "SM-G900F"), ("FUJIFILM", "FinePix Z90")])), w2, "personal_media", "holiday or family picture in a home drive")
        for _ in range(R.randint(2, 5)):
            a = R.choice(["The Larks", "DJ Volt", "Now Thats Hits 74", "Celtic Harps"]); s = R.choice(songs)
            triv(f"Users/{u}/My Music/{a}/{R.randint(1, 18):02d} {s}.mp3", mp3(s, a), w, "personal_media", "music in a home drive")
    for n in ("Ella first steps.mov", "Dads 60th speech.mp4", "funny cat.mp4", "Glastonbury.mp4", "school nativity (ours).mov"):
        w = day(2010, 2021); triv(f"{udir()}/Videos/{n}", mp4(brand=b"qt  " if n.endswith("mov") else b"isom"), w, "personal_media", "private film in a home drive")
    for _ in range(6):
        w = day(2012, 2019); triv(f"Services/{R.choice(SERVICES)}/Admin/Xmas do {w.year}/IMG_{R.randint(1, 9999):04d}.jpg", jpg(picture(), w, "Apple", "iPhone 7"), w, "personal_media", "office party snaps", doubt="a party in a service folder: personal media, but a council archivist might keep one")
    # out-of-office and calendar noise
    for i in range(34):
        w = day(2013); u = R.choice(USERS); who = person(); back = w + dt.timedelta(days=R.randint(1, 20))
        sub = R.choice(["Automatic reply: ", "Out of office: ", "Out of Office AutoReply: ", "Autoreply: "]) + R.choice(["Budget monitoring", "Desk booking", "Stationery order", "Meeting room", "Team lunch", "RE: Printer"])
        body = R.choice([f"I am out of the office until {back:%A %d %B}. For anything urgent please ring {person()} on 01632 960{R.randint(100, 999)}.\n\n{who}\n", f"Thank you for your email. I am on annual leave returning {back:%d/%m/%Y}. Your message has not been forwarded.\n{who}\n{R.choice(SERVICES)}\n", f"I work Monday to Wednesday and will read your message when I am next in. {who}\n"])
        triv(f"Mailboxes/{u}/{R.choice(['Inbox', 'Deleted Items'])}/{sub.replace(':', '')}{R.randint(1, 999)}.eml", mail(sub, body, w, who, u, R.choice([[("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")], [("X-Autoreply", "yes"), ("Precedence", "bulk")], []])), w, "out_of_office", "automatic absence reply, nothing of substance")
    for i in range(40):
        w = day(2013); u = R.choice(USERS)
        s = R.choice(["Team lunch", "Fire drill", "Cake for Jan's birthday", "Pilates in the Shire Rooms", "Car park closed", "Focus time", "Coffee catch-up", "Mandatory: update your password", "Dentist", "Flu jab", "Christmas jumper day"])
        if i % 2:
            pre = R.choice(["Accepted: ", "Declined: ", "Tentative: ", "Canceled: "])
            triv(f"Mailboxes/{u}/Calendar/{pre.replace(':', '')}{s} {R.randint(1, 999)}.ics", ics(pre + s, w, method="CANCEL" if pre[0] == "C" else "REPLY", status="CANCELLED" if pre[0] == "C" else ""), w, "calendar", "acceptance, refusal or cancellation with no text")
        else:
            triv(f"Mailboxes/{u}/Calendar/{s} {R.randint(1, 999)}.ics", ics(s, w), w, "calendar", "social or reminder entry")


NAME_TRAPS = [  # (file name, looks like, what it is)
 ("temp accommodation list.{x}", "temp", "households in temporary accommodation"), ("Temp staff agency rates {y}.{x}", "temp", "agency workers"), ("Temporary road closures {p}.{x}", "temp", "highways record"), ("TMP A{n} {p} closure.{x}", "temp", "traffic management plan"),
 ("TMP.{x}", "temp", "traffic management plan"), ("temp.{x}", "temp", "school kitchen temperature log, real text"), ("Temperature monitoring strongroom {y}.{x}", "temp", "record office log"), ("Temple Street {p} TRO.{x}", "temp", "traffic order"), ("template for care plan {y}.{x}", "temp", "form template"), ("tmp_final_report_to_cabinet {y}.{x}", "temp", "real report under a bad name"),
 ("Thumbs up campaign.{x}", "thumbnail", "road safety campaign"), ("Tom Thumb Nursery inspection {y}.{x}", "thumbnail", "inspection"), ("Thumbnail sketches {p} market place.{x}", "thumbnail", "design sketches, text"), ("Rule of thumb for care ratios.{x}", "thumbnail", "guidance"), ("Thumbs.{x}", "thumbnail", "accident report: crushed thumbs, depot"), ("thumb injury claim {n}.{x}", "thumbnail", "insurance claim"),
 ("cache.{x}", "cache", "minutes of a meeting under a bad name"), ("Cache Lane {p} drainage.{x}", "cache", "street name"), ("Geocaching trail {p}.{x}", "cache", "countryside leaflet"), ("Roman coin cache {p} treasure report.{x}", "cache", "treasure report"), ("Cached figures explained.{x}", "cache", "finance note"), ("weapons cache police liaison {y}.{x}", "cache", "community safety"),
 ("Lockdown lessons learned {y}.{x}", "lock", "debrief"), ("lock.{x}", "lock", "canal lock repairs"), ("Lock keepers' rota {p}.{x}", "lock", "rota"), ("Lock and key policy children's homes.{x}", "lock", "policy"), ("~ old pay policy {y}.{x}", "lock", "real policy; tilde to sort it last"), ("~{p} notes.{x}", "lock", "real notes; tilde to sort"), ("$ budgets {y}.{x}", "lock", "real budget paper"), ("~$avings plan {y}.{x}", "lock", "a savings plan spelt with a dollar: whole document"),
 ("Setup guide for new councillors {y}.{x}", "installer", "guide"), ("setup.{x}", "installer", "polling station set-up sheet"), ("Setup of {p} children's centre.{x}", "installer", "project paper"), ("Boiler installer list {y}.{x}", "installer", "contractors"), ("install dates LED lanterns {p}.{x}", "installer", "street lighting"), ("Installer guide fostering portal.{x}", "installer", "guide"), ("install.{x}", "installer", "instructions for grab rails"), ("Package for {p} library.{x}", "installer", "asset package"), ("Update patch {p} car park surface.{x}", "installer", "patching works"),
 ("Crash dump site {p}.{x}", "crash_dump", "fly-tip after a vehicle crash"), ("Road crash data {p} {y}.{x}", "crash_dump", "collision data"), ("core.{x}", "crash_dump", "core strategy"), ("Core strategy {y}.{x}", "crash_dump", "planning policy"), ("Memory dump - reminiscence session {p}.{x}", "crash_dump", "memory café notes"), ("Dump sites closed {y}.{x}", "crash_dump", "landfill register"), ("minidump skips {p}.{x}", "crash_dump", "skip hire"), ("Report.{x}", "crash_dump", "a report called Report"), ("Error log of payroll run {y}.{x}", "crash_dump", "audit evidence"),
 ("Empty homes {p} {y}.{x}", "zero", "empty homes strategy"), ("Zero carbon plan {p}.{x}", "zero", "plan"), ("blank.{x}", "zero", "blank consent form"), ("New Microsoft Word Document.{x}", "zero", "unnamed but a real report"), ("Document1.{x}", "zero", "unnamed but a real report"), ("New Text Document (2).{x}", "zero", "notes of a disciplinary interview"), ("test.{x}", "zero", "results of a smoke-alarm test"), ("aaa {p}.{x}", "zero", "real notes; letters to sort it first"),
 ("Holiday hunger scheme {y}.{x}", "personal_media", "school holiday meals"), ("Wedding licence {p} Manor.{x}", "personal_media", "approved premises"), ("Music hub funding {y}.{x}", "personal_media", "grant"), ("Baby photos consent policy.{x}", "personal_media", "policy"), ("Christmas lights {p} permit.{x}", "personal_media", "highway permit"), ("Party wall award {p}.{x}", "personal_media", "legal award"), ("Personal budget {n}.{x}", "personal_media", "social care"),
 ("Out of office hours service review {y}.{x}", "out_of_office", "service review"), ("Out of office.{x}", "out_of_office", "lone working procedure"), ("Calendar of meetings {y}.{x}", "calendar", "statutory calendar"), ("Automatic reply wording policy.{x}", "out_of_office", "policy"), ("Backup generator {p}.{x}", "temp", "maintenance"), ("Recycle bin design {p}.{x}", "temp", "public realm"), ("Junk mail scams {y}.{x}", "calendar", "trading standards"), ("spam {p}.{x}", "calendar", "doorstep scam casework"), ("old.{x}", "temp", "old people's homes list"), ("deleted posts {y}.{x}", "temp", "HR: posts deleted from establishment"),
]


def trivial_lookalikes():
    exts = ["docx", "docx", "docx", "pdf", "xlsx", "csv", "rtf", "odt", "txt", "doc"]
    for n, looks, why in NAME_TRAPS:
        for _ in range(2 if R.random() < .75 else 1):
            x = R.choice(exts); svc = R.choice(SERVICES); w = day()
            name = n.format(x=x, y=R.randint(2006, 2025), p=R.choice(PLACE), n=R.randint(10, 980))
            b = mkxlsx(rows_for(svc), w) if x == "xlsx" else mkcsv(rows_for(svc)) if x == "csv" else render(x, minutes(svc, f"{svc} board", w) if "minutes" in why else report(svc, why[0].upper() + why[1:]), w)
            nott(f"{R.choice([sdir(svc), sdir(svc), udir()])}/{name}", b, w, looks, why)
    # folders whose names mislead
    for d, looks, why in (("Services/Human Resources/Temp", "temp", "folder of temporary staff contracts"), ("Services/Highways/TMP", "temp", "traffic management plans"), ("Services/Libraries and Archives/Cache of letters 1914-18", "cache", "catalogued letters"),
                          ("Services/Adult Social Care/Temporary", "temp", "temporary placements"), ("Services/Countryside/Thumbnails", "thumbnail", "walk cards, the published text"), ("Services/Property and Estates/Installers", "installer", "contractor files"), ("Services/Trading Standards/Dumps", "crash_dump", "fly-tip case notes"),
                          ("Services/Communications/Junk", "calendar", "junk mail campaign"), ("Users/{u}/Temp", "temp", "a whole report parked in Temp")):
        for i in range(R.randint(4, 6)):
            svc = d.split("/")[1] if d.split("/")[1] in SERV else R.choice(SERVICES); w = day(); t = title(svc)
            k = {"doubt": "a user's Temp folder; the content is a whole, unique document"} if "Users" in d else {}
            nott(f"{d.format(u=R.choice(USERS))}/{t}.docx", doc(svc, t, when=w), w, looks, why, **k)
    # work pictures, sound and film
    for road in R.sample(PLACE, 4):
        w = day(2012, 2024)
        for i in range(R.randint(7, 10)):
            w2 = w + dt.timedelta(minutes=4 * i); nott(f"Services/Highways/Inspections/{road} {w:%Y-%m-%d}/{R.choice(['IMG_', 'DSC0'])}{R.randint(1000, 9999)}.JPG", jpg(picture(tint=(90, 90, 95)), w2, *R.choice([("Apple", "iPhone 8"), ("Canon", "IXUS 185")]), artist="Highways Inspections WCC"), w2, "personal_media", "highway inspection album (same phone make as private pictures)")
    for d, n, why in (("Services/Property and Estates/Condition surveys/{p} roof", 6, "condition survey"), ("Services/Communications/Photo library/Library opening {p}", 6, "official event photographs"), ("Services/Libraries and Archives/Glass negatives/{p} collection", 6, "digitised archive"), ("Services/Planning/Enforcement/{p} unauthorised extension", 6, "evidence"), ("Services/Children's Services/Life story work/{p} house", 5, "a looked-after child's life-story pictures: look like family snaps"), ("Users/{u}/Pictures/Site visit {p}", 6, "work pictures kept in a home drive")):
        pl, u = R.choice(PLACE), R.choice(USERS); w = day(2010, 2024)
        for i in range(n):
            k = dict(guarded="only_copy", guarded_why="pictures of and about a child in care, held nowhere else") if "Life story" in d else {}
            nott(f"{d.format(p=pl, u=u)}/{R.choice(['IMG_', 'DSCF', 'P'])}{R.randint(1000, 9999)}.jpg", jpg(picture(), w + dt.timedelta(minutes=i), *R.choice([("Apple", "iPhone 6"), ("NIKON", "D3200")])), w + dt.timedelta(minutes=i), "personal_media", why, **k, **({"doubt": "home drive; only the folder name says work"} if "Users" in d else {}))
    for i in range(18):
        w = day(2005, 2024); p = R.choice(PLACE)
        d, n, b, why = R.choice([("Services/Libraries and Archives/Oral history", f"{p} mill worker {R.randint(1, 40):02d}.mp3", lambda: mp3(f"Interview {R.randint(1, 99)}", person()), "oral history"), ("Services/Trading Standards/Interviews under caution", f"PACE tape {R.randint(100, 999)}.wav", wav, "interview under caution"),
                                 ("Services/Passenger Transport/CCTV requests", f"Bus {R.randint(10, 99)} {w:%d%m%y}.mp4", mp4, "CCTV evidence"), ("Services/Democratic Services/Webcasts", f"Council {w:%Y-%m-%d}.mp4", mp4, "webcast of full council"), ("Services/Communications/Telephony", f"hold music {R.randint(1, 9)}.mp3", lambda: mp3("Greensleeves", "Licensed"), "contact centre hold music in use"), ("Services/Countryside/Drone", f"{p} bridleway.mov", lambda: mp4(brand=b"qt  "), "drone survey"), ("Services/Highways/Dashcam", f"route {R.randint(1, 40)}.mp4", mp4, "route survey")])
        nott(f"{d}/{n}", b(), w, "personal_media", why)
    # zero-byte markers
    T.put("Archive (old G drive)/EDRMS export/README - marker files.txt", b"Each declared folder holds an empty file .declared; CLOSED.flg means the file part is closed; HOLD means a hold was placed in RecordPoint 3.\r\nThe empty files ARE the record of declaration. Do not remove.\r\n", day(2012, 2013), trivial=False, guarded="application_folder", guarded_why="explains the markers of a record system's export")
    for i in range(14):
        d = f"Archive (old G drive)/EDRMS export/{i % 5 + 1:02d}-{PLACE[i % 5]}"; w = day(2009, 2012); t = title("Legal")
        T.put(f"{d}/{t}.docx", doc("Legal", t, when=w), w, trivial=False)
        nott(f"{d}/{R.choice(['.declared', 'CLOSED.flg', 'HOLD', '_FROZEN', '.record'])}", b"", w, "zero", "zero-byte marker of a record system (README beside it says so)", guarded="application_folder", guarded_why="under EDRMS export, whose README says that the empty files carry the declaration")
    for _ in range(8):
        w = day(2005, 2020); n = R.choice(["FILE {n} DESTROYED {d}.txt", "PAPER FILE {n} MOVED TO {p} RECORD OFFICE.txt", "SEE LEGAL FILE {n} NOT HERE.txt", "TAKEN BY AUDIT {d} ref {n}"]).format(n=R.randint(1000, 9999), d=w.strftime("%d-%m-%Y"), p=R.choice(PLACE))
        nott(f"{sdir()}/{n}", b"", w, "zero", "empty file whose name is the record", doubt="zero bytes; only the name carries meaning")
    # databases and dumps that matter
    for n, b, why in (("caretrack_full_{y}.dmp", lambda: b"\3\1EXPORT:V10.02.01\nDCARETRK\nRUSERS\n2048\n" + R.randbytes(90000), "Oracle export of the old social-care database"), ("pensions_{y}.dmp", lambda: b"\3\1EXPORT:V08.01.07\nDPENS\n" + R.randbytes(60000), "Oracle export of pensions"), ("revenues.bak", lambda: b"TAPE\0\0\3\0\x8c\0\x0e\1" + R.randbytes(60000), "SQL Server backup")):
        w = day(2004, 2011); nott(f"Archive (old G drive)/Database exports/{n.format(y=w.year)}", b(), w, "crash_dump", why, guarded="only_copy", guarded_why="the only export of a retired system in the tree")
    # mail and calendar that only look like noise
    subs = [("Re: Out of office policy", "Please find my comments on the out of office policy. We agreed that duty teams must always name a deputy."), ("Out of office hours noise at {p}", "I complain about noise outside office hours at the depot in {p}. I want a formal reply within ten days."), ("Automatic reply: FOI {n} - acknowledgement", "Your request was received on {d} and will be answered within twenty working days. Reference FOI/{n}. The clock starts today."), ("Automatic reply: your blue badge application {n}", "We have your application {n}. You must send proof of identity by {d} or it will be refused."),
            ("Automatic renewal of lease {p}", "The lease at {p} renews automatically on {d} unless notice is served. Please instruct."), ("FW: Automatic reply: Tender clarification {n}", "Keep this: the bidder's auto reply at 11:58 proves that our clarification arrived before the deadline. Needed for the challenge."), ("Out of Office: handover of {p} case {n}", "I have left the council. Decisions on {p}: I agreed on {d} to extend the contract by six months at £{n}00. All papers are with {w}.")]
    for i in range(24):
        s, body = R.choice(subs); w = day(2013); f = dict(p=R.choice(PLACE), n=R.randint(100, 9999), d=w.strftime("%d %B %Y"), w=person()); s = s.format(**f); u = R.choice(USERS)
        nott(f"Mailboxes/{u}/Inbox/{s.replace(':', '').replace('/', '-')}.eml", mail(s, body.format(**f) + f"\n\n{person()}\n", w, to=u, headers=[("Auto-Submitted", "auto-replied")] if s.startswith(("Automatic reply", "Out of Office")) else []), w, "out_of_office", "subject or header like an absence reply; the text is business")
    for i in range(24):
        w = day(2013); p = R.choice(PLACE); u = R.choice(USERS)
        s, desc = R.choice([(f"Court hearing {p} possession claim", f"Courtroom 3. Bundle due seven days before. Counsel: {person()}."), (f"Cabinet member briefing - {p}", f"Decisions: 1. Agreed to close the site. 2. {person()} to write to staff. 3. Spend of £{R.randint(10, 90)}000 approved."), ("Employment tribunal day 1", f"Claim {R.randint(10, 99)}00{R.randint(100, 999)}. Witnesses: {person()}, {person()}."), (f"Canceled: {p} site visit", f"Cancelled because the landowner refused entry. {person()} to serve notice under section 324."), (f"Accepted: offer of settlement {p}", f"We accept the sum of £{R.randint(2, 80)}500 in full and final settlement, as authorised by {person()}."), (f"Planning inquiry {p}", "Proofs of evidence due four weeks before; statement of common ground agreed.")])
        nott(f"Mailboxes/{u}/Calendar/{s.replace(':', '')} {R.randint(1, 999)}.ics", ics(s, w, desc, method="CANCEL" if s.startswith("Canceled") else "REPLY" if s.startswith("Accepted") else "REQUEST"), w, "calendar", "calendar item that records a decision, a hearing or a notice")


APPS = ["RoadWatch", "GritTrack 2", "LibPac", "PayrollLink", "MapServe", "TideGauge", "BookIt Rooms"]


def applications():
    """Folders of programs: everything in them is guarded. And 'Applications' that are not programs."""
    for a in R.sample(APPS, 4):
        root = R.choice([f"Apps/{a}", f"Apps/{a}", f"Services/{R.choice(SERVICES)}/{a}/Program", f"Program Files (x86)/{a}"]); w = day(2009, 2019); g = dict(guarded="application_folder", guarded_why=f"under the program folder of {a}: exe, dll and config beside it")
        key = a.split()[0].lower()
        for n, b in ((f"{key}.exe", exe()), ("msvcr100.dll", exe(40000)), (f"{key}.exe.config", f"<configuration><appSettings><add key='Server' value='wcc-{key}-{R.randint(1, 9)}'/></appSettings></configuration>".encode()), (f"{key}.ini", f"[main]\r\nport={R.randint(2000, 9000)}\r\n".encode())):
            T.put(f"{root}/{n}", b, w, trivial=False, case=True, why="program file", **g)
        for n, b, looks in (("setup.exe", exe(80000), "installer"), (f"redist/vcredist_{R.randint(2005, 2015)}.exe", exe(50000), "installer"), ("cache/tiles_0001.dat", R.randbytes(9000), "cache"), (f"cache/tiles_{R.randint(2, 99):04d}.dat", R.randbytes(9000), "cache"), ("temp/session.tmp", R.randbytes(800), "temp"),
                            ("spool/out.lck", str(R.randint(100, 9999)).encode(), "lock"), ("queue/READY", b"", "zero"), ("plugins/__init__.py", b"", "zero"), ("images/Thumbs.db", ole(5000), "thumbnail"), ("images/thumb_logo.png", b"\x89PNG\r\n\x1a\n" + R.randbytes(1500), "thumbnail"), (f"logs/crash_{w:%Y%m%d}.dmp", dmp(20000), "crash_dump"), ("sounds/alert.mp3", mp3("alert", a, 8000), "personal_media"), ("data/index.tmp", R.randbytes(4000), "temp")):
            if R.random() < .85: nott(f"{root}/{n}", b, w, looks, "rubbish by name, but inside an application's folder", **g)
        d = exe(30000); c = T.gid("c")
        for sub in ("bin", "bin/backup", "x86"):
            T.put(f"{root}/{sub}/{key}core.dll", d, w, trivial=False, case=True, copy_group=c, why="same library shipped three times by the program: exact copies, but guarded", **g)
    # case-system document store
    for i in range(24):
        w = day(2011, 2021); n, b, looks = R.choice([(f"{R.getrandbits(32):08x}.tmp", mkpdf(report("Children's Services", "Assessment"), w), "temp"), (f"{R.getrandbits(32):08x}.dat", ole(6000), "temp"), (f"{R.randint(1, 99):03d}.lock", b"", "zero"), (f"thumb_{R.getrandbits(24):06x}.jpg", jpg(picture(90, 70), w), "thumbnail"), (f"{R.getrandbits(32):08x}.tmp", mkdocx(report("Adult Social Care", "Case note"), w), "temp")])
        nott(f"Apps/CareTrack4/docstore/{R.randint(0, 2):02x}/{R.randint(0, 1):02x}/{n}", b, w, looks, "in the document store of a case system", guarded="application_folder", guarded_why="case-system document store: names are the system's own")
    # only copy of a set-up of an old social-care system
    d = "Archive (old G drive)/Old systems/CareTrack 3"; w = day(2001, 2004)
    T.put(f"{d}/READ ME FIRST.txt", b"CareTrack 3 was switched off in 2006. The supplier has gone. This is the only set-up disk left; it is needed to read the 1994-2006 client database.\r\n", later(w, 900, 1800), trivial=False)
    for n, b in (("SETUP.EXE", exe(120000)), ("DISK1.CAB", b"MSCF\0\0\0\0" + R.randbytes(80000)), ("CT3CLNT.MSI", ole(70000)), ("LICENCE.KEY", R.randbytes(64).hex().encode()), ("_INST32I.EX_", b"SZDD\x88\xf0\x27\x33A" + R.randbytes(20000)), ("DATA.TAG", b"")):
        nott(f"{d}/{n}", b, w, "zero" if not b else "installer", "part of the only set-up of a retired social-care system", guarded="only_copy", guarded_why="READ ME FIRST.txt beside it says so; same bytes nowhere else")
    for s, f in (("DeedsIndex 2.1", "INSTALL.EXE"), ("RegPro birth indexes", "setup.exe")):
        w = day(1999, 2005); T.put(f"Archive (old G drive)/Old systems/{s}/notes.txt", f"Needed to open the {s} files. No other copy: the disk failed.\r\n".encode(), later(w, 300, 900), trivial=False)
        nott(f"Archive (old G drive)/Old systems/{s}/{f}", exe(90000), w, "installer", "sole installer that opens old records", guarded="only_copy", guarded_why="notes.txt beside it says so")
    # whole documents living only in a scratch file
    for _ in range(7):
        w = day(2008, 2022); svc = R.choice(["Legal", "Children's Services", "Planning"]); nott(f"{sdir(svc)}/~WRL{R.randint(1, 4000):04d}.tmp", doc(svc, when=w), w, "temp", "Word scratch file that is a whole .docx with no other version in the tree", guarded="only_copy", guarded_why="bytes open as a complete docx; no document with this text exists elsewhere", doubt="temp by name; a rule by name alone says trivial")
    # 'Applications' that are not software: rubbish there is rubbish
    for d in ("Services/Planning/Applications/{y}", "Services/School Admissions/Applications/{y}", "Services/Human Resources/Job applications/{y}", "Services/Planning/App {n}-{y}"):
        for _ in range(4):
            w = day(2012, 2023); p = d.format(y=w.year, n=R.randint(100, 900)); svc = p.split("/")[1]
            T.put(f"{p}/Application {R.randint(1000, 9999)} {R.choice(PLACE)}.docx", doc(svc, when=w), w, trivial=False)
            n, b, k = R.choice([("Thumbs.db", ole(7000), "thumbnail"), ("~$plication form.docx", lockfile(person()), "lock"), (f"~WRD{R.randint(1, 4000):04d}.tmp", ole(4000), "temp"), ("New Text Document.txt", b"", "zero")])
            triv(f"{p}/{n}", b, w, k, "planning, school or job applications are not an application folder", lookalike=["guard"])


# ---------- exact copies


def copies():
    # plain groups
    for i in range(62):
        svc = R.choice(SERVICES); w = day(); t = title(svc); x = R.choice(["docx", "docx", "pdf", "xlsx", "csv", "jpg", "txt", "pdf"])
        b = mkxlsx(rows_for(svc), w) if x == "xlsx" else mkcsv(rows_for(svc)) if x == "csv" else jpg(picture(), w) if x == "jpg" else render(x, report(svc, t), w)
        g = T.gid("c"); home = sdir(svc); k = R.randint(1, 3)
        T.put(f"{home}/{t}.{x}", b, w, trivial=False, case=True, copy_group=g, copy_note="where it was made")
        for j in range(k):
            n = R.choice([f"{t}.{x}", f"Copy of {t}.{x}", f"{t} - Copy.{x}", f"{t} (2).{x}", f"{R.choice(['attachment', 'scan', 'doc'])}{R.randint(1, 999)}.{x}"])
            dd = R.choice([home, sdir(), udir(), udir() + "/Downloads", f"Archive (old G drive)/{svc}", "Public/Shared docs"])
            if dd == home and n == f"{t}.{x}": n = f"{t} - Copy.{x}"
            T.put(f"{dd}/{n}", b, R.choice([w, later(w, 1, 900)]), trivial=False, case=True, copy_group=g)
    # a folder copied whole
    for i in range(3):
        svc = R.choice(SERVICES); src, dst = f"Services/{svc}/Projects/{R.choice(PLACE)} programme", f"Archive (old G drive)/Backup of {svc} {R.randint(2009, 2018)}"
        for _ in range(6):
            w = day(2008, 2017); t = title(svc); b = doc(svc, t, when=w); g = T.gid("c")
            p = T.put(f"{src}/{t}.docx", b, w, trivial=False, case=True, copy_group=g); T.put(f"{dst}/{Path(p).name}", b, w, trivial=False, case=True, copy_group=g)
    # copy in a case file; copies with legal meaning
    for i in range(12):
        cs = R.choice(["Children's Services", "Adult Social Care", "SEND"]); w = day(2012, 2024); t = R.choice(["Core assessment", "Chronology", "School report", "Consent form", "GP letter", "Care plan"])
        b = doc(cs, f"{t} {R.choice(FIRST)} {R.choice(LAST)[0]}", R.choice(["docx", "pdf"]), w); x = "pdf" if b[:4] == b"%PDF" else "docx"; g = T.gid("c"); case = f"{R.randint(10000, 99999)} {R.choice(LAST).upper()}"
        T.put(f"Services/{cs}/Case files/{case}/{t}.{x}", b, w, trivial=False, case=True, copy_group=g, copy_keep=True, guarded="only_copy", guarded_why="the one copy inside a case file; the other copies lie outside it")
        for _ in range(R.randint(1, 2)): T.put(f"{R.choice([udir() + '/Desktop', sdir(cs), udir()])}/{t} {case.split()[1].title()}.{x}", b, later(w, 1, 60), trivial=False, case=True, copy_group=g)
    for i in range(8):
        w = day(2014, 2023); p = R.choice(PLACE); b = mkpdf(report("Legal", f"{p} notice"), w); g = T.gid("c"); n = R.choice(["Enforcement notice", "Signed agreement", "Witness statement", "Disclosure page"])
        T.put(f"Services/Legal/Contracts/{p} {n}.pdf", b, w, trivial=False, case=True, copy_group=g)
        T.put(f"Services/Legal/{R.choice(['Served', 'Disclosed to court', 'Signed and sealed', 'SAR disclosures'])}/{R.randint(100, 999)} {p}/{n}.pdf", b, later(w, 5, 90), trivial=False, case=True, copy_group=g, guarded="legal_meaning", guarded_why="folder shows that this very copy was served, signed or disclosed")
    for i in range(4):
        w = day(2012, 2022); t = title("Legal"); b = doc("Legal", t, when=w); g = T.gid("c")
        T.put(f"{sdir('Legal')}/ONLY COPY do not delete {t}.docx", b, w, trivial=False, case=True, copy_group=g, lookalike=["guard"], doubt="name says only copy, but the same bytes exist elsewhere"); T.put(f"{udir()}/{t}.docx", b, w, trivial=False, case=True, copy_group=g, lookalike=["guard"], doubt="twin of a file named ONLY COPY")
    # hard links: one body, two names -> not copies
    for i in range(24):
        svc = R.choice(SERVICES); w = day(); t = title(svc); s = T.put(f"{sdir(svc)}/{t}.docx", doc(svc, t, when=w), w, trivial=False, case=True, lookalike=["copy"], why="has a second name (hard link): frees nothing")
        T.link(s, f"{R.choice([sdir(), udir(), 'Public/Shared docs'])}/{R.choice([t, 'Copy of ' + t, t + ' (2)'])}.docx", w, trivial=False, case=True, lookalike=["copy"], why="hard link, not a copy")
    # one byte different
    for i in range(44):
        svc = R.choice(SERVICES); w = day(); t = title(svc); kind = i % 7
        if kind == 0: x = "csv"; a = mkcsv(rows_for(svc, 60)); j = next(k for k in range(len(a) // 2, len(a)) if 48 <= a[k] <= 57); b = a[:j] + bytes([48 + (a[j] - 47) % 10]) + a[j + 1:]; why = "one digit of an amount or reference"
        elif kind == 1: x = "txt"; a = render("txt", report(svc, t), w); b = a[:-2] + b" \n"; why = "one byte at the very end"
        elif kind == 2: x = "pdf"; a = mkpdf(report(svc, t), w, author="A. Clerk"); b = a.replace(b"(A. Clerk)", b"(B. Clerk)"); why = "one letter of the author's name in the metadata"
        elif kind == 3: x = "jpg"; a = jpg(picture(), w); j = len(a) - 3; b = a[:j] + bytes([a[j] ^ 1]) + a[j + 1:]; why = "one bit near the end of the picture"
        elif kind == 4: x = "dat"; a = R.randbytes(R.choice([300000, 1200000])); j = len(a) // 2; b = a[:j] + bytes([a[j] ^ 4]) + a[j + 1:]; why = "same head and tail, one byte in the middle"
        elif kind == 5: x = "docx"; a = doc(svc, t, when=w); b = a[:10] + bytes([a[10] ^ 2]) + a[11:]; why = "one byte of a zip time stamp"
        else: x = "tif"; a = b"II*\0\x08\0\0\0" + R.randbytes(60000); b = a[:-1]; why = "a copy cut short by one byte"
        assert a != b
        p1 = T.put(f"{sdir(svc)}/{t}.{x}", a, w, trivial=False, case=True, lookalike=["copy"], why=why, family_unscored=True)
        p2 = T.put(f"{R.choice([str(Path(p1).parent), udir(), sdir()])}/{R.choice([t, t + ' - Copy', 'Copy of ' + t])}.{x}", b, R.choice([w, later(w)]), trivial=False, case=True, lookalike=["copy"], why=why, family_unscored=True)
        T.rows[p1]["labels"]["not_copy_of"] = [p2]; T.rows[p2]["labels"]["not_copy_of"] = [p1]
    # same name, same size, other bytes ("scan0001.pdf"); same words, other line ends
    for i in range(14):
        w = day(); n = R.choice(["scan0001.pdf", "Agenda.docx", "Book1.xlsx", "IMG_0001.jpg", "minutes.docx"]); svc = R.choice(SERVICES)
        b = jpg(picture(), w) if n.endswith("jpg") else mkxlsx(rows_for(svc), w) if n.endswith("xlsx") else doc(svc, title(svc), n[-4:].strip("."), w)
        T.put(f"{sdir(svc)}/{n}", b, w, trivial=False, case=True, lookalike=["copy", "family"], why="a common name for unlike things")
    for i in range(6):
        svc = R.choice(SERVICES); w = day(); t = title(svc); a = plain(report(svc, t)).encode()
        p1 = T.put(f"{sdir(svc)}/{t}.txt", a, w, trivial=False, case=True, lookalike=["copy"], family_unscored=True, why="LF"); p2 = T.put(f"{udir()}/{t}.txt", R.choice([b"\xef\xbb\xbf" + a, a.replace(b"\n", b"\r\n")]), w, trivial=False, case=True, lookalike=["copy"], family_unscored=True, why="same words; CRLF or a BOM makes other bytes")
        T.rows[p1]["labels"]["not_copy_of"] = [p2]; T.rows[p2]["labels"]["not_copy_of"] = [p1]
    # zip beside its unpacked folder; attachment equal to a file; one message in two mailboxes
    for i in range(4):
        svc = R.choice(SERVICES); w = day(); d = f"{sdir(svc)}/{R.choice(PLACE)} papers"; fs = [(f"{title(svc)}.docx", doc(svc, when=w)) for _ in range(4)]; fs = list(dict(fs).items())
        ps = [T.put(f"{d}/{n}", b, w, trivial=False, case=True, unpacked_group=f"u{i}") for n, b in fs]
        if i == 3: fs[0] = (fs[0][0], doc(svc, when=w))
        z = T.put(f"{d}.zip", mkzip([(Path(p).name, b) for p, (_, b) in zip(ps, fs)]), w, trivial=False, case=True, unpacked_group=f"u{i}", why="zip and its unpacked folder" if i != 3 else "zip whose first member differs from the file of that name beside it: not equal")
        if i == 3:
            for p in ps[:1] + [z]: T.rows[p]["labels"].update(lookalike=["copy"]); T.rows[p]["labels"].pop("unpacked_group")
    for i in range(8):
        svc = R.choice(SERVICES); w = day(2013); t = title(svc); b = doc(svc, t, when=w); u = R.choice(USERS)
        p = T.put(f"{sdir(svc)}/{t}.docx", b, w, trivial=False, case=True, attachment_group=f"a{i}"); s = f"Papers for {R.choice(PLACE)} {R.randint(1, 99)}"
        T.put(f"Mailboxes/{u}/Inbox/{s}.eml", mail(s, f"Attached: {t}. {sent(svc)}\n", w, to=u, attach=[(Path(p).name, b)]), w, trivial=False, case=True, attachment_group=f"a{i}", why="its attachment is byte for byte the file on the share")
    for i in range(8):
        svc = R.choice(SERVICES); w = day(2013); s = f"{R.choice(PLACE)} decision on {R.choice(SERV[svc][1].split('|'))}"; m = mail(s, "\n\n".join(sent(svc) for _ in range(5)), w)
        for u in R.sample(USERS, 2): T.put(f"Mailboxes/{u}/Inbox/{s}.eml", f"Received: from mx{R.randint(1, 9)} by store-{u.replace(' ', '')}; {format_datetime(w)}\n".encode() + m, w, trivial=False, case=True, message_group=f"m{i}", why="one message (same Message-ID) in two mailboxes; bytes differ in Received")

# ---------- version families


def names(kind, t):
    a = "".join(w[0] for w in person().split())
    return {"A": [f"{t}.docx", f"{t} v2.docx", f"{t} v2 (3).docx", f"{t} final.docx", f"{t} final v2 (3).docx", f"{t} FINAL FINAL.docx"],
            "B": [f"DRAFT {t}.docx", f"DRAFT {t} - {a} comments.docx", f"{t} ({a} edits).docx", f"{t} (approved).docx"],
            "C": [f"{t} 0.1.docx", f"{t} 0.2.docx", f"{t} 0.3.docx", f"{t} 1.0.docx", f"{t} 1.1.docx"],
            "D": [f"{t}_rev A.odt", f"{t}_rev B.odt", f"{t}_rev C.odt"],
            "E": [f"{t}.docx", f"Copy of {t}.docx", f"{t} - Copy (2).docx", f"{t} - Copy (2) new.docx"],
            "G": [f"{t} (tracked).docx", f"{t} (clean).docx", f"{t} published.docx"],
            "H": [f"{t} old.rtf", f"{t}.rtf", f"{t} NEW.rtf", f"{t} use this one.rtf"],
            "I": [f"{t}_v{i}.txt" for i in range(1, 6)]}[kind]


def chain(svc, t, paths, base=None, amount=None, w=None, guard=None, hard=None, edit=None, **lab):
    """Writes one family; each file is a real edit of the one before."""
    g = T.gid("f"); b = base or report(svc, t, R.randint(5, 9)); w = w or day(2008, 2024); amount = amount or R.choice([.08, .15, .25]); out = []; au = person()
    kept = None; sents = lambda b: {s for k, v in b if k == "p" for s in v}
    for i, p in enumerate(paths):
        old = sents(b)
        if i: b = edit(b, i) if edit else evolve(b, svc, amount)
        x = p.rsplit(".", 1)[1]; last = i == len(paths) - 1; new = sents(b)
        kept = round(len(old & new) / max(1, len(old | new)), 2) if i else None
        L = dict(trivial=False, case=True, family=g, version=i + 1, versions=len(paths), current=last, kept_from_previous=kept, **lab)
        if hard: L["hard"] = hard
        if guard and not last: L.update(guarded="decision_draft", guarded_why=guard)
        out.append(T.put(p, render(x, b, w, author=au, rev=i + 2), w, **L)); w = later(w)
    return out, b, g, w


def families():
    for i in range(34):   # one folder
        svc = R.choice(SERVICES); t = title(svc); k = R.choice("ABCDEGHI"); ns = names(k, t); ns = sorted(R.sample(range(len(ns)), R.randint(2, len(ns)))); d = R.choice([sdir(svc), sdir(svc), udir()])
        full = names(k, t); out, b, g, w = chain(svc, t, [f"{d}/{full[j]}" for j in ns])
        r = R.random()
        if r < .2:   # final also as PDF
            T.put(f"{d}/{Path(out[-1]).stem}.pdf", mkpdf(b, w), w, trivial=False, case=True, family=g, rendition=True, doubt="PDF made of the last draft: counted in the family as a rendition")
        elif r < .4:  # one version also copied
            c = T.gid("c"); T.rows[out[0]]["labels"]["copy_group"] = c; L = dict(T.rows[out[0]]["labels"]); T.put(f"{udir()}/{Path(out[0]).name}", T.bytes(out[0]), T.rows[out[0]]["when"], **L)
    for i in range(14):   # across folders
        svc = R.choice(SERVICES); t = title(svc); d = sdir(svc)
        ps = R.choice([[f"{d}/Drafts/{t}.docx", f"{d}/For committee/{t}.docx", f"{d}/Published/{t}.docx"], [f"{udir()}/{t}.docx", f"{sdir(svc)}/{t} v2.docx", f"{sdir(svc)}/{t} final.docx"], [f"{udir()}/Desktop/{t} draft.docx", f"{udir()}/{t} my comments.docx", f"{d}/{t}.docx"], [f"{d}/{t}.docx", f"Archive (old G drive)/{svc}/{t}.docx"]])
        chain(svc, t, ps, hard="across folders")
    for i in range(8):    # renamed out of recognition / heavy edits
        svc = R.choice(SERVICES); t = title(svc); d = sdir(svc)
        if i % 2: chain(svc, t, [f"{d}/{t}.docx", f"{udir()}/{R.choice(['my version', 'for Jan', 'latest', 'tidied'])} {R.randint(1, 9)}.docx", f"{sdir(svc)}/{R.choice(PLACE)} paper for board.docx"], amount=.12, hard="renamed; only the text shows it")
        else: chain(svc, t, [f"{d}/{t} v1.docx", f"{d}/{t} v2.docx", f"{d}/{t} v3.docx"], amount=.5, hard="about half of the sentences change between versions", doubt="heavily rewritten")
    for i in range(6):    # drafts named by date (look like a series)
        svc = R.choice(SERVICES); t = title(svc); d = sdir(svc); w = day(2012, 2023); ds = [w + dt.timedelta(days=3 * j) for j in range(4)]
        chain(svc, t, [f"{d}/{x:%Y%m%d} {t}.docx" for x in ds], w=w, amount=.12, hard="drafts of one paper named by date, a few days apart: look like a series")
    for i in range(8):    # workbooks
        svc = R.choice(SERVICES); t = title(svc); d = sdir(svc); rows = rows_for(svc, 50); w = day(); g = T.gid("f"); k = R.randint(2, 4)
        for j in range(k):
            if j:
                rows = [list(r) for r in rows]
                for _ in range(4): rows[R.randint(1, len(rows) - 1)][4] = round(R.uniform(5, 9000), 2)
                rows.append(rows_for(svc, 1)[1])
            T.put(f"{d}/{t}{['', ' v2', ' v3 (2)', ' final'][j]}.xlsx", mkxlsx(rows, w), w, trivial=False, case=True, family=g, version=j + 1, versions=k, current=j == k - 1); w = later(w)
    # drafts that explain a decision
    def officer(b, i):
        """Draft 1 recommends one thing and says why; a marked comment answers it; the last recommends another thing without the reasons."""
        o = [x for x in b if not (x[0] == "p" and x[1][0].startswith(("RECOMMENDATION", "[Comment")))]
        o = evolve(o, svc, .12); pl = R.choice(["highway safety", "harm to the listed wall", "flood risk", "the noise survey", "the mother's account", "the school's evidence"])
        o.insert(2, ("p", [f"RECOMMENDATION: {['refuse', 'defer', 'approve with conditions', 'approve'][min(i, 3)]}."]))
        o.insert(3, ("p", [f"[Comment {person()}: I no longer agree with the earlier draft because of {pl}; the committee must see why we changed our minds.]"])) if i < 3 else None
        return o
    kinds = [("Planning", "Officer report {n}-{y} {p}", "Planning/Committee reports"), ("Children's Services", "Strategy meeting record {n}", "Children's Services/Safeguarding decisions"), ("Democratic Services", "Cabinet minutes {d}", "Democratic Services/Cabinet"), ("Adult Social Care", "Safeguarding enquiry outcome {n}", "Adult Social Care/Safeguarding"), ("Human Resources", "Appeal panel decision {n}", "Human Resources/Appeals"), ("School Admissions", "Appeal reasons {n} {p}", "School Admissions/Appeals")]
    for i in range(16):
        svc, tt, d = kinds[i % len(kinds)]; w = day(2010, 2024); t = tt.format(n=R.randint(100, 9999), y=w.year, p=R.choice(PLACE), d=w.strftime("%d %B %Y")); d = f"Services/{d}"
        base = minutes(svc, t, w) if "minutes" in t else report(svc, t, 7)
        base.insert(2, ("p", ["RECOMMENDATION: refuse."])); base.insert(3, ("p", [f"[Comment {person()}: reasons to be set out in full: see the objector's letter.]"]))
        ns = R.choice([[f"{t} draft.docx", f"{t} draft 2.docx", f"{t} draft 3 tracked.docx", f"{t}.docx"], [f"{t} v1.docx", f"{t} v2.docx", f"{t} v3.docx", f"{t} SIGNED.docx"], [f"{t} JB comments.docx", f"{t} JB comments 2.docx", f"{t} legal.docx", f"{t} final.docx"]])
        chain(svc, t, [f"{d}/{n}" for n in ns], base=base, w=w, amount=.12, edit=officer, guard="an earlier draft of a committee, appeal or safeguarding paper: its recommendation differs from the final one and its [Comment] lines say why")
    # look-alikes of those: drafts with decision words that decide nothing
    for i in range(9):
        svc = R.choice(["Communications", "Human Resources", "Libraries and Archives"]); t = R.choice(["Planning the Christmas lunch {y}", "Safeguarding awareness week poster text {y}", "Minute silence notice {y}", "Decision tree poster {p}", "Canteen menu {y}", "Cabinet (filing) order form {y}", "Appeal for blood donors {p}"]).format(y=R.randint(2010, 2024), p=R.choice(PLACE)); d = sdir(svc)
        chain(svc, t, [f"{d}/{t} draft.docx", f"{d}/{t} draft 2.docx", f"{d}/{t}.docx"], lookalike=["guard"], why="drafts, but of nothing that decides anything: not guarded")


def not_families():
    def grp(): return T.gid("n")
    # periodic returns: same layout, new period
    for i in range(17):
        svc = R.choice(SERVICES); d = f"Services/{svc}/{R.choice(['Budget', 'Performance'])}"; y = R.randint(2010, 2024); g = grp(); x = R.choice(["docx", "xlsx", "docx", "csv"])
        pat = R.choice(["Budget {y}-{m:02d}", "Monthly return {M} {y}", "{y}{m:02d} KPI", "Sickness return {m:02d}-{y}", "Period {m:02d} monitoring {y}", "Timesheet wk {m:02d}", "{M} {y} highlight report"]); base = report(svc, pat.split("{")[0].strip() or "Return", 5); rows = rows_for(svc, 30)
        for m in range(1, R.choice([8, 12, 12]) + 1):
            w = dt.datetime(y, m, R.randint(1, 28), 10, 5, tzinfo=UTC)
            rr = [rows[0]] + [r[:4] + [round(R.uniform(5, 9000), 2)] for r in rows[1:]]
            b = mkxlsx(rr, w) if x == "xlsx" else mkcsv(rr) if x == "csv" else mkdocx([("h", f"Return for {MONTHS[m - 1]} {y}")] + [(k, v if k != "p" else ["".join(str(R.randint(1, 9)) if c.isdigit() else c for c in s) for s in v]) for k, v in base[1:]], w)
            T.put(f"{d}/{pat.format(y=y, m=m, M=MONTHS[m - 1])}.{x}", b, w, trivial=False, case=True, lookalike=["family"], not_family=g, why="one period each: every one is a record")
    # letters from one template
    for i in range(13):
        svc = R.choice(["School Admissions", "Adult Social Care", "Pensions", "SEND", "Human Resources", "Registration", "Legal"]); g = grp(); d = f"Services/{svc}/Correspondence/{R.choice(['Offers', 'Outcome', 'Decision', 'Reminder'])} letters {R.randint(2010, 2024)}"; core = [sent(svc) for _ in range(9)]; pat = R.choice(["Letter {l} {f}", "{l}, {f} - outcome", "Offer {l}", "Ltr to {f} {l}", "Letter ({n})", "Outcome letter v{n} {l}"])
        for j in range(R.randint(9, 14)):
            w = day(2010, 2024); f, l = R.choice(FIRST), R.choice(LAST)
            T.put(f"{d}/{pat.format(f=f, l=l, n=j + 1)}.docx", mkdocx([("p", [f"{f} {l}, {R.randint(1, 90)} {R.choice(['High Street', 'Mill Lane', 'Church Road'])}, {R.choice(PLACE)}"]), ("p", [f"Dear {f} {l},"]), ("p", core[:4]), ("p", [f"The sum in your case is £{R.randint(100, 9999)} and the date is {w:%d %B %Y}."]), ("p", core[4:]), ("p", ["Yours sincerely", person()])], w), w, trivial=False, case=True, lookalike=["family"], not_family=g, why="one template, different people")
    # minutes of different dates, some called v2 or (2)
    for i in range(11):
        svc = R.choice(SERVICES); g = grp(); d = f"Services/{svc}/Team meetings"; nm = R.choice(["Minutes {d}", "{svc} board minutes {d}", "Notes of team meeting {d}", "minutes ({n})", "Minutes v{n}"]); w = day(2009, 2022); who = [person() for _ in range(6)]
        for j in range(R.randint(6, 9)):
            w = w + dt.timedelta(days=28); b = minutes(svc, f"{svc} meeting", w); b[2] = ("p", ["Present: " + ", ".join(who) + "."])
            T.put(f"{d}/{nm.format(d=w.strftime('%d.%m.%y'), svc=svc, n=j + 1)}.docx", mkdocx(b, w), w, trivial=False, case=True, lookalike=["family"], not_family=g, why="different meetings" + (", although numbered like versions" if "{n}" in nm else ""))
    # numbered forms and appendices, sites, language editions, year editions
    for i in range(8):
        svc = R.choice(SERVICES); g = grp(); d = f"Services/{svc}/Admin/Forms {R.choice(PLACE)}"; pat, why = R.choice([("Form {c}{n}.docx", "numbered blank forms"), ("{c} form {n} (completed).docx", "numbered forms, filled in"), ("Appendix {A}.docx", "appendices of one report"), ("Part {n}.docx", "parts of one document"), ("Risk assessment site {n}.docx", "one site each"), ("Lot {n} specification.docx", "lots of one tender")])
        base = report(svc, pat[:8], 4)
        for n in range(1, R.randint(7, 11)):
            w = day(); b = [(k, v if k != "p" else [s if R.random() < .7 else sent(svc) for s in v]) for k, v in base]; b[0] = ("h", f"{pat.split('.')[0].split('{')[0]} {n}: {R.choice(PLACE)}")
            T.put(f"{d}/{pat.format(c=SERV[svc][0], n=n, A=chr(64 + n))}", mkdocx(b, w), w, trivial=False, case=True, lookalike=["family"], not_family=g, why=why)
    for i in range(5):
        svc = R.choice(SERVICES); g = grp(); d = f"Services/{svc}/Policies and procedures"; t = R.choice(["Pay policy statement", "Fees and charges", "Annual report", "Admission arrangements"]); b = report(svc, t, 8)
        for y in range(2015, 2015 + R.randint(4, 6)):
            w = dt.datetime(y, 3, R.randint(1, 28), 9, tzinfo=UTC); b = evolve(b, svc, .2); T.put(f"{d}/{t} {y}-{(y + 1) % 100:02d}.docx", mkdocx(b, w), w, trivial=False, case=True, lookalike=["family"], not_family=g, why="one edition a year, each in force in its year", doubt="year editions: superseded, but each is a record; labelled not a family")
    # a version-like name on unlike documents; template and filled form
    for i in range(16):
        svc = R.choice(SERVICES); g = grp(); d = sdir(svc); n = R.choice(["Report", "Agenda", "Letter", "Document", "Presentation notes", "Spec", "Update"])
        for s in R.choice([(" final", " final (2)"), (" v1", " v2"), ("", " - Copy"), (" 1", " 2", " 3"), ("", " (1)")]):
            w = day(); T.put(f"{d}/{n}{s}.docx", doc(svc, title(svc), when=w), w, trivial=False, case=True, lookalike=["family"], not_family=g, why="named like versions, but texts on other matters")
    for i in range(4):
        svc = R.choice(["SEND", "Adult Social Care"]); g = grp(); d = f"Services/{svc}/Admin/Assessment form"; base = report(svc, "Assessment form", 5); w = day()
        T.put(f"{d} {i}/Assessment form BLANK.docx", mkdocx(base, w), w, trivial=False, case=True, lookalike=["family"], not_family=g, why="blank form")
        for _ in range(3): w = later(w, 20, 80); T.put(f"{d} {i}/Assessment form {R.choice(LAST)}.docx", mkdocx(base + [("p", [f"Name: {person()}.", sent(svc), sent(svc)])], w), w, trivial=False, case=True, lookalike=["family"], not_family=g, why="the form filled in for one person")

# ---------- mail about a child


def child_mail():
    for i in range(26):
        u = R.choice(USERS); w = day(2013); f, l = R.choice(FIRST), R.choice(LAST); age = R.randint(3, 16)
        s, body, auto = R.choice([(f"Automatic reply: {f} {l[0]}", f"I am on leave until Monday. If you are writing about {f} (aged {age}): contact with mum on Friday is off because of what {f} told school yesterday. Please ring the duty team. Foster carer knows.", True), (f"Out of office: placement", f"I am out of the office. For {f}, now {age}, the placement ends on {w:%d %B}; ring {person()} (social worker).", True), (f"Re: {f}", f"{f} is {age} and was not in school today. Please record this on the child's file.", False),
                                  ("my review", f"hi its {f} im {age} i dont want to go to the review if he is there can you tell my social worker", False), (f"Fwd: {l} siblings", f"The children said they were left alone again at the weekend. Strategy discussion at two.", False), ("Lunch?", f"Can do half twelve. By the way, {f}'s EHCP panel went badly, the family want a review; the boy has not eaten at school for a week.", False), ("Automatic reply: LADO referral", f"I am away until {w:%d %B}. Referral about a teacher and pupil {f} {l[0]} ({age}) has been passed to {person()}.", True)])
        T.put(f"Mailboxes/{u}/{R.choice(['Inbox', 'Deleted Items'])}/{s.replace(':', '').replace('?', '')} {R.randint(1, 999)}.eml", mail(s, body + "\n", w, to=u, headers=[("Auto-Submitted", "auto-replied")] if auto else []), w, trivial=False, case=True, guarded="mail_child", guarded_why="mail from or about a named child" + (" inside an absence reply" if auto else ""), looks_like="out_of_office" if auto or s == "Lunch?" else None, lookalike=["trivial"] if auto or s == "Lunch?" else [])
    for i in range(14):
        u = R.choice(USERS); w = day(2013); f = R.choice(FIRST); s, desc = R.choice([(f"Accepted: LAC review {f} {R.choice(LAST)[0]}", "I will attend."), (f"Canceled: contact {f} and dad", "Dad did not come last time and child was upset."), (f"Core group - {f}, 9", "Child protection plan, month 3."), ("Canceled: visit", f"Do not visit: {f} (12) is at her gran's after last night.")])
        T.put(f"Mailboxes/{u}/Calendar/{s.replace(':', '')} {R.randint(1, 999)}.ics", ics(s, w, desc, method="CANCEL" if s[0:2] == "Ca" else "REPLY" if s[0] == "A" else "REQUEST"), w, trivial=False, case=True, guarded="mail_child", guarded_why="calendar mail about a child", looks_like="calendar", lookalike=["trivial"])
    for i in range(18):   # says 'child' but is not about one
        u = R.choice(USERS); w = day(2013); s, body = R.choice([("Automatic reply: childcare vouchers", "I am out of the office until Tuesday. For childcare voucher forms see the intranet."), ("Out of office: Childs Hill depot keys", "I am away until Monday. Keys are with reception."), ("Automatic reply: Julia Child bake-off", "On leave! Recipes when I am back."), ("Automatic reply: Childe Road gullies", "I am out of the office until the 4th. Highways calls to the contact centre please."), ("Automatic reply: child theme in WordPress", "I am on annual leave. Web requests to the service desk.")])
        triv(f"Mailboxes/{u}/Inbox/{s.replace(':', '')} {R.randint(1, 999)}.eml", mail(s, body + f"\n{person()}\n", w, to=u, headers=[("Auto-Submitted", "auto-replied")]), w, "out_of_office", "the word child, but about no child", lookalike=["guard"], doubt="guard by the word 'child' would be cautious and lawful here")
    for i in range(60):   # ordinary mail
        u = R.choice(USERS); w = day(2012); svc = R.choice(SERVICES); s = title(svc)
        T.put(f"Mailboxes/{u}/{R.choice(['Inbox', 'Sent Items'])}/{s}.eml", mail(s, "\n\n".join(sent(svc) for _ in range(R.randint(2, 6))), w, to=u), w, trivial=False)


def pictures_near():
    for i in range(6):
        w = day(2012); p = R.choice(PLACE); im = picture(); d = f"Services/{R.choice(['Highways', 'Planning', 'Communications'])}/Photographs/{p} {w.year}"
        for n, b in ((f"{p}.jpg", jpg(im, w, q=90)), (f"{p} small.jpg", jpg(im.resize((320, 240)), w, q=85)), (f"{p} web.jpg", jpg(im, w, q=45))):
            T.put(f"{d}/{n}", b, w, trivial=False, case=True, picture_group=f"p{i}", why="one picture at other sizes or qualities", family_unscored=True)


def fill(files, folders):
    """Ordinary records, until there are enough files and folders."""
    def dirs():
        s = set()
        for p in T.rows:
            q = Path(p).parent
            while str(q) != ".": s.add(str(q)); q = q.parent
        return s
    have = dirs()   # sorted below: the order of a set of strings changes from run to run
    combos = [f"Services/{s}/{b}" for s in SERVICES for b in SUBS]; R.shuffle(combos)
    pool = [d for d in sorted(have) if d.startswith("Services/") and d.count("/") == 2]
    pool = [d for d in pool if d.split("/")[1] in SERV]
    while len(have) < folders and combos:
        d = combos.pop()
        if d not in have: have.add(d); pool.append(d)
    for d in pool + [R.choice(pool) for _ in range(max(0, files - len(T.rows) - len(pool)))]:
        if len(T.rows) >= files: break
        svc = d.split("/")[1]; w = day(); t = title(svc); x = R.choice(["docx"] * 8 + ["pdf"] * 4 + ["xlsx"] * 3 + ["csv", "rtf", "html", "doc", "odt", "jpg", "sqlite"])
        b = {"xlsx": lambda: mkxlsx(rows_for(svc), w), "csv": lambda: mkcsv(rows_for(svc)), "jpg": lambda: jpg(picture(), w), "sqlite": lambda: sqlite_bytes("log", rows_for(svc)[1:])}.get(x, lambda: render(x, report(svc, t), w))()
        T.put(f"{d}/{t}.{x}", b, w, trivial=False)


def finish(out):
    by = defaultdict(list)
    for p, r in T.rows.items():
        if r["size"]: by[r["sha"]].append(p)
    problems = []
    for s, ps in by.items():
        real = [p for p in ps if "hardlink_of" not in T.rows[p]["labels"]]
        gs = {T.rows[p]["labels"].get("copy_group") for p in real}
        if len(real) > 1 and gs == {None}:
            g = T.gid("c")
            for p in real: T.rows[p]["labels"].update(copy_group=g, copy_note="incidental: equal bytes were not planned")
        elif len(real) > 1 and (len(gs) > 1): problems.append(ps)
        elif len(real) == 1 and gs != {None}: problems.append(ps)
    for p, r in T.rows.items():
        for q in r["labels"].get("not_copy_of", []):
            if T.rows[q]["sha"] == r["sha"]: problems.append([p, q])
    assert not problems, problems[:5]
    for p, r in T.rows.items(): os.utime(T.root / p, (r["when"].timestamp(),) * 2)
    order = sorted(T.rows)
    with open(out / "labels.jsonl", "w", encoding="utf-8") as f:
        for p in order: f.write(json.dumps({"path": p, "labels": {k: v for k, v in T.rows[p]["labels"].items() if v not in (None, [])}}, ensure_ascii=False) + "\n")
    L = [T.rows[p]["labels"] for p in order]; cases = [l for l in L if l.get("case")]; look = [l for l in cases if l.get("lookalike")]
    dirs = sum(1 for _ in T.root.rglob("*") if _.is_dir())
    c = {"files": len(L), "folders": dirs, "bytes": sum(r["size"] for r in T.rows.values()), "cases": len(cases), "lookalikes": len(look), "lookalike_share": round(len(look) / len(cases), 3),
         "lookalike_of": Counter(x for l in look for x in l["lookalike"]), "trivial": Counter(l["kind"] for l in L if l["trivial"]), "not_trivial": sum(not l["trivial"] for l in L), "not_trivial_looks_like": Counter(l["looks_like"] for l in L if l.get("looks_like")),
         "copy_groups": len({l["copy_group"] for l in L if l.get("copy_group")}), "copy_members": sum("copy_group" in l for l in L), "copy_incidental": sum(l.get("copy_note", "").startswith("incidental") for l in L), "hardlinks": sum("hardlink_of" in l for l in L), "not_copies": sum("not_copy_of" in l for l in L),
         "families": len({l["family"] for l in L if l.get("family")}), "family_members": sum("family" in l for l in L), "family_hard": Counter(l["hard"] for l in L if l.get("hard")), "not_family_sets": len({l["not_family"] for l in L if l.get("not_family")}), "not_family_members": sum("not_family" in l for l in L),
         "guarded": Counter(l["guarded"] for l in L if l.get("guarded")), "doubtful": Counter(l["doubt"] for l in L if l.get("doubt"))}
    (out / "counts.json").write_text(json.dumps(c, indent=1, ensure_ascii=False))
    print(json.dumps(c, indent=1, ensure_ascii=False))
    assert c["lookalike_share"] >= .4, "too few look-alikes"


def main():
    global T, R, MSG
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("out", type=Path); a.add_argument("--seed", type=int, default=1); a.add_argument("--files", type=int, default=3000); a.add_argument("--folders", type=int, default=300)
    o = a.parse_args()
    R = random.Random(o.seed); MSG = 0
    root = o.out / "share"
    if root.exists() and any(root.iterdir()): sys.exit(f"{root} is not empty")
    root.mkdir(parents=True, exist_ok=True)
    T = Tree(root); USERS[:] = list(dict.fromkeys(person() for _ in range(4)))
    SERVICES[:] = sorted(R.sample(list(SERV), 12))   # the rest appear only where a case names them
    SUBSOF.update({s: R.sample(SUBS, 4 if s in SERVICES else 2) for s in SERV})
    for step in (trivial_positives, trivial_lookalikes, applications, copies, families, not_families, child_mail, pictures_near):
        n = len(T.rows); step(); print(f"{step.__name__}: {len(T.rows) - n}", file=sys.stderr)
    fill(o.files, o.folders); finish(o.out)


if __name__ == "__main__":
    main()

"""Whether a file's name says another kind than its content is."""

from __future__ import annotations

import os

from scanner.media_text import UNKNOWN

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_MS = "application/vnd.ms-"


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TEXT = _words(
    "txt text asc log csv tsv tab md markdown json xml htm html xhtml ini cfg conf config properties yaml yml toml sql "
    "py pl rb js mjs ts css scss php asp aspx jsp java c h cc cpp hpp cs vb vbs bas frm cls bat cmd ps1 psm1 sh bash "
    "sas sps tex bib srt vtt nfo diz url inf reg htaccess pem ics ical vcf vcs ldif po rst adoc xsd xsl xslt dtd kml "
    "gpx svg eml mht mhtml mbox rss atom wsdl"
)
"""What text is called; which of these it is nobody can tell for sure, so none of them disagrees with text."""

_WORD = _words("docx docm dotx dotm")
_SHEET = _words("xlsx xlsm xltx xltm xlam")
_DECK = _words("pptx pptm potx potm ppsx ppsm sldx thmx")
_ZIP = _words(
    "zip zipx jar war ear apk ipa kmz xpi whl egg crx nbm vsix nupkg oxt cbz odb sldprt 3mf idml wacz xlz bau exe pyz"
)
_VIDEO = _words("mp4 m4v m4a m4b mov qt 3gp 3g2 f4v mj2")
_SHEET_97 = _words("xls xlt xla xlw xlm xlr")
_RAW = _words("nef dng cr2 arw pef srw orf rw2")
_PGP = _words("pgp gpg asc")
_PKCS7 = _words("p7m p7s p7b p7c p7z")
_EXECUTABLE = _words("exe dll sys ocx scr com cpl drv mui efi ax acm node pyd tlb winmd rll msstyles flt xll cnv wll")
_HTML = _words("htm html xhtml xht shtml mht hta asp aspx php jsp cfm")

USUAL: dict[str, frozenset[str]] = {
    "application/pdf": _words("pdf pdfa fdf ai"),
    "application/rtf": _words("rtf"),
    "application/msword": _words("doc dot wiz wbk"),
    "application/msword2": _words("doc dot"),
    _MS + "excel": _SHEET_97,
    _MS + "excel.sheet.2": _SHEET_97,
    _MS + "excel.sheet.3": _SHEET_97,
    _MS + "excel.sheet.4": _SHEET_97,
    _MS + "powerpoint": _words("ppt pps pot ppa"),
    _MS + "outlook": _words("msg oft"),
    _MS + "outlook-pst": _words("pst ost pab"),
    _MS + "tnef": _words("tnef"),
    _MS + "project": _words("mpp mpt mpx"),
    _MS + "works": _words("wps wks wdb xlr wpt"),
    _MS + "htmlhelp": _words("chm"),
    _MS + "xpsdocument": _words("xps oxps"),
    _MS + "cab-compressed": _words("cab msu mzz"),
    _MS + "wordml": _words("xml doc"),
    _MS + "spreadsheetml": _words("xml xls"),
    _MS + "visio.drawing": _words("vsdx vsdm vstx vstm vssx vssm"),
    _MS + "word.document.macroEnabled.12": _WORD,
    _MS + "excel.sheet.macroEnabled.12": _SHEET,
    _MS + "excel.sheet.binary.macroEnabled.12": _words("xlsb"),
    _MS + "powerpoint.presentation.macroEnabled.12": _DECK,
    "application/vnd.visio": _words("vsd vst vss vdx"),
    "application/x-mspublisher": _words("pub"),
    "application/x-tika-ooxml-protected": _WORD | _SHEET | _DECK | {"xlsb", "vsdx"},
    _OOXML + "wordprocessingml.document": _WORD,
    _OOXML + "spreadsheetml.sheet": _SHEET,
    _OOXML + "presentationml.presentation": _DECK,
    _ODF + "text": _words("odt ott odm"),
    _ODF + "text-template": _words("ott odt"),
    _ODF + "text-master": _words("odm odt"),
    _ODF + "spreadsheet": _words("ods ots"),
    _ODF + "spreadsheet-template": _words("ots ods"),
    _ODF + "presentation": _words("odp otp"),
    _ODF + "presentation-template": _words("otp odp"),
    _ODF + "graphics": _words("odg otg"),
    _ODF + "flat.text": _words("fodt xml"),
    _ODF + "flat.spreadsheet": _words("fods xml"),
    _ODF + "flat.presentation": _words("fodp xml"),
    "application/epub+zip": _words("epub"),
    "application/onenote": _words("one onetoc2 onepkg"),
    "application/vnd.apple.iwork": _words("pages numbers key"),
    "application/vnd.wordperfect": _words("wpd wp wp5 wp6 wpt doc"),
    "application/vnd.lotus-1-2-3": _words("wk1 wk3 wk4 wks 123"),
    "application/x-dbf": _words("dbf dbt fpt"),
    "application/x-msaccess": _words("mdb accdb mde accde mda mdw laccdb ldb"),
    "application/zip": _ZIP,
    "application/gzip": _words("gz tgz gzip svgz emz wmz"),
    "application/x-bzip2": _words("bz2 bz tbz tbz2"),
    "application/x-xz": _words("xz txz"),
    "application/zstd": _words("zst tzst"),
    "application/x-7z-compressed": _words("7z"),
    "application/vnd.rar": _words("rar cbr"),
    "application/x-tar": _words("tar ova gem"),
    "application/x-iso9660-image": _words("iso img"),
    "application/pkcs7-mime": _PKCS7,
    "application/pkcs7-signature": _PKCS7,
    "application/pgp-encrypted": _PGP,
    "application/vnd.microsoft.portable-executable": _EXECUTABLE,
    "application/x-ms-shortcut": _words("lnk"),
    "application/x-ms-installer": _words("msi msp mst"),
    "image/jpeg": _words("jpg jpeg jpe jfif jif thm"),
    "image/png": _words("png apng"),
    "image/gif": _words("gif"),
    "image/bmp": _words("bmp dib rle"),
    "image/tiff": _words("tif tiff fax") | _RAW,
    "image/webp": _words("webp"),
    "image/heic": _words("heic heif hif"),
    "image/heif": _words("heic heif hif"),
    "image/avif": _words("avif"),
    "image/emf": _words("emf"),
    "image/wmf": _words("wmf"),
    "image/vnd.adobe.photoshop": _words("psd psb"),
    "image/vnd.dwg": _words("dwg dwt"),
    "image/vnd.dxf": _words("dxf"),
    "audio/mpeg": _words("mp3 mp2 mpga"),
    "audio/wav": _words("wav wave"),
    "audio/mp4": _VIDEO,
    "video/mp4": _VIDEO,
    "video/quicktime": _VIDEO,
    "video/x-msvideo": _words("avi divx"),
    "video/x-matroska": _words("mkv mka mks webm"),
    "video/webm": _words("webm mkv"),
    "text/html": _HTML,
    "message/rfc822": _words("eml mht mhtml nws emlx") | _TEXT,
    "multipart/related": _words("mht mhtml eml"),
    "application/mbox": _words("mbox mbx mail") | _TEXT,
}
"""Media type to the extensions that its files usually have, in lower case. What is not here is not judged."""

_SAYS_NOTHING = _words("tmp temp bak old orig part key mail img com sys scr ai")
"""Put aside, or the extension of kinds that have nothing to do with each other."""
_KNOWN = _TEXT.union(*USUAL.values()) - _SAYS_NOTHING
_NEVER_UNKNOWN = _words("pdf docx xlsx pptx odt ods odp jpg jpeg png gif zip 7z rar rtf msg pst")
"""Whoever is called so and is of no kind that is known is not what the name says: damaged, or encrypted."""
_IS_TEXT = ("text/", "application/json", "application/xml", "image/svg+xml", "application/mbox", "message/")


def extension_disagrees(media_type: str, name: str) -> bool:
    """Whether `name` ends in the extension of another kind. One that is missing, unknown or says that the file was put
    aside (.bak, .tmp) does not disagree; neither does one kind of text with another.
    """
    extension = os.path.splitext(name)[1][1:].lower()
    if extension not in _KNOWN:
        return False
    if extension in _TEXT and _is_text(media_type):
        return False
    if media_type == UNKNOWN:
        return extension in _NEVER_UNKNOWN
    usual = USUAL.get(media_type)
    if usual is None:
        return _is_text(media_type)
    return extension not in usual


def _is_text(media_type: str) -> bool:
    return media_type.startswith(_IS_TEXT) and media_type != "multipart/related"

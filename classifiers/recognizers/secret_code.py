from __future__ import annotations

from classifiers.recognizers.pattern import DeclaredPattern


class SecretCode(DeclaredPattern):
    """The code of a key safe, a door or an alarm, and PINs: four to six digits, perhaps with a letter or two."""

    kind = "CREDENTIAL"
    part_of_kind = "as a code"
    pattern = (
        r"(?i)(?<![A-Za-z])(?:key ?-?safe(?: code| no\.?| number)?|(?:door|entry|entrance|gate|alarm|access|safe"
        r"|security|voicemail|burglar alarm|keypad|lock|unlock) (?:code|pin|no\.?|number)|pin(?: code| no\.?| number)?"
        r"|(?:code|pin|number) (?:for|to|of) (?:the )?(?:(?:front|back|main|side|staff|office) )?"
        r"(?:door|gate|key ?safe|alarm|entrance|lock|safe|building|keypad))"
        r"[ \t]{0,3}(?:[:=-]|is|was)?[ \t]{0,3}(?P<value>[A-Z]{0,2}\d{4,6}[A-Z#*]{0,2})(?![\w/-]|\.\d|,\d{3})"
    )
    score_alone = 0.75
    score_with_context = 0.75

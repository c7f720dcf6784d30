"""Which paths a glob means, and which globs are refused."""

from __future__ import annotations

import pytest

from retention.glob import compile_glob

MATCHES = {
    "**": ["a", "a/b", "a/b/c.txt"],
    "Finance/**": ["Finance/a", "Finance/b/c.txt", "FINANCE/a", "finance/a"],
    "**/Templates/**": ["Templates/a", "x/Templates/a", "x/y/templates/z/a"],
    "**/*.tmp": ["a.tmp", "x/y/a.TMP", ".tmp"],
    "a/**/b": ["a/b", "a/x/b", "a/x/y/b"],
    "*/x": ["a/x"],
    "?.txt": ["a.txt", "é.txt", "€.txt"],
    "[abc].txt": ["a.txt", "B.txt"],
    "[a-c]1": ["a1", "C1"],
    "[!a-c]1": ["d1", "-1"],
    "[]]": ["]"],
    "[!]]": ["a"],
    "[-a]": ["-", "a"],
    "[a-]": ["-", "a"],
    "[^a]": ["^", "a"],
    "[[]x]": ["[x]"],
    "a.b": ["a.b"],
    "a+(b)|c$^{2}": ["a+(b)|c$^{2}"],
    "Café/**": ["Café/a", "Cafe\u0301/a", "CAFÉ/a"],
    "Cafe\u0301/**": ["Café/a"],
    "a/**/**": ["a/b", "a/b/c"],
    "Children's Social Care/**": ["Children's Social Care/x"],
}
MISSES = {
    "Finance/**": ["Finance", "Finances/a", "x/Finance/a", "Financ/a"],
    "**/Templates/**": ["Templates", "x/Templates", "x/My Templates/a", "xTemplates/a"],
    "**/*.tmp": ["a.tmp/b", "a.tmpx"],
    "a/**/b": ["a/xb", "ab", "a/b/c"],
    "*": ["a/b"],
    "*/x": ["x", "a/b/x"],
    "?": ["/", "ab", ""],
    "a?b": ["a/b", "ab"],
    "[!a]": ["a", "A", "/"],
    "x[!a]y": ["x/y"],
    "a.b": ["axb"],
    "a+": ["aa"],
}


@pytest.mark.parametrize(("glob", "path"), [(glob, path) for glob, paths in MATCHES.items() for path in paths])
def test_a_glob_means_this_path(glob: str, path: str) -> None:
    assert compile_glob(glob).matches(path)


@pytest.mark.parametrize(("glob", "path"), [(glob, path) for glob, paths in MISSES.items() for path in paths])
def test_a_glob_does_not_mean_that_path(glob: str, path: str) -> None:
    assert not compile_glob(glob).matches(path)


@pytest.mark.parametrize(
    ("glob", "advice"),
    [
        ("", r'write "\*\*" for everything'),
        ("/Finance/**", 'begins with "/"; paths are relative'),
        ("//files/hr/**", 'begins with "/"; paths are relative'),
        ("Finance/", r'write "Finance/\*\*" for everything below'),
        ("Finance\\Invoices\\**", "has a backslash; write '/'"),
        ("a//b", "an empty"),
        ("a/../b", '"." or ".."'),
        ("./a", '"." or ".."'),
        ("a**", r'write "\*\*" alone between slashes'),
        ("a/***/b", r'write "\*\*" alone between slashes'),
        ("a[b", "is not closed or is empty"),
        ("a[b/c]", "is not closed or is empty"),
        ("[]", "is not closed or is empty"),
        ("[!]", "is not closed or is empty"),
        ("[z-a]", "runs backwards"),
        ("[+-9]", 'over "/"'),
        ("?" * 100_000, "write several shorter ones"),
    ],
)
def test_what_is_not_a_glob_is_refused_with_advice(glob: str, advice: str) -> None:
    with pytest.raises(ValueError, match=advice):
        compile_glob(glob)


def test_more_specific_globs_have_more_text_before_the_first_wildcard_then_more_text() -> None:
    ordered = ["**", "**/Old/**", "**/Old Backups/**", "Fin*/Invoices/2019/**", "Finance/**", "Finance/Inv*/**"]
    specificities = [compile_glob(glob).specificity for glob in ordered]

    assert specificities == sorted(set(specificities))

"""The programs in docs/ print what is below them, and links lead somewhere."""

import contextlib
import io
import re
import unicodedata
from pathlib import Path

import pytest

import estimator_heads
from tests.programs import CHECKOUT

DOCS = CHECKOUT / "docs"
PAGES = sorted(str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md"))

# A fenced block, with its language; and, directly below it, what it prints.
BLOCK = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)
FENCED = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)


def programs(page: str) -> list[re.Match]:
    return list(BLOCK.finditer((DOCS / page).read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", [page for page in PAGES if programs(page)])
def test_programs_print_what_the_page_says(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TF_CONFIG", "")  # restored after the page, which may set it
    monkeypatch.delenv("TF_CONFIG")
    text = (DOCS / page).read_text(encoding="utf-8")
    names = {"__name__": "__main__"}
    try:
        for block in programs(page):
            source, expected = block.groups()
            line = text.count("\n", 0, block.start(1))
            program = compile("\n" * line + source, str(DOCS / page), "exec")
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                exec(program, names)
            if expected is not None:
                assert printed.getvalue() == expected, f"below line {line} of {page}"
    finally:
        estimator_heads.uninstall()


def prose(path: Path) -> str:
    """A document without its programs."""
    return FENCED.sub("", path.read_text(encoding="utf-8"))


def anchors(path: Path) -> set[str]:
    """The anchors of the headings of a document, as GitHub and the site name them."""
    headings = re.findall(r"^#+ +(.*)$", prose(path), flags=re.MULTILINE)
    return {anchor(heading) for heading in headings}


def anchor(heading: str) -> str:
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "")
    text = unicodedata.normalize("NFKD", text).lower()
    return re.sub(r"[^\w\- ]", "", text).strip().replace(" ", "-")


@pytest.mark.parametrize("page", [*PAGES, "../README.md", "../CONTRIBUTING.md"])
def test_local_links_lead_somewhere(page):
    path = DOCS / page
    links = re.findall(r"\]\(([^)\s]+)\)", prose(path))
    dead = []
    for link in links:
        if re.match(r"\w+:", link):
            continue
        file, _, fragment = link.partition("#")
        target = path.parent / file if file else path
        if not target.exists() or (fragment and fragment not in anchors(target)):
            dead.append(link)
    assert dead == []


def test_every_page_is_in_the_navigation():
    text = (CHECKOUT / "mkdocs.yml").read_text(encoding="utf-8")
    listed = re.findall(r"^ *- [^:#]+: (\S+\.md)$", text, flags=re.MULTILINE)
    documents = {"changelog.md", "contributing.md", "benchmarks.md"}  # docs/mkdocs/hooks.py
    assert set(PAGES) | documents == set(listed)
    assert len(listed) == len(set(listed))

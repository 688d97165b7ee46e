"""What the documents at the top of the repository tell people to do works."""

import re

import pytest

import estimator_heads

DOCUMENTS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"]


def code_blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def make_targets(text: str) -> set[str]:
    return {
        target
        for block in code_blocks(text, "sh")
        for target in re.findall(r"^make ([a-z-]+)", block, flags=re.MULTILINE)
    }


def test_program_after_the_change_of_imports_runs(checkout, run_python, tmp_path):
    (diff,) = code_blocks((checkout / "README.md").read_text(), "diff")
    after = "".join(line[1:] or "\n" for line in diff.splitlines(True) if not line.startswith("-"))
    printed = run_python("-c", after, cwd=tmp_path).stdout
    assert "accuracy/kind" in printed
    assert "average_loss/price" in printed


def test_only_imports_change(checkout):
    (diff,) = code_blocks((checkout / "README.md").read_text(), "diff")
    changed = [line[1:] for line in diff.splitlines() if line.startswith(("-", "+"))]
    assert changed
    assert all(re.match(r"(import|from) ", line) for line in changed)


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_make_targets_exist(checkout, document):
    targets = make_targets((checkout / document).read_text())
    rules = re.findall(r"^([a-z-]+):", (checkout / "Makefile").read_text(), flags=re.MULTILINE)
    assert targets
    assert targets <= set(rules)


def test_readme_names_the_two_commands(checkout):
    assert {"demo", "test"} <= make_targets((checkout / "README.md").read_text())


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(checkout, document):
    links = re.findall(r"\]\(([^)#]+)\)", (checkout / document).read_text())
    local = [link for link in links if not link.startswith("http")]
    assert [link for link in local if not (checkout / link).exists()] == []


def test_the_citation_is_of_this_version(checkout):
    citation = (checkout / "CITATION.cff").read_text()
    assert f"\nversion: {estimator_heads.__version__}\n" in citation


def test_public_names_are_in_the_changelog(checkout):
    changelog = (checkout / "CHANGELOG.md").read_text()
    names = [*estimator_heads.__all__, *estimator_heads.export.__all__]
    assert [name for name in names if not re.search(rf"`{name}\b", changelog)] == []

"""Hooks of mkdocs: documents outside docs/ become pages, and links that leave docs/ work."""

import posixpath
import re
import shutil
import tempfile
from pathlib import Path

from mkdocs.plugins import event_priority
from mkdocs.structure.files import File

CHECKOUT = Path(__file__).resolve().parents[2]

# Documents that stay where GitHub and people look for them, and the page that each becomes.
PAGES = {
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "benchmarks/README.md": "benchmarks.md",
}

# A search for a class finds its reference first, not the pages that mention it. Of two classes
# of one name, that of the Estimator comes before that of TPUs.
BOOSTS = {"api/tpu.md": 4, "api/": 8}

# Of a local link or picture: [text](path#fragment).
_LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?!\w+:|#)(?P<path>[^)\s#]+)(?P<fragment>#[^)\s]*)?\)")

# The package as it is when installed, with compat/ inside; removed when the process ends.
_installed = tempfile.TemporaryDirectory()


@event_priority(100)  # before mkdocstrings reads its configuration
def on_config(config):
    """Lays out the package for mkdocstrings, which only reads it: TensorFlow is not needed."""
    package = Path(_installed.name, "estimator_heads")
    shutil.rmtree(package, ignore_errors=True)
    shutil.copytree(CHECKOUT / "estimator_heads", package)
    shutil.copytree(CHECKOUT / "compat", package / "compat")
    config.plugins["mkdocstrings"].config.handlers["python"]["paths"] = [_installed.name]
    return config


def on_files(files, config):
    """Adds the documents from outside docs/."""
    for document, page in PAGES.items():
        files.append(File.generated(config, page, abs_src_path=str(CHECKOUT / document)))
    return files


def on_page_markdown(markdown, page, config, files):
    """Makes each local link lead to a page, or else to the file in the repository."""
    documents = {page: document for document, page in PAGES.items()}
    source = documents.get(page.file.src_uri, f"docs/{page.file.src_uri}")
    return _LINK.sub(
        lambda link: _on_page(link, source, page.file.src_uri, config.repo_url), markdown
    )


def on_page_content(html, page, config, files):
    """Gives the page its weight in the search."""
    for prefix, boost in BOOSTS.items():
        if page.file.src_uri.startswith(prefix):
            page.meta.setdefault("search", {"boost": boost})


def _on_page(link, source, page, repository):
    """What a link in the file `source` of the checkout is on the page that is made of it."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(source), link["path"]))
    if path in PAGES or path.startswith("docs/"):
        target = PAGES.get(path, path.removeprefix("docs/"))
        target = posixpath.relpath(target, posixpath.dirname(page) or ".")
    elif repository:
        target = f"{repository.rstrip('/')}/blob/main/{path}"
    else:
        return link["text"]
    return f"[{link['text']}]({target}{link['fragment'] or ''})"

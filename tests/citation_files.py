"""Write CITATION.cff, codemeta.json and .zenodo.json from pyproject.toml, dataset.toml, the changelog and the settings.

``make metadata`` runs this after a change of any of those; a test compares the files with what this would write.
"""

import json
import re
import tomllib
from pathlib import Path

import yaml

from sourcebook import __version__

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("CITATION.cff", "codemeta.json", ".zenodo.json")

#: What the classifier of the development is called at repostatus.org, whose terms CodeMeta takes.
STATUS = {
    "3 - Alpha": "wip",
    "4 - Beta": "active",
    "5 - Production/Stable": "active",
    "7 - Inactive": "inactive",
}


def facts() -> dict:
    """Return what is said in one place each."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    data = tomllib.loads((ROOT / "data/dataset.toml").read_text(encoding="utf-8"))
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.search(rf"^## {re.escape(__version__)} - (\d{{4}}-\d\d-\d\d)$", changelog, re.MULTILINE)
    status = next(
        line.partition(" :: ")[2] for line in project["classifiers"] if line.startswith("Development")
    )
    return {
        "name": project["name"],
        "title": settings["title"],
        "abstract": f"{project['description']} With a data set: {data['description']}",
        "authors": [author["name"] for author in project["authors"]],
        "keywords": project["keywords"],
        "licence": project["license"],
        "data licences": data["licenses"],
        "repository": settings["repository"]["url"],
        "released": released and released[1],
        "python": project["requires-python"],
        "requirements": project["dependencies"],
        "status": f"https://www.repostatus.org/#{STATUS[status]}",
    }


def citation(known: dict) -> str:
    """Return CITATION.cff."""
    content = {
        "cff-version": "1.2.0",
        "message": "If you use the library, the data or the book, please cite it as below.",
        "title": known["title"],
        "abstract": known["abstract"],
        "type": "software",
        "version": __version__,
        **({"date-released": known["released"]} if known["released"] else {}),
        **({"repository-code": known["repository"]} if known["repository"] else {}),
        "authors": [{"name": name} for name in known["authors"]],
        "license": [known["licence"], *(licence["name"] for licence in known["data licences"])],
        "keywords": known["keywords"],
    }
    comment = "# Written by `make metadata`, from pyproject.toml and data/dataset.toml.\n"
    return comment + yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=110)


def codemeta(known: dict) -> str:
    """Return codemeta.json."""
    content = {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "SoftwareSourceCode",
        "name": known["name"],
        "description": known["abstract"],
        "version": __version__,
        "author": [{"@type": "Organization", "name": name} for name in known["authors"]],
        "license": f"https://spdx.org/licenses/{known['licence']}",
        "keywords": known["keywords"],
        "programmingLanguage": "Python",
        "runtimePlatform": f"Python {known['python']}",
        "softwareRequirements": known["requirements"],
        "developmentStatus": known["status"],
        **({"datePublished": known["released"]} if known["released"] else {}),
        **({"codeRepository": known["repository"]} if known["repository"] else {}),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def zenodo(known: dict) -> str:
    """Return .zenodo.json."""
    rights = "; ".join(f"{licence['name']}: {licence['title']}" for licence in known["data licences"])
    content = {
        "title": known["title"],
        "description": known["abstract"],
        "upload_type": "software",
        "access_right": "open",
        "creators": [{"name": name} for name in known["authors"]],
        "license": known["licence"],
        "keywords": known["keywords"],
        "notes": f"{known['licence']}: code. {rights}",
        **({"publication_date": known["released"]} if known["released"] else {}),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def files() -> dict[str, str]:
    """Return each file with its text."""
    known = facts()
    return dict(zip(NAMES, (citation(known), codemeta(known), zenodo(known)), strict=True))


if __name__ == "__main__":
    for name, text in files().items():
        (ROOT / name).write_text(text, encoding="utf-8")

"""CITATION.cff, codemeta.json and .zenodo.json: one truth, and only what their readers know."""

import json
import re
import tomllib

import pytest
import yaml
from citation_files import NAMES, ROOT, citation, codemeta, facts, files, zenodo

import sourcebook

#: Terms of CodeMeta 3.0 that a program may be described by (https://codemeta.github.io/terms).
CODEMETA = """
@context @type applicationCategory author buildInstructions codeRepository continuousIntegration contributor
copyrightHolder copyrightYear dateCreated dateModified datePublished description developmentStatus downloadUrl funder
funding hasPart identifier isPartOf issueTracker keywords license maintainer name operatingSystem programmingLanguage
publisher readme referencePublication relatedLink releaseNotes review runtimePlatform sameAs softwareHelp
softwareRequirements softwareSuggestions softwareVersion supportingData targetProduct url version
"""
#: Metadata that Zenodo takes with a deposit (https://developers.zenodo.org, Representation).
ZENODO = """
upload_type publication_type image_type publication_date title creators description access_right license embargo_date
access_conditions doi prereserve_doi keywords notes related_identifiers contributors references communities grants
subjects version language locations dates method
"""


@pytest.mark.parametrize("name", NAMES)
def test_each_file_says_what_its_sources_say(name):
    assert (ROOT / name).read_text(encoding="utf-8") == files()[name], "run make metadata"


def test_the_data_set_and_the_library_have_one_version():
    data = tomllib.loads((ROOT / "data/dataset.toml").read_text(encoding="utf-8"))
    package = json.loads((ROOT / "data/datapackage.json").read_text(encoding="utf-8"))
    assert data["version"] == package["version"] == sourcebook.__version__


def test_codemeta_uses_only_its_terms():
    content = json.loads(codemeta(facts()))
    assert set(content) <= set(CODEMETA.split())
    assert content["developmentStatus"].startswith("https://www.repostatus.org/#")
    assert content["license"] == "https://spdx.org/licenses/MIT"


def test_zenodo_takes_what_it_is_given():
    content = json.loads(zenodo(facts()))
    assert set(content) <= set(ZENODO.split())
    assert {"title", "description", "upload_type", "creators"} <= set(content)
    assert (content["upload_type"], content["access_right"]) == ("software", "open")
    assert all(set(creator) <= {"name", "affiliation", "orcid", "gnd"} for creator in content["creators"])


def test_the_citation_has_what_the_format_requires():
    content = yaml.safe_load(citation(facts()))
    assert {"cff-version", "message", "title", "authors"} <= set(content)
    assert content["cff-version"] == "1.2.0"
    assert content["type"] in {"software", "dataset"}
    assert all(
        isinstance(content[key], str) for key in ("cff-version", "message", "title", "version", "abstract")
    )
    assert content["license"] == ["MIT", "CC-BY-4.0"]
    assert len(set(content["keywords"])) == len(content["keywords"])


def test_a_release_and_an_address_are_told_by_all_three():
    known = facts() | {"released": "2030-02-01", "repository": "https://example.org/a/b"}
    assert yaml.safe_load(citation(known))["repository-code"] == "https://example.org/a/b"
    assert re.search(r"^date-released: '2030-02-01'$", citation(known), re.MULTILINE)
    assert json.loads(codemeta(known))["datePublished"] == "2030-02-01"
    assert json.loads(zenodo(known))["publication_date"] == "2030-02-01"

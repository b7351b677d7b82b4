"""Two releases are compared wherever their data folders are."""

import shutil
import zipfile

import pytest

from sourcebook.cli import main
from sourcebook.core.errors import DataError
from sourcebook.exchange.releases import opened_release
from sourcebook.exchange.ro_crate import write_crate


def zipped(folder, target, prefix):
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, f"{prefix}{path.relative_to(folder).as_posix()}")
    return target


def files(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def as_crate(built, target):
    write_crate(built, target)
    return target


@pytest.mark.parametrize(
    "given",
    [
        lambda built: built,
        lambda built: built.parent,
        lambda built: built / "datapackage.json",
        lambda built: zipped(built, built.parent / "a.zip", ""),
        lambda built: zipped(built, built.parent / "a.zip", "name-1.0/data/"),
        lambda built: as_crate(built, built.parent / "crate.zip"),
        lambda built: as_crate(built, built.parent / "crate"),
    ],
    ids=["data", "checkout", "package", "zip of a package", "zip of a tag", "crate", "folder of a crate"],
)
def test_a_release_is_found_in(built, given):
    expected = files(built)
    with opened_release(given(built)) as folder:
        assert expected.items() <= files(folder).items()
    assert files(built).items() >= expected.items()


def test_an_archive_unpacked_for_the_work_is_gone_after_it(built):
    with opened_release(zipped(built, built.parent / "a.zip", "")) as folder:
        assert folder != built
    assert not folder.exists()


def test_an_archive_without_data_and_one_that_leads_out_are_refused(built, tmp_path):
    with (
        pytest.raises(DataError, match="a data folder with raw/sources"),
        opened_release(zipped(built / "coded", tmp_path / "a.zip", "coded/")),
    ):
        pass
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("raw/sources.csv", "x")
        archive.writestr("raw/../../evil.csv", "x")
    with pytest.raises(DataError, match="evil"), opened_release(tmp_path / "b.zip"):
        pass
    assert not list(tmp_path.rglob("evil.csv"))


def test_the_command_compares_a_crate_with_a_folder(built, tmp_path, capsys):
    crate = as_crate(built, tmp_path / "crate.zip")
    newer = shutil.copytree(built, tmp_path / "newer")
    assert main(["compare", str(crate), str(newer)]) == 0
    assert capsys.readouterr().out == "no change\n"
    path = newer / "coded/claims.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("council.", "council-"), encoding="utf-8")
    assert main(["compare", str(crate), str(newer)]) == 0
    assert "removed" in capsys.readouterr().out
    assert main(["compare", str(crate), str(newer), "-o", str(crate)]) == 1
    assert "another file than the input" in capsys.readouterr().err

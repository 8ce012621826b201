"""The command line says what it wrote, or why it could not."""

import os
import subprocess
import sys

import pytest

from lossbook.__main__ import main
from lossbook.exporting import SUFFIXES, export
from lossbook.topics import TOPICS
from tests.exporting.banks import EVERY_KIND, write_bank

every_target = pytest.mark.parametrize("target", SUFFIXES)


def test_files_are_named_and_differences_are_told(every_kind, tmp_path, capsys):
    out = tmp_path / "new" / "folder"
    status = main(["export", "qti", "--bank", str(every_kind), "--out", str(out)])
    told = capsys.readouterr()

    assert status == 0
    assert told.out == f"{out / 'bank_hinge.zip'}\n"
    assert "ordering became a choice between sequences: sorted\n" in told.err
    assert (out / "bank_hinge.zip").is_file()


@pytest.mark.parametrize(
    ("target", "topic", "names"),
    [
        ("anki", None, ["lossbook.apkg"]),
        ("anki", "hinge", ["lossbook_hinge.apkg"]),
        ("moodle", None, ["lossbook.xml"]),
        ("moodle", "hinge", ["lossbook_hinge.xml"]),
        ("qti", "hinge", ["lossbook_hinge.zip"]),
        (
            "qti",
            None,
            [f"lossbook_{topic}.zip" for topic in sorted(TOPICS)],
        ),
    ],
)
def test_there_is_a_file_for_each_target_and_topic(target, topic, names, tmp_path):
    written = export(target, topic, out=tmp_path).files

    assert [path.name for path in written] == names
    assert sorted(path.name for path in tmp_path.iterdir()) == names


def test_folders_may_be_named_as_text(every_kind, tmp_path):
    (path,) = export("qti", folder=str(every_kind), out=str(tmp_path / "new")).files

    assert path == tmp_path / "new" / "bank_hinge.zip"
    assert path.is_file()


@every_target
def test_an_unknown_topic_is_answered_with_the_known_ones(target, tmp_path, capsys):
    status = main(["export", target, "--topic", "minus", "--out", str(tmp_path)])

    assert status == 1
    assert capsys.readouterr().err.startswith(
        "lossbook export: no questions on 'minus'; there are choosing, cross_entropy"
    )


def test_an_unknown_target_is_answered_with_the_known_ones(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["export", "blackboard"])

    assert stop.value.code == 2
    assert "choose from anki, moodle, qti" in capsys.readouterr().err.replace("'", "")


def test_only_moodle_has_a_type_to_order_by(every_kind, tmp_path, capsys):
    words = ["--bank", str(every_kind), "--out", str(tmp_path), "--native-ordering"]

    assert main(["export", "moodle", *words]) == 0
    assert "ordering became" not in capsys.readouterr().err
    assert main(["export", "qti", *words]) == 1
    assert "native ordering is a question type of Moodle" in capsys.readouterr().err


def test_a_bad_bank_is_refused_with_the_place_and_the_reason(tmp_path, capsys):
    bank = write_bank(tmp_path / "bank", EVERY_KIND.replace('"one"', '"two"'))
    out = tmp_path / "out"
    status = main(["export", "moodle", "--bank", str(bank), "--out", str(out)])

    assert status == 1
    assert "hinge.toml, question 'only-one': the kind must" in capsys.readouterr().err
    assert not out.exists()


def test_an_id_in_two_files_is_refused(every_kind, capsys):
    (every_kind / "choosing.toml").write_text(EVERY_KIND, "utf-8")

    assert main(["export", "anki", "--bank", str(every_kind)]) == 1
    assert "choosing.toml and in hinge.toml" in capsys.readouterr().err


def test_a_folder_without_questions_is_refused(tmp_path, capsys):
    assert main(["export", "anki", "--bank", str(tmp_path / "nowhere")]) == 1
    assert "no question files (.toml) in" in capsys.readouterr().err


def test_a_place_where_nothing_can_be_written_is_told(tmp_path, capsys):
    file = tmp_path / "file"
    file.write_text("")

    assert main(["export", "anki", "--topic", "hinge", "--out", str(file)]) == 1
    assert str(file) in capsys.readouterr().err


@pytest.mark.parametrize(
    ("target", "package"),
    [("anki", "genanki"), ("moodle", "moodle_tools"), ("qti", "text2qti")],
)
def test_a_missing_package_is_named_with_what_brings_it(
    target, package, monkeypatch, capsys
):
    monkeypatch.delitem(sys.modules, f"lossbook.exporting.{target}", raising=False)
    for name in [n for n in sys.modules if n.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)

    assert main(["export", target]) == 1
    told = capsys.readouterr().err
    assert f"needs the package {package}" in told
    assert "pip install 'lossbook[export]'" in told


def test_the_same_bank_gives_the_same_bytes(every_kind, tmp_path):
    for number in "12":
        for target in SUFFIXES:
            places = ["--bank", str(every_kind), "--out", str(tmp_path / number)]
            subprocess.run(
                [sys.executable, "-m", "lossbook", "export", target, *places],
                env=os.environ | {"PYTHONHASHSEED": number, "TZ": f"UTC+{number}"},
                check=True,
                capture_output=True,
            )
    first, second = (sorted((tmp_path / number).iterdir()) for number in "12")

    assert len(first) == 3
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name

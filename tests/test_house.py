"""Set-up: old Pythons, poor machines, failures of pip, the stamp; no network is used here."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

import course as script
from tools import chromium, commands, install, lab, machine, pip, pythons, stamp, testing
from tools.console import Trouble
from tools.paths import ROOT, Course


@pytest.fixture
def course(tmp_path):
    """A course of lock files and an environment that answers, installed by nobody."""
    (tmp_path / "requirements").mkdir()
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    for kind in ("course", "test"):
        (tmp_path / "requirements" / f"{kind}.txt").write_text("numpy==2.0.0 \\\n    --hash=sha256:0\n")
    made = Course(root=tmp_path)
    made.python.parent.mkdir(parents=True)
    made.python.symlink_to(sys.executable) if os.name != "nt" else None
    return made


@pytest.fixture
def steps(monkeypatch):
    """What an installation does, written down instead of done."""
    done = []
    monkeypatch.setattr(install, "make", lambda course: done.append("make"))
    monkeypatch.setattr(install, "answers", lambda course: True)
    monkeypatch.setattr(install, "add_project", lambda course: done.append("project"))
    monkeypatch.setattr(machine, "check", lambda folder: None)
    monkeypatch.setattr(pip, "install", lambda course, *given, **_: done.append(given[-1].rpartition(os.sep)[2]))
    return done


# --- Pythons -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "suits"), [((3, 10), False), ((3, 11, 7), True), ((3, 14), True), ((3, 15), False)]
)
def test_which_pythons_suit(version, suits):
    assert pythons.suits(version) is suits


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 9), (3, 15)])
def test_a_python_that_does_not_suit_gets_one_sentence(version, monkeypatch, capsys):
    monkeypatch.setattr(pythons, "works", lambda command: False)
    monkeypatch.setattr(sys, "version_info", version)
    assert script.main(["lab"]) == 1
    said = capsys.readouterr().err
    assert "3.11 to 3.14" in said and f"this is {version[0]}.{version[1]}" in said and said.count("\n") == 1


def test_another_python_takes_over_when_there_is_one(monkeypatch):
    monkeypatch.setattr(pythons, "candidates", lambda: [["nothing-like-this"], [sys.executable]])
    assert pythons.hand_over(["-c", "raise SystemExit(7)"]) == 7


# --- the machine -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("system", "processor", "bits", "word"),
    [
        ("Darwin", "x86_64", 64, "Intel Mac"),
        ("Windows", "ARM64", 64, "x64"),
        ("Linux", "i686", 32, "64-bit"),
        ("Darwin", "arm64", 64, None),
        ("Linux", "x86_64", 64, None),
        ("Linux", "aarch64", 64, None),
        ("Windows", "AMD64", 64, None),
    ],
)
def test_a_machine_without_builds_is_told_what_to_do(system, processor, bits, word):
    problem = machine.platform_problem(system, processor, bits)
    assert problem is None if word is None else word in problem and ("install" in problem)


def test_a_python_without_venv_is_told_how_to_get_it():
    assert machine.venv_problem() is None
    problem = machine.venv_problem(find=lambda name: None if name == "ensurepip" else object())
    assert "apt install python3-venv" in problem


def test_a_full_disk_is_noticed_before_it_is_full(tmp_path):
    assert "0.3" in machine.space_problem(tmp_path, usage=lambda folder: SimpleNamespace(free=3e8))
    assert machine.space_problem(tmp_path, usage=lambda folder: SimpleNamespace(free=9e9)) is None


@pytest.mark.parametrize(
    ("output", "kind", "word"),
    [
        ("ERROR: Could not install: [Errno 28] No space left on device", Trouble, "disk is full"),
        ("WARNING: Temporary failure in name resolution\nERROR: No matching distribution", pip.Offline, "network"),
        ("Connection reset\nInstalling collected packages: jax\nERROR: odd", Trouble, "setup.log"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", Trouble, "hash"),
        ("ERROR: No matching distribution found for jaxlib==0.10.2", Trouble, "no ready-made build"),
        ("Segmentation fault", Trouble, "setup.log"),
    ],
)
def test_what_pip_says_becomes_one_sentence(output, kind, word):
    trouble = pip.trouble(output, "setup.log")
    assert type(trouble) is kind and word in str(trouble) and "\n" not in str(trouble)


def test_a_trouble_is_a_sentence_and_an_exit_code():
    done = subprocess.run(
        [sys.executable, "course.py", "fresh", "no-such-chapter"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "fits 0 chapters" in done.stderr


# --- the stamp ---------------------------------------------------------------------------------------------


def test_a_complete_installation_is_left_alone(course, steps):
    install.ensure(course, "course")
    assert steps == ["make", "course.txt", "project"]
    install.ensure(course, "course")
    assert len(steps) == 3


def test_the_test_tools_come_on_top_and_hold_the_course(course, steps):
    install.ensure(course, "course")
    install.ensure(course, "test")
    install.ensure(course, "course")
    assert steps == ["make", "course.txt", "project", "test.txt", "project"]


def test_an_interrupted_installation_is_made_anew(course, steps, monkeypatch):
    install.ensure(course, "course")
    monkeypatch.setattr(install, "add_project", lambda course: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        install.ensure(course, "test")
    monkeypatch.setattr(install, "add_project", lambda course: None)
    install.ensure(course, "course")
    assert steps.count("make") == 2


def test_a_new_lock_is_installed_over_the_old(course, steps):
    install.ensure(course, "course")
    course.lock("course").write_text("numpy==2.1.0\n")
    install.ensure(course, "course")
    assert steps.count("make") == 1 and steps.count("course.txt") == 2


@pytest.mark.parametrize("harm", ["moved", "broken stamp", "python gone"])
def test_an_environment_that_cannot_be_trusted_is_made_anew(course, steps, monkeypatch, harm):
    install.ensure(course, "course")
    if harm == "moved":
        stamp.write(course, stamp.read(course) | {"root": "/elsewhere"})
    elif harm == "broken stamp":
        stamp.path(course).write_text("{")
    else:
        monkeypatch.setattr(install, "answers", lambda course: False)
    install.ensure(course, "course")
    assert steps.count("make") == 2


def test_offline_nothing_is_lost(course, steps, monkeypatch):
    install.ensure(course, "course")

    def no_network(*_, **__):
        raise pip.Offline("no network")

    monkeypatch.setattr(pip, "install", no_network)
    with pytest.raises(pip.Offline):
        install.ensure(course, "test")
    assert stamp.is_current(course, "course") and not stamp.is_current(course, "test")


def test_line_ends_do_not_change_the_stamp(course):
    before = stamp.fingerprint(course, "course")
    course.lock("course").write_bytes(course.lock("course").read_bytes().replace(b"\n", b"\r\n"))
    assert stamp.fingerprint(course, "course") == before


# --- opening, and counting ---------------------------------------------------------------------------------


def test_a_busy_port_is_passed_over():
    first = lab.choose_port()
    with lab.socket.socket() as busy:
        busy.bind(("127.0.0.1", first))
        busy.listen()
        assert lab.choose_port(first=first) > first
        with pytest.raises(Trouble, match="in use"):
            lab.choose_port(first)


def test_root_may_open_the_course(course, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    assert "--allow-root" in lab.command(course, 8888)
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    assert "--allow-root" not in lab.command(course, 8888)


def test_no_display_means_no_browser():
    assert not lab.can_show(env={}, platform="linux")


def test_without_chromium_ci_fails_and_others_are_told(monkeypatch):
    assert testing.without_chromium("browser", {"CI": "true"}).code == 1
    tally = testing.without_chromium("browser", {})
    assert tally.code == 0 and "skipped" in str(tally) and "\n" not in str(tally)
    monkeypatch.setenv(chromium.SETTING, "/no/such/browser")
    assert chromium.find() is None


def test_the_sums_are_right(tmp_path, capsys):
    results = tmp_path / "results.xml"
    results.write_text(
        "<testsuites><testsuite><testcase/><testcase><failure/></testcase>"
        "<testcase><skipped/></testcase><testcase><error/></testcase></testsuite></testsuites>"
    )
    assert testing.report([testing.count("unit", results, 1)]) == 1
    assert "total: 1 passed, 2 failed, 1 skipped" in capsys.readouterr().out
    assert testing.report([testing.Tally("unit", passed=3)]) == 0
    assert testing.report([testing.Tally("unit")]) == 1  # none ran


def test_what_a_chapter_costs_is_told(tmp_path, capsys):
    results = tmp_path / "results.xml"
    results.write_text(
        "<testsuite><testcase classname='tests.test_optim' name='a' time='6'/>"
        "<testcase classname='tests.course.test_descent' name='b' time='1'/>"
        "<testcase classname='notebooks.07.ipynb' name='Cell 0' time='2'/>"
        "<testcase classname='tests.browser.test_chapters' name='c[07.ipynb]' time='1'/></testsuite>"
    )
    tally = testing.count("unit", results, 0, seconds=20.0)
    assert (tally.passed, tally.chapters) == (4, 8.0)
    assert testing.report([tally], chapters=2) == 0
    said = capsys.readouterr().out
    assert "unit: 4 passed, 0 failed, 0 skipped  (20 s)" in said
    assert "12 s for the library, 4 s for a chapter; 20 chapters would take 2 min." in said


def test_every_command_can_be_asked_about():
    for name in commands.COMMANDS:
        with pytest.raises(SystemExit) as ended:
            commands.parser().parse_args([name, "--help"])
        assert ended.value.code == 0


def test_settings_of_other_projects_stay_outside(monkeypatch):
    for name in ("PYTHONPATH", "PIP_TARGET", "XLA_FLAGS", "JAX_ENABLE_X64", "JAX_DISABLE_JIT", "OTHER"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("JAX_PLATFORMS", "cuda")
    env = Course().environment()
    assert not {"PYTHONPATH", "PIP_TARGET", "XLA_FLAGS", "JAX_ENABLE_X64", "JAX_DISABLE_JIT"} & set(env)
    assert env["OTHER"] == "1" and env["JAX_PLATFORMS"] == "cpu"

"""Options and fixtures that all tests share."""

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.paths import ROOT

# An example takes as long as the machine is busy: no test is about time.
settings.register_profile("product", settings(), deadline=None)
settings.load_profile("product")

OPTIONAL = "optional: "
"""A skipped test is a failure on CI unless its reason begins so; the README lists what is optional."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add options for how much of the long tests is done."""
    parser.addoption("--kills", type=int, default=5, help="at how many instants commands are killed; default: 5")
    parser.addoption("--switches", type=int, default=8, help="through how many switches pages are asked; default: 8")


def pytest_configure() -> None:
    """Let Ctrl-C reach what is tested: a shell that starts the tests in the background has them ignore it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real documents beside the project; tests that need it are skipped where it is not."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(OPTIONAL + "the real documents are not beside the project")
    return folder


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail the session on CI when a test was skipped that the README does not call optional."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if exitstatus or not os.environ.get("CI") or not isinstance(reporter, pytest.TerminalReporter):
        return
    reasons = {
        report.longrepr[2] for report in reporter.stats.get("skipped", []) if isinstance(report.longrepr, tuple | list)
    }
    forbidden = sorted(reason for reason in reasons if OPTIONAL not in reason)
    if forbidden:
        reporter.write_line("Skipped on CI, though not optional: " + "; ".join(forbidden), red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED

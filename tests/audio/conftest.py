"""What the recordings do not say as it is written now stands under every test run."""

from tools.author.narrate.script import recordings


def pytest_terminal_summary(terminalreporter):
    changes = [line for recording in recordings() for line in recording.changes()]
    if changes:
        terminalreporter.section("not recorded as it is written")
        terminalreporter.line("\n".join(changes))
        terminalreporter.line("To record it: make audio")

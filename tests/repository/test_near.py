from pathlib import Path

from tests.support.near import ALWAYS, near


def test_the_tests_near_a_module_are_those_of_its_package() -> None:
    assert near([Path("indexer/query/lexer.py")]) == (*ALWAYS, Path("tests/indexer/query"))


def test_the_tests_near_a_test_are_its_own_file() -> None:
    own = Path("tests/indexer/query/test_parser.py")
    assert near([own, own, Path("tests/support/paths.py"), Path("README.md")]) == (*ALWAYS, own)


def test_what_has_gone_is_not_named() -> None:
    assert near([Path("tests/indexer/query/test_gone.py"), Path("indexer/gone/module.py")]) == ALWAYS

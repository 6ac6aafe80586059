import shutil
from pathlib import Path

import pytest

from indexer.analysis.apertium import Apertium, find_translator
from indexer.analysis.translator import NoTranslator, Translator
from indexer.model.errors import TranslationError

needs_apertium = pytest.mark.skipif(
    isinstance(find_translator(), NoTranslator), reason="optional: Apertium is not installed"
)


@pytest.fixture(scope="module")
def apertium() -> Translator:
    return find_translator()


@needs_apertium
@pytest.mark.parametrize(
    ("word", "source", "target", "meaning"),
    [
        ("leyes", "es", "en", "law"),
        ("hizo", "es", "en", "do"),
        ("laws", "en", "es", "ley"),
        ("redes", "pt", "es", "red"),
        ("lois", "fr", "es", "ley"),
        ("français", "fr", "es", "francés"),
        ("french", "en", "es", "francés"),
    ],
)
def test_a_word_in_any_of_its_forms_has_its_meanings(
    apertium: Translator, word: str, source: str, target: str, meaning: str
) -> None:
    assert meaning in apertium.translate([word], source)[target][word]


@needs_apertium
@pytest.mark.parametrize(
    ("source", "target", "meaning"), [("pt", "en", "law"), ("fr", "en", "law"), ("pt", "fr", "loi")]
)
def test_languages_without_a_pair_are_reached_by_way_of_spanish(
    apertium: Translator, source: str, target: str, meaning: str
) -> None:
    word = {"pt": "lei", "fr": "loi"}[source]
    assert meaning in apertium.translate([word], source)[target][word]


@needs_apertium
def test_a_language_is_not_translated_into_itself_nor_one_that_is_not_known_at_all(apertium: Translator) -> None:
    assert set(apertium.translate(["lei"], "pt")) == {"en", "es", "fr"}
    assert apertium.translate(["kala"], "fi") == {}


@needs_apertium
def test_words_that_are_not_known_are_left_out_and_those_beside_them_are_not(apertium: Translator) -> None:
    found = apertium.translate(["xyzzyq", "ley", "a", "menudo", "ßß"], "es")["en"]
    assert "law" in found["ley"]
    assert "xyzzyq" not in found
    # Side by side the two mean "often": each was looked up by itself.
    assert "often" not in (*found.get("a", ()), *found.get("menudo", ()))


@needs_apertium
def test_the_same_data_have_the_same_name(apertium: Translator) -> None:
    assert find_translator().name == apertium.name != ""


@pytest.mark.parametrize(("pairs", "code"), [(False, "apertium-missing"), (True, "apertium-without-pairs")])
def test_what_is_missing_is_said_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pairs: bool, code: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    if pairs:
        stand_in(tmp_path, "exit 0")
    translator = find_translator()
    assert (translator.name, translator.translate(["ley"], "es")) == ("", {})
    assert translator.lack is not None
    assert translator.lack.code == code
    assert "apt-get install" in translator.lack.remedy()


@pytest.mark.parametrize("script", ["exit 3", "printf 'nothing'", "printf '\\377\\0\\0'", "kill -9 $$"])
def test_an_answer_that_cannot_be_read_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    program = stand_in(tmp_path, script)
    data = tmp_path / "share" / "apertium" / "modes"
    data.mkdir(parents=True)
    for kind in ("automorf", "autobil"):
        (data / f"x.{kind}.bin").touch()
    parts = " | ".join(f"lt-proc '{data}/x.{kind}.bin'" for kind in ("automorf", "autobil"))
    (data / "spa-eng.mode").write_text(parts, "utf-8")
    monkeypatch.setenv("PATH", f"{program.parent}:/bin:/usr/bin")
    translator = find_translator()
    assert isinstance(translator, Apertium)
    with pytest.raises(TranslationError) as raised:
        translator.translate(["ley", "red"], "es")
    assert raised.value.message.code == "apertium-failed"


def stand_in(folder: Path, script: str) -> Path:
    """A program of the name that is looked for, which does something else."""
    program = folder / "bin" / "lt-proc"
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(f"#!{shutil.which('sh', path='/bin:/usr/bin')}\n{script}\n", "utf-8")
    program.chmod(0o755)
    return program

"""A profile file with a wrong value: the program says which line, for every key that it reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from subrosa.policy.profile import CHECKS, HERE, ProfileError, kinds, profile, read

TEXT = (HERE / "cn-secondary.toml").read_text(encoding="utf-8")
OF_ITS_KIND = {
    "people.front_desk": ["0", "1", '"no"'],
    "reading.simpler_text": ["0", "1", "'yes'"],
    "people.outside_professionals": ["true", "-1"],
    "records.terms_begin": ["[]", '["02-30"]', '["2-15"]', '["02-15", "02-15"]', "[215]", '"02-15"'],
    "standing.credential_reminder_days": ["[]", "[0]", "[30, 30]", "[true]", '"90"', "90"],
    "sessions.lengths_minutes": ["[]", "[9]", "[51]", "[30, true]", "30"],
    "devices.idle_lock_minutes": [
        "5",
        "{ shared = 5 }",
        "{ shared = 5, own = 0 }",
        "{ shared = 5, own = 15, other = 1 }",
    ],
}


def _place(key: str) -> int:
    """Found by another way than the program's: the first line of that name after the section's head."""
    section, name = key.split(".")
    lines = TEXT.splitlines()
    start = lines.index(f"[{section}]")
    return next(n for n, line in enumerate(lines, 1) if n > start and line.split("=")[0].strip() == name)


def _file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "changed.toml"
    path.write_text(text, encoding="utf-8")
    return path


def _with(key: str, value: str) -> str:
    lines = TEXT.splitlines()
    lines[_place(key) - 1] = f"{key.split('.')[1]} = {value}"
    return "\n".join(lines)


@pytest.mark.parametrize("kind", kinds())
def test_every_profile_that_is_shipped_can_be_read(kind: str) -> None:
    assert set(CHECKS) <= set(profile(kind)) and profile(kind).kind == kind


@pytest.mark.parametrize("key", CHECKS)
def test_a_wrong_value_names_file_line_and_key(key: str, tmp_path: Path) -> None:
    wrong = OF_ITS_KIND.get(key, ["0", "-1", "1.5", "true", '"three"', "[1]"])
    for value in wrong:
        with pytest.raises(ProfileError) as error:
            read(_file(tmp_path, _with(key, value)))
        assert str(error.value).startswith(f"changed.toml, line {_place(key)}: {key} = "), value
        assert str(error.value).endswith(CHECKS[key][1])


@pytest.mark.parametrize("key", CHECKS)
def test_a_missing_line_names_its_section(key: str, tmp_path: Path) -> None:
    lines = TEXT.splitlines()
    del lines[_place(key) - 1]
    with pytest.raises(ProfileError, match=re.escape(key)) as error:
        read(_file(tmp_path, "\n".join(lines)))
    head = lines.index(f"[{key.split('.')[0]}]") + 1
    assert f"line {head}:" in str(error.value) and "missing" in str(error.value)


def test_a_file_that_is_no_toml_names_the_line(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"changed\.toml: .*line 2"):
        read(_file(tmp_path, "[people]\nfront_desk = maybe\n"))


def test_a_number_in_another_section_does_not_count(tmp_path: Path) -> None:
    moved = TEXT.replace("full_record_due_school_days = 2", "") + "\n[elsewhere]\nfull_record_due_school_days = 2\n"
    with pytest.raises(ProfileError, match=re.escape("records.full_record_due_school_days is missing")):
        read(_file(tmp_path, moved))


def test_a_line_of_the_same_name_in_an_earlier_section_is_not_the_one(tmp_path: Path) -> None:
    text = "[elsewhere]\nfront_desk = 7\n\n" + _with("people.front_desk", "7")
    with pytest.raises(ProfileError, match=rf"line {_place('people.front_desk') + 3}: people\.front_desk = 7"):
        read(_file(tmp_path, text))


@pytest.mark.parametrize("kind", ["", "nowhere", "../register", "cn-secondary.toml", "../profiles/cn-secondary"])
def test_an_unknown_kind_says_which_there_are(kind: str) -> None:
    with pytest.raises(ProfileError, match="cn-secondary"):
        profile(kind)


def test_a_profile_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        profile("cn-secondary")["people.front_desk"] = True  # type: ignore[index]

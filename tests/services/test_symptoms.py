"""Clarifying questions by kind of symptom."""

import pytest

from services.i18n import translate
from services.symptom_table import SYMPTOMS
from services.symptoms import UnknownAnswer, checked_answers, read_answers, suggested


@pytest.mark.parametrize(
    ("concern", "symptoms"),
    [
        ("It squeaks when I brake", ["noise", "brakes"]),
        ("刹车时有异响", ["noise", "brakes"]),
        ("方向盘抖，跑偏", ["steering", "vibration"]),
        ("发动机故障灯亮了", ["warning_light"]),
        ("Puddle under the car, it DRIPS", ["leak"]),
        ("早上打不着车", ["starting"]),
        ("空调不制冷，有霉味", ["air_conditioning", "smell"]),
        ("Yearly service please", []),
        ("I trust you", []),
        ("", []),
    ],
)
def test_words_of_the_concern_hint_at_symptoms_in_both_languages(concern: str, symptoms: list[str]) -> None:
    assert sorted(suggested(concern)) == sorted(symptoms)


def test_the_symptom_with_most_words_comes_first() -> None:
    assert suggested("Warning light on the dashboard, and a click")[0] == "warning_light"


def test_answers_are_kept_as_codes_in_the_order_of_the_questions() -> None:
    given = {"noise": {"when": ["braking", "starting"], "since": ["days"], "sound": []}, "leak": {}}
    assert checked_answers(given) == {"noise": {"since": ["days"], "when": ["starting", "braking"]}, "leak": {}}
    assert checked_answers({}) is checked_answers(None) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"spaceship": {}},
        {"noise": {"colour": ["red"]}},
        {"noise": {"since": ["yesterday"]}},
        {"noise": {"since": ["days", "weeks"]}},
    ],
)
def test_codes_that_are_not_offered_are_refused(wrong: dict[str, dict[str, list[str]]]) -> None:
    with pytest.raises(UnknownAnswer):
        checked_answers(wrong)


def test_answers_are_read_with_their_questions_and_what_is_unknown_by_now_is_left_out() -> None:
    (told,) = read_answers({"noise": {"when": ["braking"], "gone": ["x"]}, "spaceship": {"a": ["b"]}})
    assert (told.symptom.label, told.said) == ("Noise", [("When it happens", ["braking"])])
    assert read_answers(None) == []


def test_every_symptom_asks_since_when_and_has_a_chinese_name_for_everything() -> None:
    for symptom in SYMPTOMS.values():
        if symptom.code != "body":
            assert "since" in [one.code for one in symptom.questions]
        assert len({one.code for one in symptom.questions}) == len(symptom.questions)
        labels = [symptom.label, *(one.label for one in symptom.questions)]
        labels += [label for one in symptom.questions for label in one.choices.values() if label != "ABS"]
        assert [label for label in labels if translate("zh_CN", label) == label] == []

"""Messages in words, through the boundary: languages, a shell's own words, and words that do not fit."""

from __future__ import annotations

import pytest
import tapo_care_ffi as ffi

FSI, PDI = "\u2068", "\u2069"


def paused(days: int) -> ffi.Message:
    return ffi.Message(key="trial-paused", args=[ffi.MessageArg(name="days", value=ffi.MessageValue.COUNT(days))])


def terms(price: str) -> ffi.Message:
    text = ffi.MessageValue.TEXT
    args = [ffi.MessageArg(name="price", value=text(price)), ffi.MessageArg(name="period", value=text("P1M"))]
    return ffi.Message(key="renews-until-cancelled", args=args)


def test_a_number_takes_the_plural_of_russian_and_of_arabic() -> None:
    russian, arabic = ffi.open_phrases("ru-RU", []), ffi.open_phrases("ar", [])
    assert (russian.locale(), russian.locale_match()) == ("ru", ffi.LocaleMatch.LANGUAGE)
    assert "остался 21 день" in russian.say(paused(21), {})
    assert "осталось 22 дня" in russian.say(paused(22), {})
    assert "بقي يومان" in arabic.say(paused(2), {})
    assert "بقيت ٣ أيام" in arabic.say(paused(3), {"days": "٣"})


def test_the_stores_price_stands_verbatim_between_isolating_marks() -> None:
    price = "6,99\u00a0€"
    for locale in ["ru", "ar"]:
        assert FSI + price + PDI in ffi.open_phrases(locale, []).say(terms(price), {})


def test_a_shell_puts_words_of_its_own_in_place_of_ours() -> None:
    own = ffi.PhraseSource(locale="ru", text="trial-over = Пробный период позади.")
    phrases = ffi.open_phrases("ru", [own])
    assert phrases.say(ffi.Message(key="trial-over", args=[]), {}) == "Пробный период позади."
    assert phrases.say(ffi.money_message(ffi.Money.NOT_CHARGED), {}) == "Деньги не списаны."


def test_words_with_a_wrong_argument_are_refused_by_key_and_argument() -> None:
    own = ffi.PhraseSource(locale="ru", text="renews-on = Продление { $when }")
    with pytest.raises(ffi.PhraseError.UnknownArgument) as refused:
        ffi.open_phrases("en", [own])
    assert (refused.value.locale, refused.value.key, refused.value.argument) == ("ru", "renews-on", "when")


def test_a_language_nobody_has_words_in_is_english_and_says_so() -> None:
    phrases = ffi.open_phrases("tlh", [])
    assert (phrases.locale(), phrases.locale_match()) == ("en", ffi.LocaleMatch.ENGLISH)

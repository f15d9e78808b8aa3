"""The one road to a translated text: the marker `N_`, the call `_` and `Message`.

Texts are written in English with named places (`{number}`); the Dutch stands in
`resources/locale/nl`. What is decided deep down (law, store, registers) travels as a
`Message`, and only screen, paper and command line turn it into words with
`privreg.formats.text`.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import gettext
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from privreg.paths import RESOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DOMAIN = "privreg"
LANGUAGES = ("nl", "en")
DEFAULT_LANGUAGE = "nl"

_loaded: dict[str, gettext.NullTranslations] = {}
_language = DEFAULT_LANGUAGE
_spoken: ContextVar[str] = ContextVar("spoken", default="")


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence not yet in any language: a marked template and its arguments.

    Arguments may be dates, moments, numbers, other messages, or anything with a
    `message` property; `privreg.formats.text` writes each as the reader expects.
    Where `plural` is given, `args["count"]` chooses between the two templates.
    """

    template: str
    args: Mapping[str, object] = field(default_factory=dict, hash=False)
    plural: str | None = None


def N_(template: str) -> str:  # noqa: N802  (gettext's own name for the marker)
    """Mark a text for the catalogue without translating it yet."""
    return template


class AnyOf(tuple[object, ...]):
    """A list of which one is to be chosen: 'a, b or c'."""

    __slots__ = ()


def message(template: str, **args: object) -> Message:
    """Build a `Message`; the template is written inside `N_()` at the call."""
    return Message(template, args)


def messages(singular: str, plural: str, count: int, **args: object) -> Message:
    """Build a `Message` that counts; both templates are written inside `N_()`."""
    return Message(singular, {**args, "count": count}, plural)


def use_language(language: str) -> None:
    """Choose the language of every text from here on: one of `LANGUAGES`."""
    global _language  # noqa: PLW0603  (the one piece of state, like the locale of a process)
    if language not in LANGUAGES:
        raise ValueError(language)
    _language = language


def language() -> str:
    """Return the code of the language in use."""
    return _spoken.get() or _language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak another language for a while, in this thread only: the window keeps its own."""
    if language not in LANGUAGES:
        raise ValueError(language)
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def _catalogue(language: str) -> gettext.NullTranslations:
    if language not in _loaded:
        _loaded[language] = gettext.translation(
            DOMAIN, RESOURCES / "locale", languages=[language], fallback=True
        )
    return _loaded[language]


def _(template: str) -> str:
    """Translate one template into the language in use."""
    return _catalogue(language()).gettext(template) if template else ""


def _n(singular: str, plural: str, count: int) -> str:
    """Translate a template that counts."""
    return _catalogue(language()).ngettext(singular, plural, count)


def in_every_language(template: str) -> tuple[str, ...]:
    """Return a text in every language of the program, for recognising it in a file."""
    return tuple(_catalogue(each).gettext(template) for each in LANGUAGES) if template else ()

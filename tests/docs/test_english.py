"""Plain, modern English in docstrings and comments, in what a person reads, and in the documents.

Each entry below is a turn that once was in this code and stopped a reader, with what to write instead. Add what you
stumble over. Keep an entry narrow: where a word has an ordinary use too ("the point lies below the line"), match only
the odd one.
"""

from __future__ import annotations

import re

import pytest
from tests.docs.texts import ROOT, Text, all_texts, comments, strings, without_code

BANNED = {
    # verbs and inversions of another century
    r"shall": "will, should, or a plain question: Which table should Almanac use?",
    r"would have it": "expected by chance",
    r"as it were": "leave it out",
    r"at your wish": "as you asked",
    r"(?:foresees|foreseen|foresaw|foretells?|foretold)": "forecast, predicted, expected",
    r"anew": "again, from scratch",
    r"upon": "on",
    r"(?:thereof|therein|hitherto|whereupon|herein|lest|whither|whence|nought|amidst)": "modern English",
    r"for ever": "forever, without end",
    r"for want of": "without",
    r"as (?:well|far|good|much) as may be": "as … as possible",
    r"(?:own(?:s|ed)?) up to": "said openly",
    r"ow(?:es|e|ing) (?:anything|nothing) to": "depends on",
    r"to and fro": "back and forth",
    r"the very (?:one|same)": "the same",
    r"surer": "more certain",
    r"least well": "worst",
    # words used for another
    r"told": "said, shown, known, given; distinguished (of two things)",
    r"tells? (?:when|of)": "says when; mentions",
    r"(?:nothing|left|worth) to tell": "nothing to say",
    r"worth telling": "worth mentioning",
    r"beside": "next to, compared with, besides",
    r"(?:upon|beside) one another": "next to each other",
    r"at hand": "available, current",
    r"of (?:its|their) own": "its own …, a separate …, on its own",
    r"stands? (?:twice|once|under|above|below|behind|there|back|first|only|on|in(?! for))": "is; appears; supports",
    r"stood (?:twice|once|under|above|below|behind|there|in)": "was; appeared",
    r"(?:tables?|files?|folders?|models?|results|workbooks?) lies?": "is, are",
    r"(?:lies|lie|laid) (?:there|around|idle|side by side)": "is, are",
    r"hangs? (?:on|together)": "depends on; are correlated",
    r"hung together": "were correlated",
    r"comes? to (?:nothing|together)": "add up to; have no result",
    r"what [^.;:,\n]{1,40} comes? to": "the result of",
    r"in the measure": "as far as, in proportion to",
    r"manieth": "index",
    r"sound reason": "say the reason",
    r"(?:left|leaves?|leaving) away": "left out",
    r"(?:left|leaves?|leaving) aside|season aside": "ignored, left out",
    r"put (?:chance )?questions to": "ask questions about",
    r"what is what": "what each column is for",
    r"(?:better|best) served": "forecast better by",
    r"serves? [^.;:\n]{0,30}(?:better|best)": "forecasts … better",
    r"weigh(?:s|ing)? alike": "have the same weight",
    r"parted": "split",
    r"as the model gives (?:it|them)": "the model's own; uncorrected",
    r"is it right to": "ask for the decision: We noticed a few things in your file",
    r"in (?:\d+|…) cases of 10": "80% likely to be …",
    r"no one's": "nobody's; reword",
    r"counted apart": "counted separately",
    r"is there (?:twice|already|once)": "appears twice, exists",
    r"(?:dates|values|rows) come (?:daily|hourly|weekly|monthly|yearly|every)": "are daily …",
    r"of it alone": "with it alone; only this series",
    r"an it is said|and it is said": "and Almanac says so",
    r"(?<!there\s)(?:is|are|was|were) no (?:dates?|months?|numbers?|columns?|rhythm|times?|such|tables?|header)": (
        "is not a date …"
    ),
    # private names for what the field has a word for
    r"rooms": "packages, layers, modules",
    r"shel(?:f|ves|ved)": "status; the models available",
    r"errands?": "job",
    r"practis(?:e|es|ed|ing)": "backtest; for a person: practice run",
    r"togetherness": "step correlation",
    r"kept promises": "reliability",
}


def pattern(turn: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![-\w])(?:{turn})(?![-\w])".replace(" ", r"\s+(?:#\s*)?"), re.IGNORECASE)


PATTERNS = {turn: pattern(turn) for turn in BANNED}
ANY = pattern("|".join(BANNED))  # hardly any text has one, and looking for all at once is quick


def hits(texts: list[Text]) -> list[str]:
    """Each banned turn as file:line, the words, and what to write instead."""
    found = {
        f"{text.path.relative_to(ROOT)}:{line}: “{words}” – write: {BANNED[turn]}"
        for text in texts
        if ANY.search(text.words)
        for turn, one in PATTERNS.items()
        for line, words in text.find(one)
    }
    return sorted(found)


def test_every_text_is_in_plain_english() -> None:
    found = hits(list(all_texts()))
    if found:
        pytest.fail(f"{len(found)} turns that stop a reader:\n" + "\n".join(found), pytrace=False)


PROBE = ROOT / "probe.py"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ('"""Which table\n    shall be read."""', 2),
        ("x = 1  # a page of\n# its own", 1),
        ('say(f"{n} rows stand "\n    "twice in it")', 1),
        ("# fine\n\n# comes\n# to nothing", 3),
    ],
)
def test_a_banned_turn_is_found_in_every_place_and_over_line_breaks(source: str, line: int) -> None:
    texts = [*comments(PROBE, source), *strings(PROBE, source)]
    (found,) = hits(texts)
    assert found.startswith(f"probe.py:{line}: ")


@pytest.mark.parametrize(
    "words",
    [
        "The point lies below the line, and the value lies within the range.",
        "There is no date in this row.",
        "It stands for a missing value; a stand-alone page, set aside.",
        "Nothing can foresee it. Besides, `--beside` and ``shall`` are code.",
    ],
)
def test_ordinary_words_are_not_banned(words: str) -> None:
    assert hits([Text(PROBE, 1, without_code(words))]) == []


def test_no_file_has_the_marks_of_a_merge() -> None:
    marks = re.compile(r"^(?:<{7} |>{7} )", re.MULTILINE)
    files = [path for folder in ("app", "tests", "docs", "packaging") for path in (ROOT / folder).rglob("*")]
    texts = [path for path in [*files, *ROOT.glob("*.md")] if path.suffix in (".py", ".md", ".toml", ".sh")]
    assert len(texts) > 500
    assert [path for path in texts if marks.search(path.read_text(encoding="utf-8"))] == []

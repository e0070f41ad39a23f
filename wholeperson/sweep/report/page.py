"""The report of a run: one page that needs no network, its pictures beside the tables they are drawn from."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Final, NamedTuple

from wholeperson.rules.explain import AUDIENCES
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.words import Words
from wholeperson.sweep.report.charts import Bar, Part, bars, number, table
from wholeperson.sweep.report.groups import DIMENSIONS, NOT_TOLD, SEVERAL
from wholeperson.sweep.report.page_style import STYLE
from wholeperson.sweep.report.summary import ALL, TOGETHER, Count
from wholeperson.sweep.report.suppress import LEAST
from wholeperson.sweep.run.result import Result

MOST_FACTS: Final = 12
KINDS: Final = (
    ("Enhanced Care Management and its populations of focus", ("benefit", "population_of_focus")),
    ("Community Supports", ("community_support",)),
    ("Services before release", ("pre_release",)),
)
BY: Final = {"county": "county", "language": "language", "race_ethnicity": "race and ethnicity", "age_band": "age"}
GROUPS: Final = {NOT_TOLD: "not told", SEVERAL: "two or more", TOGETHER: "small groups together"}
LANGUAGES: Final = {
    "ar": "Arabic", "en": "English", "es": "Spanish", "fa": "Farsi", "hi": "Hindi", "hmn": "Hmong", "hy": "Armenian",
    "ja": "Japanese", "km": "Khmer", "ko": "Korean", "lo": "Lao", "pa": "Punjabi", "ru": "Russian", "th": "Thai",
    "tl": "Tagalog", "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese", "zh-Hans": "Simplified Chinese",
    "zh-Hant": "Traditional Chinese",
}  # fmt: skip
KEY: Final = (
    '<ul class="key"><li><i class="yes"></i>yes</li><li><i class="open"></i>not known yet</li>'
    '<li><i class="no"></i>no</li></ul>'
)
CHANGES: Final = {"yes": "now yes", "not_known": "now not known", "no": "now no"}
Changed = Counter[tuple[str, str, str]]


class Told(NamedTuple):
    """What a page is made of. ``offers``: members with something to offer. ``changes``: None without an earlier run."""

    counts: list[Count]
    facts: dict[str, int]
    offers: int
    changes: Changed | None


def facts_that_settle(result: Result) -> dict[str, int]:
    """Fact → the *not known* answers that it alone would settle, most first."""
    rows = result.duck.rows(
        """SELECT fact, CAST(sum(members) AS BIGINT) AS n
        FROM (SELECT unnest(settled_by) AS fact, members FROM patterns WHERE answer = 'not_known')
        GROUP BY fact ORDER BY n DESC, fact"""
    ).to_pylist()
    return {row["fact"]: int(row["n"]) for row in rows}


def write_page(result: Result, policy: Policy, words: Words, told: Told, audience: str, path: Path) -> None:
    """The page."""
    page = Page(result, policy, words, told, audience)
    path.write_text(page.html(), encoding="utf-8")


class Page:
    """Puts a run into words, pictures and tables."""

    def __init__(self, result: Result, policy: Policy, words: Words, told: Told, audience: str) -> None:
        self.run, self.policy, self.words, self.told = result.told, policy, words, told
        self.may_read = AUDIENCES[audience]
        self.totals: dict[str, dict[str, Count]] = defaultdict(dict)
        self.groups: dict[tuple[str, str], dict[str, dict[str, Count]]] = defaultdict(lambda: defaultdict(dict))
        for each in told.counts:
            if each.by == ALL:
                self.totals[each.programme][each.answer] = each
            else:
                self.groups[each.programme, each.by][each.group][each.answer] = each

    def html(self) -> str:
        """All of it."""
        title = f"Who may have what: {self.run['on']}"
        body = [self.answers(), self.unknown(), *self.by_group(), self.settling(), self.changed(), self.reading()]
        return (
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{title}</title><style>{STYLE}</style></head><body>"
            f"{self.head()}<main>{''.join(body)}</main>"
            "<footer><p>Made from one run of the sweep. Nothing here decides about anybody: a person does.</p></footer>"
            "</body></html>\n"
        )

    def head(self) -> str:
        members, offers = self.run["members"], self.told.offers
        few = members < LEAST
        facts = {
            "members looked at": number(None if few else members),
            "have something to be offered now": number(offers if offers >= LEAST or not (offers or few) else None),
            "programs": str(len(self.run["programmes"])),
        }
        listed = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts.items())
        return (
            f'<header><h1>Who may have what</h1><p class="lead">Everybody in the plan\'s data on {self.run["on"]}: '
            "for whom the answer is yes, for whom it is no, and where one more fact would tell.</p>"
            f'<dl class="facts">{listed}</dl></header>'
        )

    # ── the answers ──

    def answers(self) -> str:
        """Every programme's yes, not known and no."""
        parts = ["<h2>The answers, program by program</h2><p>Silence is never a no. Where the data do not reach, the "
                 f"answer is not known yet, and somebody can ask.</p>{KEY}"]  # fmt: skip
        for at, (heading, kinds) in enumerate(KINDS):
            chosen = [each for each in self.totals if self.policy.programmes[each].kind in kinds]
            if chosen:
                listed = [self.bar(self.name(each), self.totals[each]) for each in chosen]
                rows = [[self.name(each), *self.cells(self.totals[each])] for each in chosen]
                parts.append(f"<h3>{heading}</h3>" + _figure(
                    bars(f"Answers: {heading}", listed, f"answers-{at}"),
                    table(f"Members by answer: {heading}", ("program", "yes", "not known", "no"), rows)))  # fmt: skip
        return "".join(parts)

    def unknown(self) -> str:
        """The share that is not known."""
        shares = [(each, self.totals[each].get("not_known")) for each in self.totals]
        known = [(each, count) for each, count in shares if count is None or count.members is not None]
        rows = [[self.name(each), _share(count)] for each, count in known]
        listed = [self.bar(self.name(each), {"not_known": count} if count else {}) for each, count in known]
        return (
            "<h2>How much is not known</h2><p>A high share asks for a source: the facts below, or data that reach "
            "further.</p>"
            + _figure(bars("Share not known", listed, "unknown"),
                      table("Share of members whose answer is not known", ("program", "not known"), rows))
        )  # fmt: skip

    def bar(self, label: str, row: dict[str, Count]) -> Bar:
        """Yes, not known, no in one bar; a hidden part leaves its place empty."""
        parts = tuple(
            Part(name, row[answer].members, look)
            for answer, name, look in (("yes", "yes", "yes"), ("not_known", "not known", "open"), ("no", "no", "no"))
            if answer in row
        )
        return Bar(label, parts, max((each.of for each in row.values()), default=1))

    def cells(self, row: dict[str, Count]) -> list[str]:
        """The three numbers of a row."""
        return [number(row[each].members) if each in row else "0" for each in ("yes", "not_known", "no")]

    # ── by group ──

    def by_group(self) -> Iterable[str]:
        """Care management by county, language, race and ethnicity, age."""
        main = next((each for each in self.totals if self.policy.programmes[each].kind == "benefit"), None)
        if main is None or not any((main, by) in self.groups for by in DIMENSIONS):
            return
        yield (f"<h2>{escape(self.name(main))}, by group</h2><p>Who is found, and who may be missed? "
               f"summary.csv has the same counts for every program.</p>{KEY}")  # fmt: skip
        for by in DIMENSIONS:
            groups = self.groups.get((main, by))
            if groups:
                rows = [[self.group(by, name), *self.cells(row), number(_of(row))] for name, row in groups.items()]
                listed = [self.bar(self.group(by, name), row) for name, row in groups.items()]
                yield f"<h3>By {BY[by]}</h3>" + _figure(
                    bars(f"{self.name(main)} by {BY[by]}", listed, f"by-{by}"),
                    table(f"Members by answer and {BY[by]}", (BY[by], "yes", "not known", "no", "members"), rows),
                )

    def group(self, by: str, name: str) -> str:
        """A group as people call it."""
        if by == "county" and name in self.policy.counties:
            return str(self.policy.counties[name]["name"])
        if by == "language":
            return LANGUAGES.get(name, GROUPS.get(name, name))
        return GROUPS.get(name, name.replace("_", " "))

    # ── one fact away ──

    def settling(self) -> str:
        """The facts that would settle most."""
        told: Counter[str] = Counter()
        for fact, count in self.told.facts.items():
            told[self.question(fact)] += count
        most = [(ask, count) for ask, count in told.most_common() if count >= LEAST][:MOST_FACTS]
        if not most or self.run["members"] < LEAST:  # of a few people, many answers are still of few
            return ""
        top = most[0][1]
        listed = [Bar(ask, (Part("answers", count, "yes"),), top) for ask, count in most]
        return (
            "<h2>One question away</h2><p>Each of these questions alone would settle this many open answers, "
            "whatever is said. Who they are stands in one_fact_away.csv.</p>"
            + _figure(bars("Questions that settle most", listed, "facts"),
                      table("Open answers that one question would settle", ("question", "answers"),
                            [[ask, number(count)] for ask, count in most]))
        )  # fmt: skip

    def question(self, fact: str) -> str:
        """The question for a fact, or that it is one about health where the reader may not know more."""
        return self.words.ask(fact) if self.policy.facts[fact].privacy in self.may_read else "A question about health"

    # ── since the earlier run ──

    def changed(self) -> str:
        """What is another answer now."""
        if self.told.changes is None:
            return ""
        if self.run["members"] < LEAST:  # which program is listed would tell of whom something changed
            return (
                "<h2>Since the earlier run</h2><p>Of fewer than eleven members it is not told here what changed. "
                "changes.csv has everybody, with the cause.</p>"
            )
        ended = sum(n for (_, before, after), n in self.told.changes.items() if (before, after) == ("yes", "no"))
        rows, listed = [], []
        for programme in self.totals:
            cells = _changes_of(self.told.changes, programme)
            if any(count != 0 for count in cells.values()):
                rows.append([self.name(programme), *map(number, cells.values())])
                listed.append((self.name(programme), cells))
        top = max((count or 0 for _, cells in listed for count in cells.values()), default=1)
        drawn = [Bar(name, (Part("now yes", cells["yes"], "yes"),), top) for name, cells in listed]
        picture = _figure(bars("Members whose answer is now yes", drawn, "changes"),
                          table("Members with another answer than before", ("program", *CHANGES.values()), rows)
                          ) if rows else "<p>No answer is another than before.</p>"  # fmt: skip
        several = "Some" if 0 < ended < LEAST else f"{ended:,}" if ended else "No"
        return (
            f"<h2>Since the earlier run</h2><p>{several} answers went from yes to no. That ends nothing: a "
            "service that has begun goes on until a person decides. changes.csv has everybody, with the cause.</p>"
            + picture
        )

    def reading(self) -> str:
        """What a number means, and what is hidden."""
        sources = "".join(
            f"<li>{escape(self.words.phrase(each['source']))}: complete through {each['through']}</li>"
            for each in self.run["complete"]
        )
        return (
            "<h2>How to read this</h2>"
            "<p><strong>Hidden</strong> means fewer than eleven members, or a number that would give such a number "
            "away by subtraction. Groups of fewer than eleven are told together.</p>"
            "<p><strong>Yes</strong> means that the criteria are met. Whether the plan offers the service there is "
            "another matter: the worklist says so for every member.</p>"
            "<p>An answer of no needs data that reach far enough. These do:</p>"
            f"<ul>{sources or '<li>no source was told to be complete</li>'}</ul>"
        )

    def name(self, programme: str) -> str:
        """A programme's name."""
        return self.words.name(programme, self.policy.programmes[programme].name)


def _figure(picture: str, numbers: str) -> str:
    return f"<figure>{picture}{numbers}</figure>"


def _share(count: Count | None) -> str:
    if count is None or not count.members:
        return "0%"
    share = 100 * count.members / count.of
    return f"{share:.1f}%"


def _of(row: dict[str, Count]) -> int | None:
    return next((each.of for each in row.values()), None)


def _changes_of(changes: Changed, programme: str) -> dict[str, int | None]:
    """How many came to each answer; all hidden where one direction has too few, since what is left would tell it."""
    ways = {
        (before, after): n for (name, before, after), n in changes.items() if name == programme and before and after
    }
    small = any(n < LEAST for n in ways.values())
    sums = {answer: sum(n for (_, after), n in ways.items() if after == answer) for answer in CHANGES}
    return {answer: None if small else count for answer, count in sums.items()}

"""Lines that stand become events, as SQL: one query for each way of counting that the policy declares."""

from collections.abc import Iterator

from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.input.claims.classify import ByClaim, Classified, Given, Pregnancies
from wholeperson.sweep.input.claims.conditions import line_asked, some_line
from wholeperson.sweep.input.database import Connection, fill, text
from wholeperson.sweep.input.diagnoses import days
from wholeperson.sweep.input.happenings import place

# Tables these queries stand on: claim_lines, the lines that stand and may make an event; claim_codes, the diagnoses of
# all lines that stand; code_days, the sets of a code in a stretch of days (raw, first, last, mask).
TOLD_ONCE = "QUALIFY row_number() OVER (PARTITION BY no, event, id ORDER BY begins, ends) = 1"
ISO = "CAST(DATE '1970-01-01' + {} AS VARCHAR)"


class Events:
    """The queries, for one policy."""

    def __init__(self, rules: Classified, policy: Policy, words: tuple[str, ...], events: tuple[str, ...]) -> None:
        self.rules, self.policy, self.words, self.events = rules, policy, words, events

    def query(self, *, one_source: bool) -> str:
        """All events of claims, with the columns of a happening that they have. Numbers are unique within a source."""
        queries = [*self._by_claim(), *self._services(), *self._pregnancies()]
        every = " UNION ALL BY NAME ".join(f"({each})" for each in queries)
        return every if one_source else f"SELECT * FROM ({every}) {TOLD_ONCE}"

    def _event(self, event: str) -> str:
        return f"CAST({self.events.index(event)} AS SMALLINT) AS event"

    # ── one for each claim ───────────────────────────────────────────────────────────────────────────────────────────

    def _by_claim(self) -> Iterator[str]:
        for rule in self.rules.by_claim:
            made = _spells(rule) if rule.lasts else _visits(rule)
            yield self._given(rule, made)

    def _given(self, rule: ByClaim, made: str) -> str:
        """The event with its attributes: of each the first rule that holds."""
        given = "".join(f", {self._attribute(rule, each)} AS {each}" for each in rule.attributes)
        return f"""
            SELECT made.no AS no, {self._event(rule.event)}, begins, ends, id{given}
            FROM ({made}) AS made LEFT JOIN code_days ON raw = code AND begins BETWEEN first AND last
        """

    def _attribute(self, rule: ByClaim, attribute: str) -> str:
        cases = [
            f"WHEN {self._when(given, at)} THEN {self._value(given)}"
            for at, given in enumerate(rule.gives)
            if given.attribute == attribute
        ]
        return f"CASE {' '.join(cases)} END"

    def _when(self, given: Given, at: int) -> str:
        if "primary" not in given.when:
            return f"g{at}"
        return f"g{at} AND coalesce(mask & {self.rules.bit(given.when['primary'])}, 0) <> 0"

    def _value(self, given: Given) -> str:
        if isinstance(given.value, bool):
            return str(given.value).lower()
        return f"CAST({self.words.index(given.value)} AS SMALLINT)"

    # ── one for each line ────────────────────────────────────────────────────────────────────────────────────────────

    def _services(self) -> Iterator[str]:
        if self.rules.service:
            yield f"""
                SELECT no, {self._event(self.rules.service[0])}, day AS begins, day AS ends,
                       claim || ':' || CAST(line AS VARCHAR) AS id, hcpcs AS code, modifiers, units,
                       CASE WHEN abs(paid) < 2000000000 THEN CAST(paid AS INTEGER) END AS cents,
                       CASE WHEN len(services) = 1 THEN {place("services[1]", self.words)} END AS program
                FROM (SELECT no, day, claim, line, lines.hcpcs AS hcpcs, lines.modifiers AS modifiers, units, paid, row,
                             list(DISTINCT service) AS services
                      FROM claim_lines AS lines JOIN service_codes AS known ON known.hcpcs = lines.hcpcs
                           AND day BETWEEN first AND last
                           AND list_has_all(string_split(coalesce(lines.modifiers, ''), ' '), known.modifiers)
                      GROUP BY ALL)
            """

    # ── one for each pregnancy ───────────────────────────────────────────────────────────────────────────────────────

    def _pregnancies(self) -> Iterator[str]:
        if self.rules.pregnancies:
            yield self._gathered(self.rules.pregnancies)

    def _gathered(self, rule: Pregnancies) -> str:
        begins, ends = self.rules.bit(rule.begins_by), self.rules.bit(rule.ends_by)
        coded = f"""
            SELECT DISTINCT no, begins AS day, mask & {begins} <> 0 AS begins, mask & {ends} <> 0 AS ends
            FROM claim_codes WHERE mask & {begins | ends} <> 0
        """
        return f"""
            WITH RECURSIVE coded AS MATERIALIZED ({coded}),
                 firsts(no, first) AS (
                     SELECT no, min(day) FROM coded WHERE begins GROUP BY no
                     UNION ALL
                     SELECT firsts.no, min(day) FROM firsts JOIN coded ON coded.no = firsts.no
                            AND coded.begins AND coded.day > firsts.first + {rule.days}
                     GROUP BY firsts.no, firsts.first)
            SELECT firsts.no AS no, {self._event(rule.event)}, first AS begins,
                   min(day) AS ends, 'pregnancy:' || {ISO.format("first")} AS id
            FROM firsts LEFT JOIN coded ON coded.no = firsts.no AND coded.ends
                 AND coded.day BETWEEN first AND first + {rule.days}
            GROUP BY firsts.no, first
        """


def service_codes(codes: str, policy: Policy, connection: Connection) -> tuple[str, ...]:
    """The dated list of services as a table; returns its codes."""
    kinds = {"hcpcs": "VARCHAR", "modifiers": "VARCHAR[]", "service": "VARCHAR", "first": "INTEGER", "last": "INTEGER"}
    listed = policy.documents.codes.get(codes, ())
    rows = [(row["code"], row["modifiers"].split(), row["service"], *days(row)) for row in listed]
    fill(connection, "service_codes", kinds, rows)
    return tuple(row[0] for row in rows)


def _whens(rule: ByClaim, over: str) -> str:
    """Each rule's condition on the lines, its diagnosis left out."""
    return "".join(
        f", {over.format(f'coalesce({line_asked(each.when)}, false)')} AS g{at}" for at, each in enumerate(rule.gives)
    )


def _visits(rule: ByClaim) -> str:
    """One for each claim on the day of its first line; and one on a day that has none, of the lines that count then."""
    first = "row(day, line, row)"
    main = f"""
        SELECT no, min(day) AS begins, min(day) AS ends, any_value(claim) AS id,
               arg_min_null(primary_code, {first}) AS code{_whens(rule, "bool_or({})")}
        FROM claim_lines WHERE {some_line(rule.lines)} GROUP BY no, source, claim
    """
    if not rule.else_one_for_day:
        return main
    return f"""
        WITH main AS MATERIALIZED ({main})
        FROM main UNION ALL
        SELECT no, day AS begins, day AS ends, claim || ':' || {ISO.format("day")} AS id, primary_code AS code
               {_whens(rule, "{}")}
        FROM (SELECT * FROM claim_lines AS lines WHERE ({some_line(rule.else_one_for_day)})
              AND NOT EXISTS (FROM main WHERE main.no = lines.no AND main.begins = lines.day)
              QUALIFY row_number() OVER (PARTITION BY no, day ORDER BY claim, line, row) = 1)
    """


def _spells(rule: ByClaim) -> str:
    """One for each claim, admission to discharge; an end that is not told comes from a bill of the same first day."""
    still = "false"
    if rule.still:
        still = f"bool_or(coalesce(disposition IN ({', '.join(map(text, rule.still))}), false))"
    begins = "coalesce(min(admission), min(claim_start), min(day))"
    ends = f"coalesce(max(discharge), CASE WHEN NOT {still} THEN max(claim_end) END)"
    return f"""
        SELECT * REPLACE (coalesce(ends, max(ends) OVER (PARTITION BY no, begins)) AS ends)
        FROM (SELECT * REPLACE (CASE WHEN ends >= begins THEN ends END AS ends)
              FROM (SELECT no, {begins} AS begins, {ends} AS ends, any_value(claim) AS id,
                           arg_min_null(primary_code, row(line, row)) AS code{_whens(rule, "bool_or({})")}
                    FROM claim_lines WHERE {some_line(rule.lines)} GROUP BY no, source, claim))
    """

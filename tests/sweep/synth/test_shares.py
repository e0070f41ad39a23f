"""What a membership must show, measured on the tables of 50,000 members: shares as public reports give them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from wholeperson.rules.reading.cache import load_policy
from wholeperson.sweep.synth.membership import Order, make_membership

ON = date(2026, 11, 21)
MEMBERS = 50_000
TABLES = ("members", "coverage", "facts", "spells", "medical_claim")
THROUGH = "date '2026-08-31'"  # the end of the month two to three months before
VISITS = """(select distinct person_id, claim_start_date as day from medical_claim
             where bill_type_code like '13_' and revenue_center_code between '0450' and '0459')"""
Ask = Callable[[str], float]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("membership") / "in"
    make_membership(Order(MEMBERS, 11, ON), load_policy(), made, lambda _: None)
    return made


@pytest.fixture(scope="module")
def ask(folder) -> Ask:
    """One number of the drawn members' tables; the planted ones stand behind them."""
    engine = duckdb.connect()
    for name in TABLES:
        member = "person_id" if name == "medical_claim" else "member_id"
        engine.execute(
            f"create view {name} as select * from '{folder}/{name}.parquet' where {member} <= 'S{MEMBERS:08d}'"
        )
    engine.execute(f"create view complete as from read_csv('{folder}/complete.csv', all_varchar = true)")

    def asked(query: str) -> float:
        found = engine.execute(query).fetchone()
        assert found is not None
        return float(found[0])

    return asked


def share(ask: Ask, members: str, of: str = "members") -> float:
    """Which part of the members a query of member ids names."""
    return ask(f"select count(distinct member) from ({members}) as found(member)") / ask(f"select count(*) from {of}")


def test_about_thirty_claim_lines_a_member(ask) -> None:
    assert 25 <= ask("select count(*) from medical_claim") / MEMBERS <= 35


def test_homelessness(ask) -> None:
    told = """select member_id from spells where event = 'homelessness' and "until" is null and until_known = 'true'
              union select member_id from facts where value = 'true' and fact in ('homeless_hhs_definition',
              'lacks_fixed_regular_adequate_night_residence', 'lives_in_supervised_temporary_shelter',
              'primary_residence_not_meant_for_sleeping')"""
    assert 0.015 <= share(ask, told) <= 0.03


@pytest.mark.parametrize("last", [THROUGH, "date '2026-11-21'"])
def test_five_emergency_visits_in_six_months(ask, last) -> None:
    often = f"""select person_id from {VISITS} where day between {last} - interval 6 month and {last}
                group by 1 having count(*) >= 5"""
    assert 0.002 <= share(ask, often) <= 0.005
    adults = f"{often} and person_id in (select member_id from members where birth_date <= date '2005-11-21')"
    assert 0.002 <= share(ask, adults, "members where birth_date <= date '2005-11-21'") <= 0.005


def test_pregnant_or_postpartum(ask) -> None:
    by_claims = """select person_id from medical_claim where regexp_matches(diagnosis_code_1, '^(O|Z34)')
                   and claim_start_date >= date '2025-02-21'"""
    told = """select member_id from facts where value = 'true' and fact in
              ('is_pregnant', 'is_pregnant_or_postpartum_12m', 'is_postpartum_within_12_months')"""
    spells = "select member_id from spells where event = 'pregnancy'"
    assert 0.03 <= share(ask, by_claims) <= 0.05
    assert 0.03 <= share(ask, f"{by_claims} union {told} union {spells}") <= 0.05


def test_claims_are_two_to_three_months_late(ask) -> None:
    assert (
        ask(f"select count(*) from complete where source = 'claims' and member_id is null and through = {THROUGH}") == 1
    )
    month = "select count(*) from medical_claim where date_trunc('month', claim_start_date) = date "
    august, september, october, november = (ask(f"{month} '2026-{number:02d}-01'") for number in (8, 9, 10, 11))
    assert august > september > october > november > 0
    assert september < 0.75 * august
    assert ask("select count(*) from medical_claim where paid_date > date '2026-11-21'") == 0


def test_one_line_in_a_hundred_was_sent_twice(ask) -> None:
    lines = ask("select count(*) from medical_claim")
    distinct = ask("select count(*) from (select distinct * from medical_claim)")
    assert 0.007 <= 1 - distinct / lines <= 0.013


def test_two_claims_in_a_hundred_were_taken_back_or_replaced(ask) -> None:
    changed = ask("""select count(distinct coalesce(original_claim_id, claim_id)) from medical_claim
                     where claim_frequency_code in ('7', '8') or charge_amount < 0""")
    claims = ask("select count(distinct claim_id) from medical_claim where claim_frequency_code = '1'")
    assert 0.015 <= changed / claims <= 0.025
    assert ask("select count(distinct claim_frequency_code) from medical_claim") == 3
    lost = "original_claim_id is not null and original_claim_id not in (select claim_id from medical_claim)"
    assert ask(f"select count(*) from medical_claim where {lost}") == 0


def test_one_member_in_ten_lacks_a_source(ask) -> None:
    own = f"select member_id from complete where member_id <= 'S{MEMBERS:08d}'"
    assert 0.08 <= share(ask, own) <= 0.12


def test_coverage_has_gaps_moves_and_ends(ask) -> None:
    twice = "select member_id from coverage group by 1 having count(*) = 2"
    moved = f"select member_id from coverage where member_id in ({twice}) group by 1 having count(distinct plan) = 2"
    assert 0.03 <= share(ask, twice) <= 0.12
    assert 0.005 <= share(ask, moved) <= 0.06
    assert 0.01 <= share(ask, """select member_id from coverage group by 1 having max(coalesce("until", '2999-01-01'))
                                 < date '2026-11-21'""") <= 0.08  # fmt: skip
    assert 0.003 <= share(ask, "select member_id from members where death_date is not null") <= 0.02
    assert (
        0.005 <= share(ask, "select member_id from coverage where share_of_cost in ('other', 'long_term_care')") <= 0.03
    )


def test_nothing_happens_before_birth_or_after_death(ask) -> None:
    lives = "birth_date and coalesce(death_date, '2999-01-01')"
    joined = f"medical_claim join members on person_id = member_id where claim_start_date not between {lives}"
    assert ask(f"select count(*) from {joined}") == 0
    for table, day in (("coverage", '"from"'), ("facts", "learnt"), ("spells", '"from"')):
        assert ask(f"select count(*) from {table} join members using (member_id) where {day} < birth_date") == 0, table


def test_the_plans_and_counties_of_the_policy_are_there(ask, folder) -> None:
    policy = load_policy(decides=False)
    engine = duckdb.connect()
    pairs = engine.execute(f"select distinct plan, county from '{folder}/coverage.parquet'").fetchall()
    wanted = {(plan, county) for plan, data in policy.plans.items() for county in data["counties"]}
    assert wanted <= {*pairs}
    assert {county for _, county in pairs} <= {*policy.counties}
    languages = engine.execute(f"select distinct languages from '{folder}/members.parquet'").fetchall()
    assert {("en",), ("es",), ("zh-Hant",), ("vi",), ("hmn",)} <= {*languages}


def test_facts_disagree_now_and_then(ask) -> None:
    at_odds = "select member_id from facts group by member_id, fact having count(distinct value) > 1"
    assert 0.005 <= share(ask, at_odds) <= 0.05
    assert ask("select count(distinct source) from facts") >= 7

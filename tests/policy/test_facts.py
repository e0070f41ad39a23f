"""The facts: every atom of the sheet is one, each is asked in plain words, and it is said who may read it."""

import re
from pathlib import Path
from typing import Any

import pytest
import textstat
import yaml

from tests.policy import test_sources

POLICY = Path(__file__).resolve().parents[2] / "wholeperson" / "policy"
Facts = dict[str, dict[str, Any]]

GRADE, GRADE_WITH_A_NEEDED_TERM, WORDS = 6, 8, 20
# Questions that cannot be said more simply without losing the term people know the thing by.
NEEDED_TERMS = {
    "in_group_with_maternal_disparity": "the names of the groups",
    "has_reentry_condition": "the names of seven conditions in twenty words",
    "in_cct_mftp": "California Community Transitions",
    "enrolled_in_ccs_or_ccs_wcm": "California Children's Services",
    "in_family_mosaic": "Family Mosaic Project",
    "juvenile_justice_involvement": "juvenile justice system",
    "diagnosed_mh_disorder": "mental health diagnosis",
}

# The plan's or the State's own records say it; nobody is asked to attest (ecm 1, the exceptions to the evidence rule).
OF_RECORD = """birth_date authorized_for_transitional_rent mcp_discretionary_high_use_authorization in_pace in_fide_snp
    in_eae_dsnp in_non_eae_dsnp in_complex_care_management""".split()
SILENCE_IS_NO = {
    "authorized_for_transitional_rent": "authorizations", "mcp_discretionary_high_use_authorization": "authorizations",
    "enrolled_in_ccs_or_ccs_wcm": "enrolment", "in_pace": "enrolment", "in_fide_snp": "enrolment",
    "in_eae_dsnp": "enrolment", "in_non_eae_dsnp": "enrolment",
}  # fmt: skip
GOVERNED = {
    "authorized_for_transitional_rent": "authorizations", "in_complex_care_management": "authorizations",
    "in_pace": "enrolment", "in_fide_snp": "enrolment", "in_eae_dsnp": "enrolment", "in_non_eae_dsnp": "enrolment",
}  # fmt: skip
SUBSTANCE_USE = re.compile(r"\b(substance|drug|alcohol|overdose|addiction)\b")
SPEAKS_OF_NEEDS_IN_GENERAL = {"has_complex_physical_behavioral_or_developmental_need"}

# Two names of one thing, and the name that is the fact.
SAME_THING = {
    "homelessness": "homeless_hhs_definition",
    "ji_pregnant_or_postpartum": "is_pregnant_or_postpartum_12m",
    "pregnant_or_postpartum_12m": "is_pregnant_or_postpartum_12m",
    "is_transitioning_from_youth_or_adult_facility": "is_transitioning_from_correctional_facility",
    "released_from_youth_or_adult_facility_within_12_months": "released_within_12_months",
    "suspected_mh_disorder": "suspected_undiagnosed_mh_disorder",
    "meets_smhs_access": "meets_or_receives_smhs",
    "meets_dmc_ods_access": "meets_or_receives_dmc_ods",
    "medical_necessity_22_ccr_51341_1": "meets_or_receives_dmc",
    "disability": "has_mental_or_physical_disability",
}

# Words of the sheet's trees that look like atoms and are none.
NO_FACT = {
    "child_or_youth_under_21": "an age: asked by the birth date",
    "need_clause": "a remark on the tree",
    "condition_clause": "a remark on the tree",
    "not_required": "the value of such a remark",
    "transitional_rent": "stands for authorized_for_transitional_rent in the line that explains the tree",
    "pof_1a": "a reference to another tree",
    "smhs_adult": "names a group of atoms",
    "smhs_under_21": "names a group of atoms",
    "dmc_ods_adult": "names a group of atoms",
    "dmc_ods_under_21": "names a group of atoms",
    "not_in_mcp": "coverage: read from the enrolment periods, whether a programme is available",
    "has_noncovered_share_of_cost": "coverage: read from the enrolment periods, whether a programme is available",
}
TREE_NAMES = re.compile(r"^pof_\d[ab]?_\w+(?=:)", re.MULTILINE)
SNAKE_CASE = re.compile(r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+")


def read(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


FACTS: Facts = read(POLICY / "facts.yaml")["facts"]
ALIASES = {alias: name for name, fact in FACTS.items() for alias in fact.get("aliases", [])}
sheets = test_sources.sheets


def atoms_of(sheet: str) -> set[str]:
    """The snake_case names in the trees of section 1, and those of the overlap gate."""
    trees = re.findall(r"```yaml\n(.*?)```", sheet[sheet.index("# 1. Pop") : sheet.index("# 2. Over")], re.DOTALL)
    gate = re.search(r"^ecm_overlap_gate:\n(.*?)allow_with_nonduplication", sheet, re.DOTALL | re.MULTILINE)
    assert gate
    lists = re.findall(r"\[(.*?)\]", gate[1])
    text = "\n".join(line.partition("#")[0] for tree in trees for line in tree.splitlines())
    return (set(SNAKE_CASE.findall(text)) | set(SNAKE_CASE.findall(" ".join(lists)))) - set(TREE_NAMES.findall(text))


def named_in(node: Any) -> set[str]:
    """The facts a document names."""
    if isinstance(node, dict):
        own = {node[key] for key in ("fact", "attested") if isinstance(node.get(key), str)}
        return own.union(*map(named_in, node.values()))
    return set().union(*map(named_in, node)) if isinstance(node, list) else set()


def test_every_atom_of_the_sheet_is_a_fact(sheets: Path) -> None:
    atoms = atoms_of((sheets / "ecm.md").read_text("utf-8"))
    assert len(atoms) > 80
    assert atoms - FACTS.keys() - ALIASES.keys() - NO_FACT.keys() == set()
    assert NO_FACT.keys() - atoms == set(), "no longer in the sheet"


def test_the_policy_uses_every_fact_and_no_other() -> None:
    folders = ("populations_of_focus", "community_supports", "justice_involved", "shared")
    paths = [path for folder in folders for path in (POLICY / folder).glob("*.yaml")]
    used = set().union(*(named_in(read(path)) for path in [*paths, POLICY / "overlaps.yaml", POLICY / "facts.yaml"]))
    assert used == FACTS.keys() - {"birth_date"}  # every criterion of age looks at that one


@pytest.mark.parametrize("alias", SAME_THING)
def test_two_names_of_one_thing(alias: str) -> None:
    assert ALIASES[alias] == SAME_THING[alias]


def test_what_says_less_is_no_second_name() -> None:
    assert "unsheltered" in FACTS  # it is a fact of its own, never another name for being homeless
    assert "unsheltered" not in ALIASES


@pytest.mark.parametrize("name", FACTS)
def test_a_question_is_short_and_plain(name: str) -> None:
    ask = FACTS[name]["ask"]
    grade = round(textstat.flesch_kincaid_grade(ask), 1)
    assert len(ask.split()) <= WORDS, ask
    assert grade <= (GRADE_WITH_A_NEEDED_TERM if name in NEEDED_TERMS else GRADE), f"grade {grade}: {ask}"


def test_only_hard_questions_are_excused() -> None:
    assert all(textstat.flesch_kincaid_grade(FACTS[name]["ask"]) > GRADE for name in NEEDED_TERMS)


@pytest.mark.parametrize("name", FACTS)
def test_a_question_is_about_the_person(name: str) -> None:
    ask = FACTS[name]["ask"]
    assert re.search(r"\bthe person\b", ask)
    assert "?" in ask
    assert ask.startswith("How many") == (FACTS[name]["type"] == "int")


@pytest.mark.parametrize("name", FACTS)
def test_anybody_may_attest_but_where_records_govern(name: str) -> None:
    proof = FACTS[name]["proof"]
    assert len(proof) == len(set(proof))
    assert ({"referrer", "member"} <= set(proof)) == (name not in OF_RECORD)
    assert "member" not in proof[:1], "some record or screening stands before what is only told"


def test_what_silence_means() -> None:
    silent = {name: fact["absence"] for name, fact in FACTS.items() if fact["absence"] != "not_known"}
    assert silent == {name: {"no_when_complete": [source]} for name, source in SILENCE_IS_NO.items()}
    governed = {name: fact["governed_by"] for name, fact in FACTS.items() if "governed_by" in fact}
    assert governed == {name: [source] for name, source in GOVERNED.items()}


@pytest.mark.parametrize("name", FACTS)
def test_who_may_read_it(name: str) -> None:
    says_substance_use = SUBSTANCE_USE.search(FACTS[name]["ask"]) and name not in SPEAKS_OF_NEEDS_IN_GENERAL
    assert FACTS[name]["privacy"] in {"identifies", "sensitive", "part2"}
    assert not says_substance_use or FACTS[name]["privacy"] == "part2"


def test_evidence_is_a_code_set_an_aid_code_or_another_fact() -> None:
    groups = {line.split(",")[1] for line in (POLICY / "codes" / "aid_codes.csv").read_text("utf-8").splitlines()[1:]}
    for rule in (rule for fact in FACTS.values() for rule in fact.get("evidence", [])):
        assert rule["mark"] in {"source-verified", "memory", "uncertain"}
        assert rule.get("aid_codes", "foster_care") in groups
        assert rule.get("fact", "is_pregnant") in FACTS
        if "codes" in rule:
            assert (POLICY / "codes" / f"{rule['codes']}.csv").is_file()
            assert rule["within"]


def test_a_pregnancy_code_is_a_spell_and_no_standing_fact() -> None:
    assert not [rule for fact in FACTS.values() for rule in fact.get("evidence", []) if "pregnancy" in str(rule)]

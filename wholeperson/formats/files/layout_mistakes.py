"""Every mistake an author of a layout can make: its code, why it matters, what to do. The tests make each of them."""

from typing import Final

WORD: Final = ("a word nobody knows says nothing", "use one of the words listed")

MISTAKES: Final[dict[str, tuple[str, str]]] = {
    "layout_not_a_mapping": ("each value needs its name", "write `key: value` lines"),
    "layout_not_a_list": ("there may be several, or none", "write [ … ], or one line with a dash for each"),
    "layout_not_a_text": ("it is read by people, or written into a file", "write words; put a number in quotes"),
    "layout_unknown_key": ("what nobody reads would silently do nothing", "correct the spelling, or remove it"),
    "layout_missing_key": ("nobody could read or write the file without it", "add it"),
    "layout_name_and_file": ("a layout is found by its name", "rename one of the two"),
    "layout_not_an_id": ("it is written in commands and kept with every file", "use small letters, digits and _"),
    "layout_unknown_word": WORD,
    "layout_like_nothing": ("there would be nothing to differ from", "name a layout that stands whole in its own file"),
    "layout_no_such_column": ("the change would change nothing", "name a column by its key"),
    "layout_key_twice": ("a value could go to the wrong one", "give one of them another key"),
    "layout_heading_twice": ("a column of a file could be either", "take the heading away from one of them"),
    "layout_values_place": ("only a word has values to choose from", "make the type word, or remove `values:`"),
    "layout_value_twice": ("the same word in a file could mean either", "keep it in one of them"),
    "layout_format_place": ("only dates and months are written in one of several ways", "remove `format:`"),
    "layout_no_such_value": ("the condition could never hold", "name one of the values of that column"),
    "layout_always_unsure": (
        "a member would not load because of a rule that nobody confirmed",
        "write `required: expected`, or say in `because:` why the row means nothing without it",
    ),
    "layout_closed_unsure": (
        "a member would not load because of a list that nobody confirmed",
        "remove `closed:`, or say in `because:` why another word cannot be used",
    ),
    "layout_verified_by_nothing": ("only a source can verify", "cite the source, or write the mark it deserves"),
    "layout_plan_place": ("a dialect is some plan's, and the generic layout is nobody's", "add or remove `plan:`"),
    "layout_no_member_key": (
        "nobody could tell whom a row is about",
        "require a column of type cin always, or first_name, last_name and birth_date",
    ),
}  # fmt: skip

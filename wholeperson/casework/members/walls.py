"""The second wall: row-level policies of PostgreSQL that read the same table of relationships as `scoping`.

A migration names each table that belongs to members with `Wall`. On SQLite these operations do nothing.
"""

import re
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from wholeperson.access.roles import SCOPES, at_least

# What the database was told of whoever asks: who they are, how deep their roles see, the day and the moment. Written in
# PL/pgSQL: a function in SQL would be read, and tried to be put in line, anew at each table of each query.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION wp_said(name text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('wholeperson.' || name, true), '')
$$;
CREATE OR REPLACE FUNCTION wp_house() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN RETURN wp_said('house') IS NOT NULL; END
$$;
CREATE OR REPLACE FUNCTION wp_me() RETURNS uuid LANGUAGE plpgsql STABLE AS $$
BEGIN RETURN wp_said('person'); END
$$;
CREATE OR REPLACE FUNCTION wp_day() RETURNS date LANGUAGE plpgsql STABLE AS $$
BEGIN RETURN wp_said('on'); END
$$;
CREATE OR REPLACE FUNCTION wp_moment() RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
BEGIN RETURN wp_said('at'); END
$$;
CREATE OR REPLACE FUNCTION wp_own() RETURNS int LANGUAGE plpgsql STABLE AS $$
BEGIN RETURN coalesce(wp_said('own')::int, 0); END
$$;
CREATE OR REPLACE FUNCTION wp_posts(need int) RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN ARRAY(SELECT key::uuid FROM json_each_text(wp_said('posts')::json) WHERE value::int >= need);
END
$$;
CREATE OR REPLACE FUNCTION wp_rank(scope text) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN coalesce(array_position(ARRAY['minimal', 'care', 'sensitive', 'part2'], scope), 0);
END
$$;
CREATE OR REPLACE FUNCTION wp_sees(member uuid, need int) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
  posts uuid[] := wp_posts(need);
  own boolean := wp_own() >= need;
BEGIN
  RETURN EXISTS (
    SELECT FROM members_relationship r
    WHERE r.member_id = member AND wp_rank(r.scope) >= need
      AND (r.organisation_id = ANY (posts) OR r.organisation_id IS NULL AND own)
  );
END
$$;
CREATE OR REPLACE FUNCTION wp_reviews(organisation uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN coalesce(wp_said('reviews')::jsonb ? organisation::text OR wp_said('reviews') = '"all"', false);
END
$$;
"""
NO_FUNCTIONS = """
DROP FUNCTION wp_reviews; DROP FUNCTION wp_sees; DROP FUNCTION wp_rank; DROP FUNCTION wp_posts; DROP FUNCTION wp_own;
DROP FUNCTION wp_moment; DROP FUNCTION wp_day; DROP FUNCTION wp_me; DROP FUNCTION wp_house; DROP FUNCTION wp_said;
"""
# A reason is seen by those whom it reaches. What was told is asked for once in a query, not once in a row: so each
# stands in a SELECT of its own. What is not told is null, and null reaches nobody.
REACHES = """
  (organisation_id = ANY ((SELECT wp_posts(1))::uuid[]) AND (person_id IS NULL OR person_id = (SELECT wp_me()))
    OR organisation_id IS NULL AND person_id = (SELECT wp_me()) AND (SELECT wp_own()) >= 1)
  AND since <= (SELECT wp_day()) AND (until IS NULL OR until >= (SELECT wp_day()))
  AND (ends_at IS NULL OR ends_at > (SELECT wp_moment()))
"""
# A row is seen by those who see a reason to: the wall of the reasons itself leaves only those that reach.
SEEN = "EXISTS (SELECT FROM members_relationship r WHERE r.member_id = {table}.{member}{deeper})"
DEEPER = """
  AND r.scope = ANY ('{{{scopes}}}')
  AND (r.organisation_id = ANY ((SELECT wp_posts({need}))::uuid[])
    OR r.organisation_id IS NULL AND (SELECT wp_own()) >= {need})
"""
HOUSE = "USING ((SELECT wp_house())) WITH CHECK ((SELECT wp_house()))"
UP = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON {table} {house};
CREATE POLICY reached ON {table} FOR SELECT USING ({reached});
"""
DOWN = """
DROP POLICY reached ON {table};
DROP POLICY house ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""


class _OnPostgres(Operation):
    """Statements for one kind of database; the models stay as they are."""

    reduces_to_sql = True
    reversible = True
    up = down = ""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        pass

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        self._run(schema_editor, self.up)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        self._run(schema_editor, self.down)

    @staticmethod
    def _run(schema_editor: BaseDatabaseSchemaEditor, statements: str) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(statements)


class WallFunctions(_OnPostgres):
    """What the policies ask."""

    up, down = FUNCTIONS, NO_FUNCTIONS


class Wall(_OnPostgres):
    """Let nobody read rows of a table but those who see its member so deep; the house alone writes.

    `member` and `needs` are SQL: the column with the member's key, and the scope needed, as 'care' or a column.
    """

    def __init__(self, table: str, *, member: str = "member_id", needs: str = "'minimal'") -> None:
        self.table, self.member, self.needs = table, member, needs
        self.up = UP.format(table=table, house=HOUSE, reached=self.reached)
        self.down = DOWN.format(table=table)

    @property
    def reached(self) -> str:
        scope = self.needs.strip("'")
        if scope not in SCOPES:  # each row says itself how deep one must see
            return f"wp_sees({self.member}, wp_rank({self.needs}))"
        need = SCOPES.index(scope) + 1
        deeper = DEEPER.format(scopes=",".join(at_least(scope)), need=need) if need > 1 else ""
        return SEEN.format(table=self.table, member=self.member, deeper=deeper)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return "Wall", [self.table], {"member": self.member, "needs": self.needs}

    def describe(self) -> str:
        return f"Wall off {self.table}"


class OneByOne(_OnPostgres):
    """A wall whose rows are read along an index, no further than a page shows: the reason for each is looked up alone.

    Left to choose, PostgreSQL reckons with all rows of the table and gathers every reason of the reader first.
    """

    def __init__(self, table: str, *, needs: str = "'minimal'") -> None:
        self.table, self.needs = table, needs
        gathered = Wall(table, needs=needs).reached
        each = f"{gathered.removesuffix(')')} OFFSET 0)"
        self.up = f"ALTER POLICY reached ON {table} USING (CASE WHEN (SELECT wp_house()) THEN true ELSE {each} END)"
        self.down = f"ALTER POLICY reached ON {table} USING ({gathered})"

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return "OneByOne", [self.table], {"needs": self.needs}

    def describe(self) -> str:
        return f"Look up reasons one by one for {self.table}"


class WallOfPairs(Wall):
    """What is about two members: seen by those who see both."""

    two = ("first_id", "second_id")

    @property
    def reached(self) -> str:
        return " AND ".join(f"wp_sees({one}, wp_rank({self.needs}))" for one in self.two)


class WallOfJoinings(WallOfPairs):
    """That two records are of one person: seen by those who see both."""

    two = ("gone_id", "into_id")


class WallOfReasons(Wall):
    """The relationships themselves: each is seen by those it reaches."""

    @property
    def reached(self) -> str:
        return f"({REACHES})"


class WallOfLetters(Wall):
    """What waits to leave: the house alone puts it there, for whoever asked, and looks at it again."""

    @property
    def reached(self) -> str:
        return "false"


class WallOfPosts(Wall):
    """What an organization keeps before anybody knows whom it is about: seen by those who have a post there."""

    @property
    def reached(self) -> str:
        return "organisation_id = ANY ((SELECT wp_posts(1))::uuid[])"


class WallOfOne(Wall):
    """What somebody keeps for themselves."""

    @property
    def reached(self) -> str:
        return "person_id = (SELECT wp_me())"


class WallOfReviews(Wall):
    """Broken glasses: each is seen by those who review that organisation's."""

    @property
    def reached(self) -> str:
        return "wp_reviews(organisation_id)"


class Anew(_OnPostgres):
    """The wall of a table asked without a function for each row; where the house itself looks, nothing is asked."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.up = (
            f"ALTER POLICY reached ON {table} USING (CASE WHEN (SELECT wp_house()) THEN true ELSE {self.each()} END)"
        )
        self.down = f"ALTER POLICY reached ON {table} USING ({self.before()})"

    def each(self) -> str:
        """Of rows that say themselves, in `scope`, how deep one must see."""
        depths = (f"scope = '{scope}' AND {Wall(self.table, needs=repr(scope)).reached}" for scope in SCOPES)
        return f"({' OR '.join(depths)})"

    def before(self) -> str:
        return Wall(self.table, needs="scope").reached

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table], {}

    def describe(self) -> str:
        return f"Ask the wall of {self.table} anew"


class AnewAtOnce(Anew):
    """The same in one look: how deep each row lies chooses for whom it is, and how deep a reason must reach."""

    def __init__(self, table: str, *, member: str = "member_id") -> None:
        self.member = member
        super().__init__(table)

    def each(self) -> str:
        deep = {scope: SCOPES.index(scope) + 1 for scope in SCOPES}
        reasons = self._by_depth({scope: f"'{{{','.join(at_least(scope))}}}'::text[]" for scope in SCOPES})
        posts = self._by_depth({scope: f"(SELECT wp_posts({need}))" for scope, need in deep.items()})
        own = self._by_depth({scope: str(need) for scope, need in deep.items()})
        return (
            f"EXISTS (SELECT FROM members_relationship r WHERE r.member_id = {self.table}.{self.member}"
            f" AND r.scope = ANY ({reasons})"
            f" AND (r.organisation_id = ANY ({posts}) OR r.organisation_id IS NULL AND (SELECT wp_own()) >= {own}))"
        )

    def _by_depth(self, values: dict[str, str]) -> str:
        return f"CASE {self.table}.scope {' '.join(f'WHEN {scope!r} THEN {one}' for scope, one in values.items())} END"

    def before(self) -> str:
        return Wall(self.table, member=self.member, needs="scope").reached

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table], {"member": self.member}


class PairsAnew(Anew):
    """The same for what is about two members: seen by those who see both."""

    wall = WallOfPairs

    def each(self) -> str:
        both = (Wall(self.table, member=one).reached for one in self.wall.two)
        return f"({' AND '.join(both)})"

    def before(self) -> str:
        return self.wall(self.table).reached


class JoiningsAnew(PairsAnew):
    """The same for two records of one person."""

    wall = WallOfJoinings


class WallsAnew(_OnPostgres):
    """Walls that were built before a reason was looked for by a join, row by row: the same policies, said anew."""

    up = FUNCTIONS
    walls = "SELECT tablename, qual FROM pg_policies WHERE policyname = 'reached' AND qual NOT LIKE '%wp_house()%'"
    asked = re.compile(r"wp_sees\((\w+), wp_rank\((?:'(\w+)'|\(?(\w+)\)?)::text\)\)")

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        if schema_editor.connection.vendor != "postgresql":
            return
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(self.walls)
            for table, said in cursor.fetchall():
                if wall := self.anew(table, said):
                    cursor.execute(f"ALTER POLICY reached ON {table} USING ({wall.reached})")
            cursor.execute("DROP FUNCTION IF EXISTS wp_depth")

    def anew(self, table: str, said: str) -> Wall | None:
        """The wall that the policy of before said."""
        if "wp_depth" in said:
            return WallOfReasons(table)
        found = self.asked.fullmatch(said)
        return Wall(table, member=found[1], needs=f"'{found[2]}'" if found[2] else found[3]) if found else None


class HouseAskedOnce(_OnPostgres):
    """Walls that asked of each row whether the house itself looks: now it is asked once in a query."""

    walls = "SELECT tablename, qual FROM pg_policies WHERE policyname = 'reached'"

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(self.walls)
            for table, said in cursor.fetchall():
                cursor.execute(f"ALTER POLICY house ON {table} {HOUSE}")
                cursor.execute(f"ALTER POLICY reached ON {table} USING ({self.of_others(said)})")

    @staticmethod
    def of_others(said: str) -> str:
        """What a wall asks of those who are not the house: for the house there is a policy of its own."""
        return said.replace("wp_house() OR ", "", 1)

"""The second wall: row-level policies of PostgreSQL that read the same table of relationships as `scoping`.

A migration names each table that belongs to members with `Wall`. On SQLite these operations do nothing.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# How deep the person who asks may see by one relationship: 0 not at all, 1 minimal … 4 part2. `least` skips what is
# null, so everything that may be missing is made 0 first.
FUNCTIONS = """
CREATE FUNCTION wp_said(name text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('wholeperson.' || name, true), '')
$$;
CREATE FUNCTION wp_house() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT wp_said('house') IS NOT NULL
$$;
CREATE FUNCTION wp_rank(scope text) RETURNS int LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(array_position(ARRAY['minimal', 'care', 'sensitive', 'part2'], scope), 0)
$$;
CREATE FUNCTION wp_depth(
  organisation uuid, person uuid, scope text, since date, until date, ends_at timestamptz
) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN wp_said('person') IS NULL OR wp_said('on') IS NULL OR wp_said('at') IS NULL THEN 0
    WHEN since > wp_said('on')::date OR until < wp_said('on')::date THEN 0
    WHEN ends_at <= wp_said('at')::timestamptz THEN 0
    WHEN person IS NOT NULL AND person <> wp_said('person')::uuid THEN 0
    WHEN organisation IS NULL THEN least(wp_rank(scope), coalesce(wp_said('own')::int, 0))
    ELSE least(wp_rank(scope), coalesce((wp_said('posts')::json ->> organisation::text)::int, 0))
  END
$$;
CREATE FUNCTION wp_sees(member uuid, need int) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM members_relationship r
    WHERE r.member_id = member
      AND wp_depth(r.organisation_id, r.person_id, r.scope, r.since, r.until, r.ends_at) >= need
  )
$$;
CREATE FUNCTION wp_reviews(organisation uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(wp_said('reviews')::jsonb ? organisation::text OR wp_said('reviews') = '"all"', false)
$$;
"""
NO_FUNCTIONS = """
DROP FUNCTION wp_reviews; DROP FUNCTION wp_sees;
DROP FUNCTION wp_depth; DROP FUNCTION wp_rank; DROP FUNCTION wp_house; DROP FUNCTION wp_said;
"""
UP = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON {table} USING (wp_house()) WITH CHECK (wp_house());
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
        self.up = UP.format(table=table, reached=self.reached)
        self.down = DOWN.format(table=table)

    @property
    def reached(self) -> str:
        return f"wp_sees({self.member}, wp_rank({self.needs}))"

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return "Wall", [self.table], {"member": self.member, "needs": self.needs}

    def describe(self) -> str:
        return f"Wall off {self.table}"


class WallOfPairs(Wall):
    """What is about two members: seen by those who see both."""

    @property
    def reached(self) -> str:
        return f"wp_sees(first_id, wp_rank({self.needs})) AND wp_sees(second_id, wp_rank({self.needs}))"


class WallOfReasons(Wall):
    """The relationships themselves: each is seen by those it reaches."""

    @property
    def reached(self) -> str:
        return "wp_depth(organisation_id, person_id, scope, since, until, ends_at) > 0"


class WallOfLetters(Wall):
    """What waits to leave: the house alone puts it there, for whoever asked, and looks at it again."""

    @property
    def reached(self) -> str:
        return "false"


class WallOfReviews(Wall):
    """Broken glasses: each is seen by those who review that organisation's."""

    @property
    def reached(self) -> str:
        return "wp_reviews(organisation_id)"

"""On PostgreSQL two roles: one owns the tables and changes their shape, the other serves pages and owns nothing.

A table's owner could take its row-level policies away; whoever serves pages cannot, whatever is asked of them.
"""

from django.db import connection

# what is written once is only ever read and appended to
WRITTEN_ONCE = """
record_step record_auditrow record_block record_sealed record_headed record_policyversion record_document
eligibility_basis eligibility_determination eligibility_telling eligibility_sweep eligibility_finding
""".split()


def grant_to(role: str) -> None:
    """Let a role read and write the rows of every table there is, and change the shape of none."""
    name = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
        cursor.execute(f"REVOKE UPDATE, DELETE ON {', '.join(WRITTEN_ONCE)} FROM {name}")
        cursor.execute(f"GRANT UPDATE (name) ON record_document TO {name}")  # under a new key; see migration 0007

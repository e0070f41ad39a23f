"""Open Referral's Human Services Data Specification 3.0: services as nested JSON, and as tables in a zip.

A record is a service as the specification nests it, made of plain dicts. ``whole`` reads and writes JSON, ``tabular``
tables, ``checking`` says what is wrong with a record. Nothing here knows whose service it is.
"""

"""Who read or changed a record, for the auditor: in a time, by whom, on which page, and for which organization."""

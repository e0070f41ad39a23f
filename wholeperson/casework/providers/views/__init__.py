"""The pages of applications: the applicant's, by a private link, and the plan's."""

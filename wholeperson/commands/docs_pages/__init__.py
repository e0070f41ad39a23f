"""The pages of docs/ that are made from the policy, one kind of page in each file."""

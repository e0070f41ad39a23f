"""The pages of the programs and their authorization guides: made from the policy, and from nothing else."""

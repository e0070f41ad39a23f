"""Tests, by kind: policy, rules, formats, commands say what is right; house says how we keep the house."""

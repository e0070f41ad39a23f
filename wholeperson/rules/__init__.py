"""Reads the policy, decides about one person on one day, says why and what to ask next.

A slow, readable reference: the sweep is tested to agree with it.
"""

"""The plan and the provider of the referrals' tests."""

from tests.casework.referrals.conftest import town

__all__ = ["town"]

"""A plan and a provider with referrals in hand; the moment is 09:00 in California on 21 November 2026."""

from tests.casework.referrals.conftest import Town, town

__all__ = ["Town", "town"]

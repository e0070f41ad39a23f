"""The pages of referrals: for anyone who asks, for whoever works on them, for whoever answers by link."""

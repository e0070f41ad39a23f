"""What `make bench NAME=referrals` is made of."""

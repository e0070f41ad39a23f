"""What `make bench NAME=month` is made of."""

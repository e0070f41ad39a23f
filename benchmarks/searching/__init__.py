"""What `make bench NAME=search` is made of."""

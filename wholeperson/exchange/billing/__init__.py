"""What a provider may bill: units that plans allowed, and what is used and left of them."""

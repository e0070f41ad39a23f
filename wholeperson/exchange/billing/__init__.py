"""What a provider may bill: units that plans allowed, what is used and left of them, and what no file told yet."""

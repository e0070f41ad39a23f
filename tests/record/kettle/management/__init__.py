"""Commands that tests need otherwise than an installation."""

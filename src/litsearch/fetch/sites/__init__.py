"""Sites that need more than a plain GET, one module each."""

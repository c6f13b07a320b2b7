"""Having an account: signing up and in, by password or one-time code, and everything a person changes about it."""

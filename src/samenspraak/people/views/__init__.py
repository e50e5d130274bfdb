"""HTTP in, HTTP out: signing in, coming in, the own account and the organisation."""

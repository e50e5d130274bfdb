"""Pages of Naslag: the shelf to read and search, and an organisation's own words."""

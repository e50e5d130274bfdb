"""The rules of the house, held by tests. Every checker is also fed a sample that breaks its rule."""

"""One document by many producers, and what is read of each."""

"""The stages of each topic: a function for each stage, and the data of its score."""

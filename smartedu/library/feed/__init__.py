"""Importing the public catalogue feed: a folder of files becomes textbooks, tags, publishers and browse trees."""

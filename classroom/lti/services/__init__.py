"""The services of a platform: who takes the course, and scores back (extra `hub`)."""

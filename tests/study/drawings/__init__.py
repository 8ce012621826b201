"""Drawings of the curves that are asked for, as readers draw them.

A module a topic.  `RIGHT` has for each sketch drawings that must be accepted, as
heights at its places; `WRONG` has what must be refused, as a curve over x, and a part
of what must be told.  A hand is not steady: the tests add its faults to all of them.
"""

"""Exams on paper: one for each student, and what is right on each.

Which row of numbers a question has, and the order of its choices, is drawn from the
seed of the course, the name of the exam, the student and the question: the same papers
come out in any year, and a question more changes none of the others.
"""

from .page import keys_page as keys_page, papers_page as papers_page
from .papers import Item as Item, Paper as Paper, papers as papers
from .writing import write as write

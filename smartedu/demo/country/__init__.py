"""The demonstration country at full size, thought out before anything is written: `plan()` gives frozen values.

`topics` reads what is taught (the vocabularies), `selection` says in which books, `volumes` which units a book has,
`editions` how an edition heads its chapters and ends them, `grammar` makes lessons of topics, `wording` finds the
sentences, `lending` what a lesson shows for want of its own sheets; `bookshelf` lists the e-textbooks. Nothing here
touches the database: `titles`, `lessons` and `ebooks` of `smartedu.demo` say it in contents, `loading` publishes them.
"""

from smartedu.demo.country.bookshelf import ShelfBook, shelf
from smartedu.demo.country.planning import Country, PlannedBook, PlannedLesson, plan

__all__ = ["Country", "PlannedBook", "PlannedLesson", "ShelfBook", "plan", "shelf"]

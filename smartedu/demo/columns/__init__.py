"""What stands in the thirty columns beside the lessons: articles, links, films, documents and notices.

`topics/` says what each column is about, in sentences of its own; `frames/` how a class meeting, a question, a case
or a guide is told on each plate; `extras/` is written by hand. `reading` reads them, `grammar` brings a topic and a
form together where they go together, `planning` chooses and counts, `publishing` hands the plan to the library.
"""

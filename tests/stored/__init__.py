"""One of each stored command and posted card of every release, as that release wrote them; never edited by hand."""

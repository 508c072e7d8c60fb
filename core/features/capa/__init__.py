"""CAPA: what is done about a deviation and its cause, in lines that each have one owner and a date."""

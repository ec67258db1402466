"""The synonyms that Seksti comes with, laid into the register. One that is there already stays as the authority has made it."""

from collections import Counter

from sqlalchemy import select

from catalog.search.text import shipped
from catalog.synonyms.models import Synonym
from config.database import db

SOURCE = "Sekstis egen liste"


def lay() -> Counter:
    """Adds those that are not there; the caller commits. How many were new and how many there already."""
    known = {tuple(row) for row in db.session.execute(select(Synonym.asked, Synonym.meant))}
    missing = [row for row in shipped() if (row["asked"], row["meant"]) not in known]
    db.session.add_all(Synonym(asked=row["asked"], meant=row["meant"], why=row["why"], source=SOURCE) for row in missing)
    counts = {"new": len(missing), "same": len(shipped()) - len(missing)}
    return Counter({name: number for name, number in counts.items() if number})

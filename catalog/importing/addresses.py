"""Addresses for what an import makes: never the same twice within an institution, and quick where thousands ask for the same one."""

from collections import defaultdict

from sqlalchemy import select

from catalog.publishing.slugs import slug_of, slug_of_code
from config.database import db


class Addresses:
    """The addresses of one table, taken and given."""

    def __init__(self, table: type):
        self._taken: dict[int, set[str]] = defaultdict(set)
        self._next: dict[tuple[int, str], int] = {}
        for institution, slug in db.session.execute(select(table.institution_id, table.slug)):
            self._taken[institution].add(slug.casefold())

    def free(self, institution: int, *, code: str | None, title: str | None) -> str:
        """The code's address, else the title's, with a number where it is taken."""
        wanted = slug_of_code(code) if code else slug_of(title or "")
        taken, slug = self._taken[institution], wanted
        while slug.casefold() in taken:
            number = self._next[(institution, wanted)] = self._next.get((institution, wanted), 1) + 1
            slug = f"{wanted}-{number}"
        taken.add(slug.casefold())
        return slug

"""How the field's values are kept: credits as a count of halves, a semester as one number, grades as a bitmask."""

from decimal import Decimal

from sqlalchemy import Integer, TypeDecorator

from catalog.values import Grades, Semester


class Credits(TypeDecorator):
    """Decimal credits kept as an integer count of halves: 7.5 is 15."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect):
        if value is None:
            return None
        halves = Decimal(value) * 2
        if halves != int(halves):
            raise ValueError(f"{value} credits are not whole halves.")
        return int(halves)

    def process_result_value(self, value: int | None, dialect):
        return None if value is None else (Decimal(value) / 2).quantize(Decimal("0.1"))


class SemesterNumber(TypeDecorator):
    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Semester | None, dialect):
        return None if value is None else value.number

    def process_result_value(self, value: int | None, dialect):
        return None if value is None else Semester.from_number(value)


class GradeMask(TypeDecorator):
    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Grades | None, dialect):
        return 0 if value is None else value.mask

    def process_result_value(self, value: int | None, dialect):
        return Grades(value or 0)

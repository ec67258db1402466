"""Solving a programme with HiGHS, proven to the end: one thread and one seed, so that the same question has the same answer.

The library is read when a plan is first asked for, so that a worker that plans nothing carries nothing of it.
"""

from collections.abc import Mapping, Sequence
from math import inf

from enrolment.planning.programme import Programme, Row, Sum

MOST_NODES = 200_000  # of one search; never met by a catalogue of the size of the country's


class TooTangled(Exception):
    """A programme that could not be solved to the end within its bound."""


def solve(programme: Programme, *, least: Mapping[int, float], until: int, rows: Sequence[Row] = ()) -> Sequence[float] | None:
    """The choices with the smallest sum `least`, among runs that end by a term and with further rows; None where nothing fulfils all.

    Raises TooTangled.
    """
    if not programme.whole:
        return _of_nothing([*programme.content, programme.goal, *rows])
    import highspy

    solver = highspy.Highs()
    solver.silent()
    for name, value in _OPTIONS.items():
        solver.setOptionValue(name, value)
    solver.passModel(_as_highs(highspy, programme, least, until, rows))
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty):
        raise TooTangled(str(status))
    return solver.getSolution().col_value


def _of_nothing(rows: Sequence[Row]) -> Sequence[float] | None:
    """Where there is nothing to choose, every sum is nought."""
    return [] if all(row.least <= 0 <= row.most for row in rows) else None


_OPTIONS = {"threads": 1, "parallel": "off", "random_seed": 60, "mip_rel_gap": 0.0, "mip_abs_gap": 1e-6, "mip_max_nodes": MOST_NODES}


def _as_highs(highspy, programme: Programme, least: Sum, until: int, more: Sequence[Row]):
    import numpy

    rows = [*programme.rows, *programme.loads, *programme.away, *programme.content, programme.goal, *more]
    over = [run.last > until for run in programme.runs]
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(programme.whole), len(rows)
    model.col_cost_ = numpy.array([float(least.get(number, 0)) for number in range(len(programme.whole))])
    model.col_lower_ = numpy.zeros(len(programme.whole))
    model.col_upper_ = numpy.array([0.0 if number < len(over) and over[number] else float(most) for number, most in enumerate(programme.most)])
    model.row_lower_ = numpy.array([-highspy.kHighsInf if row.least == -inf else float(row.least) for row in rows])
    model.row_upper_ = numpy.array([highspy.kHighsInf if row.most == inf else float(row.most) for row in rows])
    kinds = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    model.integrality_ = [kinds[0] if whole else kinds[1] for whole in programme.whole]
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    sums = [sorted(row.sum.items()) for row in rows]
    matrix.start_ = numpy.cumsum([0, *(len(each) for each in sums)]).astype(numpy.int32)
    matrix.index_ = numpy.array([number for each in sums for number, _value in each], dtype=numpy.int32)
    matrix.value_ = numpy.array([float(value) for each in sums for _number, value in each])
    return model

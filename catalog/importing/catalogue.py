"""A whole file, row by row: what each line says, or why it is refused."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from catalog.importing import headers
from catalog.importing.repeats import Repeats
from catalog.importing.rows import ImportedRow, RefusedRow
from catalog.importing.tables import Table
from catalog.importing.understand import refused, understand_row
from catalog.importing.vocabulary import Vocabulary


class Catalogue:
    """The rows of a table, understood as they are asked for, in the order of the file; once.

    `columns` tells which headers were known. `given` are fields for every row of a file that lacks their column, such as the institution
    whose own catalogue it is. Raises BadInput where the compulsory columns are missing.
    """

    def __init__(self, table: Table, vocabulary: Vocabulary, *, given: Mapping[str, str] = MappingProxyType({})):
        self.table, self.vocabulary, self.given = table, vocabulary, given
        self.columns = headers.recognise(table.name, table.headers, given=given)

    def __iter__(self) -> Iterator[ImportedRow | RefusedRow]:
        repeats = Repeats()
        for read in self.table:
            fields = {**self.given, **{name: cell for name, cell in self.columns.fields(read.cells).items() if cell}}
            if read.refusal:
                yield refused(fields, read.line, read.refusal)
                continue
            row = understand_row(fields, read.line, self.vocabulary, others=self.columns.others(read.cells))
            yield repeats.judged(row) if isinstance(row, ImportedRow) else row

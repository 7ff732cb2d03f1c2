"""The selection as an integer program, for HiGHS: one yes-or-no variable a candidate, one row a rule."""

from collections.abc import Iterable, Sequence

import highspy
import numpy as np

# How far from a whole number a value may be and still mean it: the solver's own tolerance.
WHOLE = 1e-6


class Infeasible(RuntimeError):
    """The program has no solution: the caller loosened too little."""


class Program:
    """Yes-or-no variables under linear rows. Objectives and bounds change between solutions; the rows are kept.

    Deterministic: one thread, a fixed seed, and callers only use optimal *values* and check what they read.
    """

    def __init__(self, size: int) -> None:
        self._solver = highspy.Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0), ("mip_rel_gap", 0.0)):
            self._solver.setOptionValue(option, value)
        self._solver.setOptionValue("mip_abs_gap", 0.5)
        self.size = size
        self._slacks = 0
        for _number in range(size):
            self._solver.addVar(0.0, 1.0)
        if size:
            self._integral(range(size))

    def _integral(self, columns: Iterable[int]) -> None:
        numbers = np.fromiter(columns, dtype=np.int32)
        kinds = np.full(len(numbers), highspy.HighsVarType.kInteger.value, dtype=np.uint8)
        self._solver.changeColsIntegrality(len(numbers), numbers, kinds)

    def add_slack(self, most: int) -> int:
        """A whole number from 0 to `most`; returns its column."""
        column = self.size + self._slacks
        self._solver.addVar(0.0, float(most))
        self._integral([column])
        self._slacks += 1
        return column

    def add_row(self, columns: Sequence[int], low: float = -highspy.kHighsInf, high: float = highspy.kHighsInf) -> None:
        numbers = np.asarray(columns, dtype=np.int32)
        self._solver.addRow(low, high, len(numbers), numbers, np.ones(len(numbers)))

    def fix(self, column: int, value: int) -> None:
        self._solver.changeColBounds(column, float(value), float(value))

    def most(self, columns: Sequence[int]) -> tuple[int, list[int]]:
        """The largest sum of these columns, and a solution that has it (the value of every column)."""
        return self._solve(columns, -1.0)

    def fewest(self, columns: Sequence[int]) -> tuple[int, list[int]]:
        return self._solve(columns, 1.0)

    def _solve(self, columns: Sequence[int], cost: float) -> tuple[int, list[int]]:
        width = self.size + self._slacks
        costs = np.zeros(width)
        costs[np.asarray(columns, dtype=np.int32)] = cost
        self._solver.changeColsCost(width, np.arange(width, dtype=np.int32), costs)
        # The relaxation starts from the last one's basis and is nearly always whole by itself.
        values = self._run(relaxed=True)
        if np.abs(values - np.rint(values)).max(initial=0.0) > WHOLE:
            values = self._run(relaxed=False)
        solution = [int(value) for value in np.rint(values)]
        return sum(solution[column] for column in columns), solution

    def _run(self, *, relaxed: bool) -> np.ndarray:
        self._solver.setOptionValue("solve_relaxation", relaxed)
        self._solver.run()
        status = self._solver.getModelStatus()
        # Without any variable there is nothing to choose, and that is the answer.
        if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty):
            raise Infeasible(str(status))
        return np.asarray(self._solver.getSolution().col_value)

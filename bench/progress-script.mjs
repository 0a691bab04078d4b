// @ts-check

/**
 * A scriptlet that prints, as lists of JSON, for each repetition the milliseconds of 10,000 turns of work with a call of an
 * empty method in each, and with a report of progress in its place. The two take turns after every 20 turns, first the one
 * and then the other first, and where one of them takes three times as long as usual, which is the machine's doing, neither
 * counts. What passes to the page every 0.3 s counts twice, as half of that time is spent without reports.
 */
export const progressScript = `import json
import statistics
import time
import types

from oocana import Context

TURNS, BLOCK, REPETITIONS = 10_000, 20, 25
ROW = {f"field {number}": [number, str(number), number / 7] for number in range(24)}


class Empty:
    def report_progress(self, progress):
        pass


def work():
    return json.loads(json.dumps(ROW))


def copy_of(function):
    return types.FunctionType(function.__code__.replace(), globals())


def run(start, reporter):
    before = time.perf_counter()
    for n in range(start, start + BLOCK):
        work()
        reporter.report_progress(n / 100)
    return (time.perf_counter() - before) * 1000


def main(params, context: Context):
    # Python makes its code fit what it calls: each way has a copy of its own.
    ways = {"empty": (copy_of(run), Empty()), "reports": (copy_of(run), context)}
    names = list(ways)
    sums = []
    for _ in range(REPETITIONS):
        blocks = []
        for start in range(0, TURNS, BLOCK):
            took = {}
            for name in names:
                function, reporter = ways[name]
                took[name] = function(start, reporter)
            blocks.append(took)
            names.reverse()
        usual = statistics.median(block["empty"] for block in blocks)
        kept = [block for block in blocks if max(block.values()) < 3 * usual]
        scale = len(blocks) / len(kept)
        sums.append([round(scale * sum(block[name] for block in kept), 3) for name in ways])
    print(json.dumps(sums))
`;

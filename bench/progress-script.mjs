// @ts-check

/**
 * A scriptlet that prints, as lists of JSON, for each repetition the milliseconds of 10,000 turns of work alone, with a call of an
 * empty method in each turn, and with a report of progress in its place. The three take turns after every 20 turns, and
 * where one of them takes three times as long as usual, which is the machine's doing, none of the three counts.
 */
export const progressScript = `import json
import statistics
import time

from oocana import Context

TURNS, BLOCK, REPETITIONS = 10_000, 20, 15
ROW = {f"field {number}": [number, str(number), number / 7] for number in range(24)}


class Empty:
    def report_progress(self, progress):
        pass


def work():
    return json.loads(json.dumps(ROW))


def alone(start, _reporter):
    for n in range(start, start + BLOCK):
        work()


def reporting(start, reporter):
    for n in range(start, start + BLOCK):
        work()
        reporter.report_progress(n / 100)


def measure(ways, start):
    took = {}
    for name, run, reporter in ways:
        before = time.perf_counter()
        run(start, reporter)
        took[name] = (time.perf_counter() - before) * 1000
    ways.append(ways.pop(0))
    return took


def main(params, context: Context):
    ways = [("alone", alone, None), ("empty", reporting, Empty()), ("reports", reporting, context)]
    sums = []
    for _ in range(REPETITIONS):
        blocks = [measure(ways, start) for start in range(0, TURNS, BLOCK)]
        usual = statistics.median(block["alone"] for block in blocks)
        kept = [block for block in blocks if max(block.values()) < 3 * usual]
        scale = len(blocks) / len(kept)
        names = ("alone", "empty", "reports")
        sums.append([round(scale * sum(block[name] for block in kept), 3) for name in names])
    print(json.dumps(sums))
`;

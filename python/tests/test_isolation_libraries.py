"""A job leaves the state of libraries as it was: warnings, loggers, random numbers, options."""

from __future__ import annotations

import decimal
import locale
import logging
import random
import unittest
import warnings

import numpy
import pandas
from recording_host import done, entries_of, log_of, run
from test_images import skip_without_matplotlib


class Warnings(unittest.TestCase):
    def test_are_seen_by_each_job(self) -> None:
        script = (
            "import warnings\n"
            'warnings.simplefilter("once")\n'
            'for _ in range(2): warnings.warn("careful", FutureWarning)\n'
            'warnings.simplefilter("default")\n'
            'for _ in range(2): warnings.warn("again", FutureWarning)\n'
        )
        first, second = log_of(script), log_of(script)
        self.assertEqual((first.count(": careful"), first.count(": again")), (1, 1))
        self.assertEqual(second, first)

    def test_keep_their_filters(self) -> None:
        before = list(warnings.filters)
        done('import warnings\nwarnings.simplefilter("error")')
        self.assertEqual(warnings.filters, before)


class Loggers(unittest.TestCase):
    def test_of_one_job_do_not_write_for_the_next(self) -> None:
        script = (
            "import logging\n"
            'logging.basicConfig(level="INFO", format="%(message)s")\n'
            'own = logging.getLogger("cahier_test.own")\n'
            "own.addHandler(logging.StreamHandler())\n"
            "logging.captureWarnings(True)\n"
            'own.info("hello")\n'
            "import warnings\n"
            'warnings.warn("careful")\n'
        )
        first, second = log_of(script), log_of(script)
        self.assertTrue(first.startswith("hello\nhello\nCell"), first)
        self.assertEqual(first.count("careful"), 2)
        self.assertEqual(second, first)

    def test_keep_levels_handlers_and_flags(self) -> None:
        logger = logging.getLogger("cahier_test.kept")
        handler = logging.NullHandler()
        logger.addHandler(handler)
        logger.setLevel(logging.ERROR)
        done(
            "import logging\n"
            'logger = logging.getLogger("cahier_test.kept")\n'
            "logger.handlers.clear()\n"
            "logger.setLevel(1)\n"
            "logger.propagate = False\n"
            "logger.disabled = True\n"
            "logging.disable()\n"
        )
        self.assertEqual(
            (logger.level, logger.handlers, logger.propagate, logger.disabled),
            (logging.ERROR, [handler], True, False),
        )
        self.assertTrue(logger.isEnabledFor(logging.ERROR))


class Libraries(unittest.TestCase):
    def test_draw_new_random_numbers_in_each_job(self) -> None:
        script = (
            "import random, numpy\n"
            "print(random.random(), numpy.random.random())\n"
            "random.seed(1)\n"
            "numpy.random.seed(1)\n"
        )
        random.seed(1)
        numpy.random.seed(1)
        seeded = f"{random.random()} {numpy.random.random()}\n"  # noqa: S311
        texts = {log_of(script) for _ in range(3)} | {seeded}
        numbers = {number for text in texts for number in text.split()}
        self.assertEqual((len(texts), len(numbers)), (4, 8))

    def test_compute_with_the_default_decimal_context(self) -> None:
        done("import decimal\ndecimal.getcontext().prec = 3")
        self.assertEqual(decimal.getcontext().prec, 28)

    def test_keep_the_locale(self) -> None:
        before = locale.setlocale(locale.LC_ALL)
        other = "C" if before != "C" else "C.UTF-8"
        done(f"import locale\nlocale.setlocale(locale.LC_ALL, {other!r})")
        self.assertEqual(locale.setlocale(locale.LC_ALL), before)

    def test_have_the_default_options(self) -> None:
        def options() -> tuple[object, ...]:
            return (
                *(numpy.geterr(), numpy.geterrcall(), numpy.getbufsize()),
                *(numpy.get_printoptions(), pandas.get_option("display.max_rows")),
            )

        before = options()
        events = run(
            "import numpy, pandas\n"
            'numpy.seterr(all="raise")\n'
            "numpy.seterrcall(print)\nnumpy.setbufsize(1600)\n"
            "numpy.set_printoptions(precision=2, suppress=True, threshold=5)\n"
            'pandas.set_option("display.max_rows", 3)\n'
        )
        self.assertEqual((options(), entries_of(events)), (before, []))

    def test_are_put_back_without_warnings(self) -> None:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            done("import pandas, numpy")
        self.assertEqual(caught, [])


@skip_without_matplotlib
class Figures(unittest.TestCase):
    def test_do_not_stay_open(self) -> None:
        script = (
            "import matplotlib.pyplot as plt\n"
            "print(len(plt.get_fignums()), plt.rcParams['lines.linewidth'], plt.get_backend())\n"
            "plt.figure()\n"
            "plt.rcParams['lines.linewidth'] = 7\n"
            "plt.switch_backend('svg')\n"
        )
        first, second = log_of(script), log_of(script)
        self.assertEqual((first.lower(), second.lower()), ("0 1.5 agg\n", "0 1.5 agg\n"))

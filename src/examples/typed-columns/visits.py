# What customers of three shops wrote on paper, typed off: all of it is text.
# What the columns mean is said in the configuration of this cell, under
# "Manual TI", and the header of the table shows it.
#
# Try it: write "a lot" for the last amount, and run. The column stays text, and
# the log says why. Or give the shops the type int: the zeros before their
# numbers are gone.
from onelogic.odpf.common import ODDataset

visits = [
    ["2026-03-02 09:15", "007", "4", "12.50"],
    ["2026-03-02 11:40", "012", "5", "31.90"],
    ["2026-03-03 10:05", "007", "2", "4.20"],
    ["2026-03-03 17:30", "105", "3", "18"],
    ["2026-03-04 08:55", "012", "5", "44.75"],
    ["2026-03-04 16:20", "105", "1", ""],
    ["2026-03-05 12:10", "007", "4", "23.10"],
    ["2026-03-06 09:45", "105", "3", "9.99"],
    ["2026-03-06 18:05", "012", "4", "27.40"],
    ["2026-03-07 10:30", "007", "5", "52"],
    ["2026-03-07 13:50", "105", "2", "7.60"],
    ["2026-03-07 15:15", "012", "3", "16.30"],
]
od_output.add_data("visits", ODDataset(visits, ["at", "shop", "rating", "spent"]))

# The same questions to version 1, which the Configuration names: whatever is
# trained later, this cell's answers stay.
import numpy as np
from onelogic.odpf.common import ODDataset

model = od_models["Exam results"]
rows = []
for hours in [0, 5, 10, 15, 20]:
    points = float(np.polyval(model["coefficients"], hours))
    rows.append([hours, round(points, 1), model["degree"]])
od_output.add_data("predictions", ODDataset(rows, ["hours", "points", "degree"]))

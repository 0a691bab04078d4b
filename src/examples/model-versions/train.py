# Fits a curve to exam results, and saves it as the model "Exam results".
#
# Press Run all. The Configuration says "Create Or Add Version": the first
# run makes the model with version 1, each further run adds a version, and
# none is ever written over.
#
# Then try this:
#   1. Set degree to 3 and run this cell: version 2. "Predict" is stale now,
#      as it loads the latest version; "Predict with version 1" is not.
#   2. Run "Predict", and compare the two tables.
#   3. Open the model under "Models": it says where each version comes from.
#      Roll back to version 1, and "Predict" takes that again.
import numpy as np
from onelogic.odpf.common import ODDataset

degree = 1

# Hours of study and points in the exam: more hours help less and less.
random = np.random.default_rng(seed=7)
hours = random.uniform(0, 20, size=200)
points = 100 * (1 - np.exp(-hours / 6)) + random.normal(0, 4, size=200)

# A model is any Python object that can be pickled.
coefficients = np.polyfit(hours, points, degree)
misses = points - np.polyval(coefficients, hours)
model = {
    "degree": degree,
    "coefficients": coefficients,
    "error": float(np.sqrt(np.mean(misses**2))),
}
od_output.add_model("Exam results", model)

print(f"Degree {degree}: wrong by {model['error']:.1f} points on average")
rows = [
    [round(float(hour), 1), round(float(point), 1), round(float(miss), 1)]
    for hour, point, miss in zip(hours, points, misses)
]
od_output.add_data("results", ODDataset(rows, ["hours", "points", "miss"]))

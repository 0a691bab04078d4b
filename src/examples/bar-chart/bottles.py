# Makes a dataset with a timestamp in each row, and a bar chart of it.
#
# Press Run all. The dataset stands under "Result Table", and its header says
# what kind of values each column holds. The counts are texts here, as if they
# came from a form: in the Configuration, "Manual TI" has them made int, of
# the scale ratio. Python infers the other columns.
#
# The chart stands under "Image List". Matplotlib draws it, which is fetched
# when it is first imported; without a network, the next cell still draws one.
import time
from datetime import datetime

import pandas as pd
from onelogic.odpf import ImageType

shifts = ["early", "late", "night"]
counts = ["118", "96", "71"]
timestamps = []
for shift in shifts:
    timestamps.append(datetime.now())
    time.sleep(0.1)

df = pd.DataFrame({"shift": shifts, "bottles": counts, "counted_at": timestamps})
od_output.add_data("bottles", df)

try:
    axes = df.astype({"bottles": int}).plot.bar(x="shift", y="bottles", rot=0)
    od_output.add_image("bottles_by_shift", ImageType.JPG, axes.get_figure())
except ImportError as reason:
    print("No image this time:", reason)

# The chart does not say what its fields are: it takes that from the columns.
# A rating is ordinal, so its colours go from light to dark; a shop is nominal,
# and gets a shape of its own.
#
# A DataFrame has the scale types in its attrs, for as long as it is handed on.
def main(params, context):
    visits = params["visits"]
    print("Scale types:", visits.attrs["scale_types"])
    chart = {
        "data": visits,
        "width": 480,
        "mark": {"type": "point", "filled": True, "size": 90},
        "encoding": {
            "x": {"field": "at", "title": "Visit"},
            "y": {"field": "spent", "title": "Spent, in euros"},
            "color": {"field": "rating"},
            "shape": {"field": "shop"},
        },
    }
    context.preview({"type": "vega-lite", "data": chart})

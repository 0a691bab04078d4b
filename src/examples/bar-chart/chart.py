# The same bars as an interactive chart: point at one for its timestamp.
# What its fields are comes along with the columns, from "Manual TI".
def main(params, context):
    chart = {
        "data": params["bottles"],
        "width": 320,
        "mark": "bar",
        "encoding": {
            "x": {"field": "shift", "title": "Shift", "axis": {"labelAngle": 0}},
            "y": {"field": "bottles", "title": "Bottles filled"},
            "tooltip": [
                {"field": "bottles", "title": "Bottles"},
                {"field": "counted_at", "title": "Counted at", "timeUnit": "hoursminutesseconds"},
            ],
        },
    }
    context.preview({"type": "vega-lite", "data": chart})

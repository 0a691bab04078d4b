# Row by row, as a Statement runs unless it is told otherwise: once for each
# row. INPUT_DATA is a list of that one row, and what the runs return is put
# together. A row that fails is named, with what is wrong with it.
log.debug(f"{len(INPUT_DATA)} row")

return [
    {
        "order_id": order["order_id"],
        "gross": round(order["net"] * 1.2, 2),
    }
    for order in INPUT_DATA
]

# In bulk: the same statement, run once, and INPUT_DATA holds all rows.
# As it treats rows one at a time, its result is the same. It is the faster
# way: compare the times beside the titles, and the lines in the logs.
log.debug(f"{len(INPUT_DATA)} rows")

return [
    {
        "order_id": order["order_id"],
        "gross": round(order["net"] * 1.2, 2),
    }
    for order in INPUT_DATA
]

# An incremental load: each run takes only the rows that are new.
#
# Press Run. The Configuration says "until it returns no rows", so that
# the statement runs in cycles. Each takes the next 20 readings; of the
# last row that it returns, the reading_id is kept as the data checkpoint,
# and the next cycle goes on behind it. "Append to previous output"
# gathers the rows of all cycles.
#
# Then try this:
#   1. Press Run again: nothing is new, and no row is loaded twice.
#   2. Set the checkpoint to 1050 and run: ten rows are loaded again.
#   3. Reset the checkpoint, turn off "Append", choose "Once" and run: the
#      first 20 readings stand alone, and the next run puts the next 20 in
#      their place.
batch_size = 20

# None before the first run.
last_id = DATA_CHECKPOINT or 0
new = [row for row in INPUT_DATA if row["reading_id"] > last_id]

# In the order of the checkpoint column: it is the last row that counts.
new.sort(key=lambda row: row["reading_id"])
batch = new[:batch_size]
log.info(f"{len(batch)} of {len(new)} new readings, after {last_id}")

return [
    {
        "reading_id": row["reading_id"],
        "meter": row["meter"],
        "month": row["month"],
        "cubic_metres": row["litres"] / 1000,
    }
    for row in batch
]

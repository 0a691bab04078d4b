# Makes the orders that the statements below take. Run any of them, and
# this runs first.
from onelogic.odpf.common import ODDataset

prices = [12.5, 80, 7.25, 240, 33.4, 19.9]
orders = [
    [order_id, ["north", "south", "west"][order_id % 3], prices[order_id % 6]]
    for order_id in range(1, 13)
]
od_output.add_data("orders", ODDataset(orders, ["order_id", "region", "net"]))

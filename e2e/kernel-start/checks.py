import csv
import ctypes
import io
import json
import pickle
import random
import sys
import time
import uuid
from datetime import datetime, timezone

import dateutil.tz
import numpy as np
import pandas as pd
from onelogic.odpf.common import ODDataset

matrix = np.array([[4.0, 1.0], [2.0, 3.0]])
print("inverse", np.linalg.inv(matrix).round(12).tolist())
print("eigenvalues", sorted(np.linalg.eigvals(matrix).round(12).tolist()))
print("fft", np.abs(np.fft.fft([1, 0, 0, 0, 2, 0, 0, 0])).round(12).tolist())

frame = pd.read_csv(io.StringIO("k,v,t\na,1.5,2026-01-02\nb,,2026-03-04\na,3,2026-05-06\n"), parse_dates=["t"])
print("csv", frame.groupby("k").v.sum().to_dict(), str(frame.t.dtype))
print("rolling", frame.v.fillna(0).rolling(2).mean().fillna(-1).tolist())
print("merge", frame.merge(frame, on="k").shape, frame.pivot_table(index="k", values="v").shape)
print("text", frame.k.str.upper().tolist(), list(csv.reader(["a,'b c',d"], quotechar="'")))

moment = datetime(2026, 7, 1, 12, tzinfo=timezone.utc)
print("zones", moment.astimezone(dateutil.tz.gettz("Europe/Berlin") or timezone.utc).isoformat())
print("pandas zones", pd.Timestamp(moment).tz_convert("Asia/Tokyo").isoformat())
print("local", time.localtime(0).tm_hour, time.tzname, time.timezone, time.strftime("%Z"))

print("pickle", pickle.loads(pickle.dumps(frame)).equals(frame), pickle.loads(pickle.dumps(matrix)).tolist())
print("json", json.dumps({"x": [1, 2.5, None]}))

try:
    np.linalg.inv(np.zeros((2, 2)))
except np.linalg.LinAlgError as error:
    print("error of numpy", error)
try:
    frame["missing"]
except KeyError as error:
    print("error of pandas", error)
try:
    1 / 0
except ZeroDivisionError as error:
    print("error", error)

compare = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)(lambda value: value + 1)
print("callback", compare(41))

import js
from pyodide.ffi import create_proxy, to_js

proxy = create_proxy(lambda value, *_: value * 2)
print("proxies", js.Array.new(1, 2, 3).map(proxy).to_py(), js.Object.fromEntries(to_js([["a", 1]])).a)
proxy.destroy()

big = np.ones(30_000_000)
print("memory", float(big.sum()))
del big

import pandas.io.excel
import difflib
print("late modules", pandas.io.excel.__name__, difflib.get_close_matches("appel", ["ape", "apple"]))

print("environment", {name: value for name, value in sorted(__import__("os").environ.items())})
print("path", sys.path, sys.flags.hash_randomization)
print("hash order", sorted(set("hello world")))

print("random:", random.random())
print("random:", np.random.rand())
print("random:", np.random.default_rng().random())
print("random:", uuid.uuid4())
print("the end")
od_output.add_data("output", ODDataset([[1]], ["x"]))

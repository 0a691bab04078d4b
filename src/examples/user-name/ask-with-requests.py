# The same by requests, as scripts ask that run on servers.
#
# This package is fetched when it is first imported, which needs a network.
import pandas as pd
import requests

answer = requests.get(
    "http://onedata-server:8080/api/v1/users/me",
    headers={"Authorization": od_authorization},
)
answer.raise_for_status()
od_output.add_data("user", pd.DataFrame({"username": [answer.json()["username"]]}))

# Asks the server as whom this script runs.
#
# od_authorization holds a token of the profile that the cell runs as: it says
# who that is, is signed, and is good for as long as this job may take. The
# server is this browser itself, so that no network is needed.
from onelogic.odpf.common import ODDataset
from pyodide.http import pyxhr

server = "http://onedata-server:8080"
headers = {"Authorization": od_authorization}

me = pyxhr.get(f"{server}/api/v1/users/me", headers=headers).json()
od_output.add_data("user", ODDataset([[me["username"], me["displayName"]]], ["username", "name"]))

# Whoever has a token can act as you. It is hidden in all that is kept:
print("The token:", od_authorization)

# Without it, or with another one, the server gives nothing away.
for tried in ({}, {"Authorization": "Bearer made-up"}):
    answer = pyxhr.get(f"{server}/api/v1/users/me", headers=tried)
    print(answer.status_code, answer.json()["message"])

# Now switch to another profile, under "Profile" in the workspace pane, and run
# this again.

# What is clean can be counted: before, there were three spellings of Leeds.
towns = {}
for member in INPUT_DATA:
    towns.setdefault(member["town"] or "not known", []).append(member)

return [
    {
        "town": town,
        "members": len(members),
        "fees": sum(member["fee"] or 0 for member in members),
    }
    for town, members in sorted(towns.items())
]

# The mean mark of each class in each subject, without marks that are missing.
SUBJECTS = ("maths", "languages", "science")

marks = {}
for row in INPUT_DATA:
    for subject in SUBJECTS:
        if row[subject] is None:
            log.info(f"{row['student']} has no mark in {subject}")
            continue
        marks.setdefault((row["class"], subject), []).append(row[subject])

return [
    {
        "class": name,
        "subject": subject,
        "students": len(found),
        "mean": round(sum(found) / len(found), 1),
    }
    for (name, subject), found in sorted(marks.items())
]

# Cleaning a messy file against a schema.
#
# "Club members" was kept by hand for years: dates in four ways, commas in
# numbers, a member twice, an e-mail that is none, and several words for
# "I do not know". The schema "Club member" says what each field has to
# be, and the job fails where a row does not fit: a text where a number
# belongs does not leave this cell unnoticed. Take out the step for the
# fee, near the end, so that row["fee, EUR"] stands there alone, run it,
# and read what it says.
#
# The file was made up for this example, in the public domain (CC0).
import datetime

UNKNOWN = {"", "-", "n/a"}
DATES = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d %b %Y")


def clean_text(value):
    # Spaces at the ends, and in a row, say nothing.
    text = " ".join(str(value or "").split())
    return None if text.lower() in UNKNOWN else text


def clean_name(value):
    text = clean_text(value)
    if text and "," in text:
        last, first = text.split(",", 1)
        text = f"{first.strip()} {last}"
    if text and (text.isupper() or text.islower()):
        text = text.title()
    return text


def clean_date(value):
    text = clean_text(value)
    for form in DATES:
        try:
            return datetime.datetime.strptime(text or "", form).date()
        except ValueError:
            pass
    return None


def clean_amount(value):
    text = (clean_text(value) or "").replace("€", "").strip()
    if text == "free":
        return 0.0
    if "," in text:
        # A comma before the cents, and points between the thousands.
        text = text.replace(".", "").replace(",", ".")
    try:
        return float(text)
    except ValueError:
        return None


def clean_address(value):
    text = (clean_text(value) or "").lower().replace("(at)", "@")
    name, at, host = text.partition("@")
    return text if name and at and "." in host else None


def clean_answer(value):
    text = (clean_text(value) or "").lower()
    return {"yes": True, "y": True, "1": True, "true": True, "": None}.get(text, False)


members = {}
for position, row in enumerate(INPUT_DATA, start=1):
    number = (clean_text(row["member no"]) or "").removeprefix("M-")
    if not number.isdigit():
        log.warn(f"Row {position} was left out: it has no member number")
        continue
    if number in members:
        log.warn(f"Row {position} was left out: member {number} is there already")
        continue
    joined = clean_date(row["joined"])
    if joined is None and clean_text(row["joined"]):
        log.warn(f"Row {position}: there is no day {row['joined']}")
    members[number] = {
        "member_no": int(number),
        "name": clean_name(row["Name "]),
        "joined": joined,
        "town": clean_name(row["Town"]),
        "fee": clean_amount(row["fee, EUR"]),
        "email": clean_address(row["e-mail"]),
        "newsletter": clean_answer(row["newsletter"]),
    }

return list(members.values())

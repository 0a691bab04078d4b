"""Names of time zones, and instants as counts since 1970."""

from datetime import UTC, datetime, time, timedelta, tzinfo

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - local times have no zone
UTC_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_ORDINAL = EPOCH.toordinal()
_UTC_NAMES = ("UTC", "Z", "ETC/UTC", "GMT")


def zone_name(zone: tzinfo) -> str:
    """Give the IANA name, "UTC" or an offset like "+02:00".

    A zone that has neither a name nor a fixed offset in whole minutes is "UTC": its instants stay
    exact, only its name is lost. `key` is zoneinfo's, `zone` is pytz's.
    """
    name = getattr(zone, "key", None) or getattr(zone, "zone", None)
    if isinstance(name, str):
        return name
    offset = zone.utcoffset(None)
    if not offset or offset % timedelta(minutes=1):
        return "UTC"
    sign = "-" if offset < timedelta(0) else "+"
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    return f"{sign}{hours:02}:{minutes:02}"


def find_zone(name: str) -> tzinfo | None:
    """Give the zone of an IANA name, "UTC" or an offset; None where it is not known here.

    In a browser the names but "UTC" come with pandas.
    """
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - the page waits for the import of this module

    try:
        if name[:1] in ("+", "-"):
            return time.fromisoformat(f"00:00{name}").tzinfo
        return UTC if name.upper() in _UTC_NAMES else ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def microseconds_since_epoch(moment: datetime) -> int:
    """Count from 1970-01-01 in UTC, or without a zone where the moment has none."""
    span = moment - (EPOCH if moment.tzinfo is None else UTC_EPOCH)
    return (span.days * 86_400 + span.seconds) * 1_000_000 + span.microseconds


def nanoseconds_since_epoch(moment: datetime) -> int:
    """Count likewise, with the `nanosecond` that a pandas Timestamp carries."""
    return microseconds_since_epoch(moment) * 1000 + nanosecond_of(moment)


def nanosecond_of(moment: datetime) -> int:
    """Give the nanoseconds (0 to 999) beyond the microseconds; plain datetimes have none."""
    nanosecond: int = getattr(moment, "nanosecond", 0)
    return nanosecond

//! Times as the protocols write them.
//!
//! Three fixed layouts, by hand: the general parser and formatter of the crate `time` weigh more than all signing
//! together. The calendar itself is the crate's.

pub(crate) mod milliseconds;

use time::{Date, Month, OffsetDateTime, Time, UtcOffset};

/// Both clouds accept a signature within 15 minutes of their own clock. A difference of this many seconds is worth a
/// warning before it comes to that.
pub const NOTABLE_SKEW: i64 = 5 * 60;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// `2026-01-02T03:04:05Z`, RFC 3339 in UTC without fractions.
pub fn rfc3339(time: OffsetDateTime) -> String {
    format!("{}Z", date_and_time(time))
}

/// `2026-01-02T03:04:05+0000`, as Huawei Cloud's tasks write it.
pub fn basic_offset(time: OffsetDateTime) -> String {
    format!("{}+0000", date_and_time(time))
}

/// `20260102T030405Z`, ISO 8601's basic format, as Huawei Cloud's signature writes it.
pub fn basic(time: OffsetDateTime) -> String {
    rfc3339(time).replace(['-', ':'], "")
}

fn date_and_time(time: OffsetDateTime) -> String {
    let time = time.to_offset(UtcOffset::UTC);
    let (hour, minute, second) = time.to_hms();
    let (year, month, day) = time.to_calendar_date();
    format!("{year:04}-{:02}-{day:02}T{hour:02}:{minute:02}:{second:02}", month as u8)
}

/// Reads what [`rfc3339`] writes, and nothing else.
pub fn parse_rfc3339(text: &str) -> Option<OffsetDateTime> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let [year, month, day] = numbers(date.split('-'), [4, 2, 2])?;
    at(year, month, day, time)
}

/// Reads what [`basic`] writes, and nothing else.
pub fn parse_basic(text: &str) -> Option<OffsetDateTime> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let [year, month, day] = numbers([date.get(..4)?, date.get(4..6)?, date.get(6..)?].into_iter(), [4, 2, 2])?;
    let time = format!("{}:{}:{}", time.get(..2)?, time.get(2..4)?, time.get(4..)?);
    at(year, month, day, &time)
}

/// Reads a time as APIs write it: `2026-01-02T03:04:05.678Z`, with `+0800` or `+08:00` in place of the `Z`, or seconds or
/// milliseconds since 1970. Without an offset it is UTC. Fractions are left out.
pub fn parse_timestamp(text: &str) -> Option<OffsetDateTime> {
    if text.len() >= 9 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: i64 = text.parse().ok()?;
        // Seconds have eleven digits from the year 5138 on.
        return OffsetDateTime::from_unix_timestamp(if text.len() > 11 { number / 1000 } else { number }).ok();
    }
    let (date, rest) = text.split_once(['T', ' '])?;
    let [year, month, day] = numbers(date.split('-'), [4, 2, 2])?;
    let clock = at(year, month, day, rest.get(..8)?)?;
    let zone = rest.get(8..)?.trim_start_matches(|character: char| character == '.' || character.is_ascii_digit());
    let sign = match zone.get(..1) {
        None => 0,
        Some("Z" | "z") if zone.len() == 1 => 0,
        Some("+") => 1,
        Some("-") => -1,
        Some(_) => return None,
    };
    if sign == 0 {
        return Some(clock);
    }
    let digits = zone.get(1..)?.replace(':', "");
    let [hours, minutes] = numbers([digits.get(..2)?, digits.get(2..)?].into_iter(), [2, 2])?;
    clock.checked_sub(time::Duration::minutes(sign * i64::from(hours * 60 + minutes)))
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, the date of HTTP (RFC 9110, IMF-fixdate).
pub fn http_date(time: OffsetDateTime) -> String {
    let time = time.to_offset(UtcOffset::UTC);
    let (hour, minute, second) = time.to_hms();
    let (year, month, day) = time.to_calendar_date();
    let weekday = DAYS.get(usize::from(time.weekday().number_days_from_monday())).unwrap_or(&"");
    let month = MONTHS.get(usize::from(month as u8) - 1).unwrap_or(&"");
    format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
}

/// Reads a date of HTTP. The two obsolete layouts are not read: no server of this century writes them.
pub fn parse_http_date(text: &str) -> Option<OffsetDateTime> {
    let (_, rest) = text.trim().strip_suffix(" GMT")?.split_once(", ")?;
    let mut parts = rest.split(' ');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let [day, year] = numbers([day, year].into_iter(), [2, 4])?;
    at(year, month as u32, day, parts.next()?)
}

fn at(year: u32, month: u32, day: u32, time: &str) -> Option<OffsetDateTime> {
    let small = |number: u32| u8::try_from(number).ok();
    let [hour, minute, second] = numbers(time.split(':'), [2, 2, 2])?;
    let month = Month::try_from(small(month)?).ok()?;
    let date = Date::from_calendar_date(i32::try_from(year).ok()?, month, small(day)?).ok()?;
    let time = Time::from_hms(small(hour)?, small(minute)?, small(second)?).ok()?;
    Some(date.with_time(time).assume_utc())
}

/// Exactly as many numbers as there are lengths, of exactly these lengths.
fn numbers<'a, const N: usize>(mut parts: impl Iterator<Item = &'a str>, lengths: [usize; N]) -> Option<[u32; N]> {
    let mut found = [0; N];
    for (number, length) in found.iter_mut().zip(lengths) {
        let digits = parts.next().filter(|part| part.len() == length && part.bytes().all(|b| b.is_ascii_digit()))?;
        *number = digits.parse().ok()?;
    }
    parts.next().is_none().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::datetime;

    #[test]
    fn each_layout_is_written_as_its_standard_shows_it() {
        let time = datetime!(1994-11-06 08:49:37 UTC);
        assert_eq!(http_date(time), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(rfc3339(time), "1994-11-06T08:49:37Z");
        assert_eq!(basic(time), "19941106T084937Z");
        assert_eq!(basic_offset(datetime!(2018-08-06 10:41:14 +8)), "2018-08-06T02:41:14+0000");
    }

    #[test]
    fn anything_but_the_layout_is_refused() {
        for wrong in [
            "1994-11-06T08:49:37",
            "1994-11-06 08:49:37Z",
            "94-11-06T08:49:37Z",
            "1994-13-06T08:49:37Z",
            "1994-02-30T08:49:37Z",
            "1994-11-06T24:00:00Z",
            "1994-11-06T08:49:37.5Z",
            "1994-11-06T8:49:37Z",
            "+994-11-06T08:49:37Z",
            "",
        ] {
            assert_eq!(parse_rfc3339(wrong), None, "{wrong}");
        }
        for wrong in [
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "Sun, 06 Nov 1994 08:49:37 +0000",
            "06 Nov 1994",
            "",
        ] {
            assert_eq!(parse_http_date(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_time_is_read_as_apis_write_it() {
        let time = datetime!(2018-08-06 02:41:14 UTC);
        for text in [
            "2018-08-06T02:41:14Z",
            "2018-08-06T10:41:14+0800",
            "2018-08-06T10:41:14+08:00",
            "2018-08-05T21:11:14.123456-05:30",
            "2018-08-06T02:41:14.000Z",
            "2018-08-06 02:41:14",
            "1533523274",
            "1533523274999",
        ] {
            assert_eq!(parse_timestamp(text), Some(time), "{text}");
        }
        for wrong in [
            "",
            "soon",
            "2018-08-06",
            "2018-08-06T02:41",
            "2018-08-06T02:41:14+8",
            "2018-08-06T02:41:14X",
            "9999-12-31T23:59:59-01:00",
            "5",
        ] {
            assert_eq!(parse_timestamp(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(seconds in 0_i64..253_402_300_799) {
            let time = OffsetDateTime::from_unix_timestamp(seconds).unwrap();
            prop_assert_eq!(parse_rfc3339(&rfc3339(time)), Some(time));
            prop_assert_eq!(parse_basic(&basic(time)), Some(time));
            prop_assert_eq!(parse_http_date(&http_date(time)), Some(time));
        }
    }
}

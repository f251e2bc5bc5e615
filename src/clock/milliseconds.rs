//! A time in milliseconds since 1970, for serde.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::OffsetDateTime;

pub(crate) fn serialize<S: Serializer>(time: &OffsetDateTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i64(of(*time))
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<OffsetDateTime, D::Error> {
    read(i64::deserialize(deserializer)?)
}

fn of(time: OffsetDateTime) -> i64 {
    // The years that the type knows fit 64 bits.
    i64::try_from(time.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

fn read<E: Error>(milliseconds: i64) -> Result<OffsetDateTime, E> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000).map_err(E::custom)
}

/// The same, several times.
pub(crate) mod list {
    use super::{Deserialize, Deserializer, OffsetDateTime, Serialize, Serializer, of, read};

    pub(crate) fn serialize<S: Serializer>(times: &[OffsetDateTime], serializer: S) -> Result<S::Ok, S::Error> {
        times.iter().copied().map(of).collect::<Vec<_>>().serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<OffsetDateTime>, D::Error> {
        Vec::<i64>::deserialize(deserializer)?.into_iter().map(read).collect()
    }
}

/// The same, or nothing.
pub(crate) mod option {
    use super::{Deserialize, Deserializer, OffsetDateTime, Serialize, Serializer, of, read};

    pub(crate) fn serialize<S: Serializer>(time: &Option<OffsetDateTime>, serializer: S) -> Result<S::Ok, S::Error> {
        time.map(of).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<OffsetDateTime>, D::Error> {
        Option::<i64>::deserialize(deserializer)?.map(read).transpose()
    }
}

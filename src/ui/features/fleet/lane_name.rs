//! What a lane is called.

use crate::fleet::LaneKey;

/// A lane in words.
pub(super) fn lane_name(lane: &LaneKey) -> String {
    format!("{} {}", lane.provider, lane.region).trim_end().to_owned()
}

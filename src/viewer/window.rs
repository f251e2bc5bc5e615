//! Which rows of many are in the page, and how much empty space stands for the others.
//!
//! Browsers know no element that is higher than some ten million pixels. Where all rows together would be higher, the
//! scroll bar is a scale: its middle is the middle of the text.

use serde::{Deserialize, Serialize};

/// The height of a row in pixels, as `style/features.css` sets it.
pub const ROW: usize = 20;
/// Rows above and below those in sight, so that scrolling shows no gaps.
const MARGIN: usize = 10;
/// No browser knows a lower limit.
const HIGHEST: usize = 10_000_000;

/// The rows in the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Window {
    pub first: usize,
    /// The row behind the last one.
    pub end: usize,
    /// Pixels of space above and below them.
    pub above: usize,
    pub below: usize,
}

impl Window {
    /// The rows for a window of `inside` pixels that is scrolled so far.
    pub fn at(rows: usize, position: usize, inside: usize) -> Self {
        let fit = inside / ROW;
        let last_top = rows.saturating_sub(fit);
        if rows <= HIGHEST / ROW {
            let top = (position / ROW).min(last_top);
            // In steps, so that not every pixel makes rows anew.
            let first = top.saturating_sub(MARGIN) / MARGIN * MARGIN;
            let end = (first + fit + 4 * MARGIN).min(rows);
            return Self { first, end, above: first * ROW, below: (rows - end) * ROW };
        }
        let top = scaled(position, last_top, HIGHEST.saturating_sub(inside)).min(last_top);
        let first = top.saturating_sub(MARGIN);
        let end = (top + fit + MARGIN).min(rows);
        let above = position.saturating_sub((top - first) * ROW);
        Self { first, end, above, below: HIGHEST.saturating_sub(above + (end - first) * ROW) }
    }

    /// How far to scroll so that a row is in sight; `None` where it is.
    pub fn position_of(row: usize, rows: usize, position: usize, inside: usize) -> Option<usize> {
        let fit = inside / ROW;
        let last_top = rows.saturating_sub(fit);
        if rows <= HIGHEST / ROW {
            let (top, bottom) = (row * ROW, (row + 2) * ROW);
            return if top < position {
                Some(top)
            } else {
                // A row more: the end of the window may be behind a scroll bar.
                bottom.checked_sub(inside).filter(|least| *least > position)
            };
        }
        let limit = HIGHEST.saturating_sub(inside);
        let top = scaled(position, last_top, limit).min(last_top);
        let is_in_sight = top <= row && row + 2 <= top + fit;
        (!is_in_sight).then(|| scaled(row.saturating_sub(fit / 2).min(last_top), limit, last_top))
    }
}

/// `value * to / from`, without an overflow where addresses have 32 bits.
fn scaled(value: usize, to: usize, from: usize) -> usize {
    let scaled = value as u64 * to as u64 / (from as u64).max(1);
    usize::try_from(scaled).unwrap_or(usize::MAX)
}

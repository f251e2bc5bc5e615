//! Work of which one piece at a time is under way, such as reading a list that changes faster than it is read.

/// Whether such work is under way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Turn {
    #[default]
    Free,
    Taken,
    /// Somebody has asked for it meanwhile: what is under way may not have seen why.
    AskedAgain,
}

impl Turn {
    /// Somebody asks for the work. Whether it begins now.
    pub(crate) fn begin(&mut self) -> bool {
        let is_free = *self == Self::Free;
        *self = if is_free { Self::Taken } else { Self::AskedAgain };
        is_free
    }

    /// A piece of the work is done. Whether another one begins now.
    pub(crate) fn done(&mut self) -> bool {
        let goes_on = *self == Self::AskedAgain;
        *self = if goes_on { Self::Taken } else { Self::Free };
        goes_on
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_many_ask_meanwhile_one_more_piece_serves_them() {
        let mut turn = Turn::default();
        assert!(turn.begin());
        assert!(!turn.begin() && !turn.begin());
        assert!(turn.done(), "for both");
        assert!(!turn.done() && turn == Turn::Free);
        assert!(turn.begin(), "nothing is left behind");
    }
}

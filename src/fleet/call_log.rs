//! Which calls of a row are noted: every one, but for the middle of long series. A row of a run that lasts for hours stays small.

use super::{CallNote, Row};

/// Of looks of one kind in a row, so many of the first and of the latest are noted.
const FIRST_LOOKS: usize = 1;
const LAST_LOOKS: usize = 3;
/// So many calls of a row are noted in all, and so many of them are the first ones.
const MOST_CALLS: usize = 40;
const FIRST_CALLS: usize = 8;
/// So many characters of what an answer says.
const MOST_OF_ANSWER: usize = 120;

impl Row {
    /// A call is over.
    pub(super) fn note(&mut self, mut note: CallNote, is_look: bool) {
        let others = self.calls.iter().rposition(|call| call.operation != note.operation);
        let first = others.map_or(0, |other| other + 1);
        if is_look {
            // The history has no looks.
            note.call.clear();
        }
        shorten(&mut note.answer);
        self.calls.push(note);
        if is_look && self.calls.len() - first > FIRST_LOOKS + LAST_LOOKS {
            self.leave_out(first + FIRST_LOOKS);
        }
        if self.calls.len() > MOST_CALLS {
            // Looks first: a call that changed something has the request id that proves it.
            let look = self.calls.iter().skip(FIRST_CALLS).position(|call| call.call.is_empty());
            self.leave_out(FIRST_CALLS + look.filter(|at| at + 1 < MOST_CALLS - FIRST_CALLS).unwrap_or_default());
        }
    }

    /// What the latest look showed.
    pub(super) fn note_look(&mut self, showed: &[(String, String)]) {
        // A refusal that says so has said it.
        if showed.is_empty() {
            return;
        }
        let parts: Vec<String> = showed.iter().map(|(label, value)| format!("{label}: {value}")).collect();
        if let Some(call) = self.calls.last_mut() {
            call.answer = parts.join("; ");
            shorten(&mut call.answer);
        }
    }

    /// The next call counts those that are left out before it.
    fn leave_out(&mut self, index: usize) {
        if index + 1 < self.calls.len() {
            let gone = self.calls.remove(index);
            if let Some(next) = self.calls.get_mut(index) {
                next.left_out = next.left_out.saturating_add(gone.left_out).saturating_add(1);
            }
        }
    }
}

fn shorten(text: &mut String) {
    if let Some((end, _)) = text.char_indices().nth(MOST_OF_ANSWER) {
        text.truncate(end);
        text.push('…');
    }
}

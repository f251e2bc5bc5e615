//! What is kept of each line.

/// What stands in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
pub enum LineKind {
    /// A line of a text that is not JSON.
    Text = 0,
    OpenObject,
    OpenArray,
    CloseObject,
    CloseArray,
    EmptyObject,
    EmptyArray,
    String,
    Number,
    /// `true`, `false`, `null`.
    Literal,
}

impl LineKind {
    const ALL: [Self; 10] = [
        Self::Text,
        Self::OpenObject,
        Self::OpenArray,
        Self::CloseObject,
        Self::CloseArray,
        Self::EmptyObject,
        Self::EmptyArray,
        Self::String,
        Self::Number,
        Self::Literal,
    ];

    /// Whether lines that can be folded follow.
    pub fn opens(self) -> bool {
        matches!(self, Self::OpenObject | Self::OpenArray)
    }

    pub fn closes(self) -> bool {
        matches!(self, Self::CloseObject | Self::CloseArray)
    }
}

/// The lines, ten bytes each: the three columns of a table. A text that is not JSON needs the first column only.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Index {
    /// Where the line's first word begins in the text.
    starts: Vec<u32>,
    /// Where a scalar ends; the line that closes what a line opens, and the line that opened what a line closes.
    partners: Vec<u32>,
    /// The kind in four bits, a bit for a name, a bit for a comma, and ten bits for the depth.
    marks: Vec<u16>,
    /// The length of the text.
    end: u32,
}

const NAME: u16 = 1 << 4;
const COMMA: u16 = 1 << 5;
const DEPTH: u32 = 6;
/// Deeper lines look like this one.
const DEEPEST: usize = 1023;

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Index({} lines)", self.len())
    }
}

impl Index {
    /// Room for so many lines of JSON.
    pub(super) fn with_capacity(lines: usize, end: usize) -> Self {
        Self {
            starts: Vec::with_capacity(lines),
            partners: Vec::with_capacity(lines),
            marks: Vec::with_capacity(lines),
            end: place(end),
        }
    }

    /// The lines that a text has. Longer texts than an address of 32 bits reaches are cut: no browser holds one.
    pub(super) fn of_text(text: &[u8]) -> Self {
        let breaks = || memchr::memchr_iter(b'\n', text).filter(|at| at + 1 < text.len());
        let mut starts = Vec::with_capacity(breaks().count() + 1);
        if !text.is_empty() {
            starts.push(0);
        }
        starts.extend(breaks().map(|at| place(at + 1)));
        Self { starts, end: place(text.len()), ..Self::default() }
    }

    pub(super) fn push(&mut self, start: usize, kind: LineKind, partner: usize, depth: usize, named: bool) -> usize {
        let depth = u16::try_from(depth.min(DEEPEST)).unwrap_or_default() << DEPTH;
        self.starts.push(place(start));
        self.partners.push(place(partner));
        self.marks.push(kind as u16 | if named { NAME } else { 0 } | depth);
        self.len() - 1
    }

    /// A comma follows the last line.
    pub(super) fn add_comma(&mut self) {
        if let Some(mark) = self.marks.last_mut() {
            *mark |= COMMA;
        }
    }

    pub(super) fn set_partner(&mut self, line: usize, partner: usize) {
        if let Some(known) = self.partners.get_mut(line) {
            *known = place(partner);
        }
    }

    pub fn len(&self) -> usize {
        self.starts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    fn mark(&self, line: usize) -> u16 {
        self.marks.get(line).copied().unwrap_or_default()
    }

    pub fn kind(&self, line: usize) -> LineKind {
        LineKind::ALL.get(usize::from(self.mark(line) & 0xf)).copied().unwrap_or(LineKind::Text)
    }

    pub fn has_name(&self, line: usize) -> bool {
        self.mark(line) & NAME != 0
    }

    pub fn has_comma(&self, line: usize) -> bool {
        self.mark(line) & COMMA != 0
    }

    /// Levels around it, 1023 at most.
    pub fn depth(&self, line: usize) -> usize {
        usize::from(self.mark(line) >> DEPTH)
    }

    /// Where its first word begins.
    pub fn start(&self, line: usize) -> usize {
        self.starts.get(line).map_or(self.end as usize, |start| *start as usize)
    }

    pub(super) fn partner(&self, line: usize) -> usize {
        self.partners.get(line).map_or(0, |partner| *partner as usize)
    }

    /// The last line of what begins in this one.
    pub fn last_of(&self, line: usize) -> usize {
        if self.kind(line).opens() { self.partner(line) } else { line }
    }

    /// The line in which this place of the text is.
    pub fn line_at(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= offset).saturating_sub(1)
    }

    /// The line that opened what this line is in, and how many values of it come before.
    pub fn parent(&self, line: usize) -> Option<(usize, usize)> {
        let mut at = if self.kind(line).closes() { self.partner(line) } else { line };
        let mut before = 0;
        while at > 0 {
            at -= 1;
            match self.kind(at) {
                kind if kind.opens() => return Some((at, before)),
                kind if kind.closes() => at = self.partner(at),
                _ => {}
            }
            before += 1;
        }
        None
    }

    /// The lines in which the values inside of this one begin.
    pub fn children(&self, line: usize) -> impl Iterator<Item = usize> + '_ {
        let end = if self.kind(line).opens() { self.partner(line) } else { 0 };
        let next = move |child: usize| (child < end).then_some(child);
        std::iter::successors(next(line + 1), move |child| next(self.last_of(*child) + 1))
    }

    /// Bytes on the heap.
    pub fn bytes(&self) -> usize {
        4 * self.starts.capacity() + 4 * self.partners.capacity() + 2 * self.marks.capacity()
    }
}

/// A place or a line in 32 bits.
fn place(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

//! What a body is.

use serde::{Deserialize, Serialize};

/// The kind of a body, from its bytes and from what its sender calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    Empty,
    Json,
    Xml,
    Html,
    Text,
    Image(ImageFormat),
    Binary,
}

/// The format of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImageFormat {
    Png,
    Jpeg,
    Gif,
    Bmp,
    Ico,
    Tiff,
    WebP,
}

impl ImageFormat {
    /// Its name among people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Gif => "GIF",
            Self::Bmp => "BMP",
            Self::Ico => "ICO",
            Self::Tiff => "TIFF",
            Self::WebP => "WebP",
        }
    }
}

/// What files of these kinds begin with.
const IMAGES: [(&[u8], ImageFormat); 6] = [
    (b"\x89PNG\r\n\x1a\n", ImageFormat::Png),
    (b"\xff\xd8\xff", ImageFormat::Jpeg),
    (b"GIF8", ImageFormat::Gif),
    (b"BM", ImageFormat::Bmp),
    (b"\0\0\x01\0", ImageFormat::Ico),
    (b"II*\0", ImageFormat::Tiff),
];

impl Kind {
    pub(super) fn of(bytes: &[u8], content_type: &str) -> Self {
        let beginning = bytes.trim_ascii_start();
        if beginning.is_empty() {
            return Self::Empty;
        }
        // Some binary files are valid texts by chance; no text has a zero.
        if std::str::from_utf8(bytes).is_err() || memchr::memchr(0, bytes).is_some() {
            let is_webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
            let image = IMAGES.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, format)| *format);
            return image.or(is_webp.then_some(ImageFormat::WebP)).map_or(Self::Binary, Self::Image);
        }
        if is_json_type(content_type) || matches!(beginning.first(), Some(b'{' | b'[')) {
            return Self::Json;
        }
        let begins =
            |word: &str| beginning.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word.as_bytes()));
        if media_type(content_type).ends_with("html") || begins("<!doctype html") || begins("<html") {
            return Self::Html;
        }
        if media_type(content_type).ends_with("xml") || begins("<?xml") {
            return Self::Xml;
        }
        Self::Text
    }

    /// Whether it has lines to show.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Json | Self::Xml | Self::Html | Self::Text)
    }

    /// The ending of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Xml => "xml",
            Self::Html => "html",
            Self::Empty | Self::Text => "txt",
            Self::Image(ImageFormat::Png) => "png",
            Self::Image(ImageFormat::Jpeg) => "jpg",
            Self::Image(ImageFormat::Gif) => "gif",
            Self::Image(ImageFormat::WebP) => "webp",
            Self::Image(_) | Self::Binary => "bin",
        }
    }
}

fn media_type(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a sender says that it sends JSON.
pub(super) fn is_json_type(content_type: &str) -> bool {
    let media_type = media_type(content_type);
    media_type.ends_with("json")
}

/// The first bytes as people read them: sixteen a line, with their place and their letters.
pub fn hex(bytes: &[u8], most: usize) -> String {
    let line = |(row, bytes): (usize, &[u8])| {
        let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let letter = |byte: &u8| if byte.is_ascii_graphic() || *byte == b' ' { char::from(*byte) } else { '.' };
        let letters: String = bytes.iter().map(letter).collect();
        format!("{:08x}  {:<47}  {letters}", row * 16, digits.join(" "))
    };
    let shown = bytes.get(..most).unwrap_or(bytes);
    shown.chunks(16).enumerate().map(line).collect::<Vec<_>>().join("\n")
}

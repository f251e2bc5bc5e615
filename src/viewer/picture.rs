//! How large an image is, as its first bytes say: a small file can be an image of any size, which nobody decodes unseen.

use super::ImageFormat;

/// Width and height in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureSize {
    pub width: u32,
    pub height: u32,
}

/// Why an image is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPicture {
    /// The console does not show images of this format.
    Format,
    /// Its bytes are damaged, or not all here.
    Broken,
    /// It has more than [`MOST_PIXELS`].
    TooLarge(PictureSize),
}

/// Four bytes each while the browser decodes it.
pub const MOST_PIXELS: u64 = 25_000_000;

/// The size of an image that can be shown.
pub fn picture_size(bytes: &[u8], format: ImageFormat) -> Result<PictureSize, NoPicture> {
    let size = match format {
        ImageFormat::Png => png(bytes),
        ImageFormat::Gif => gif(bytes),
        ImageFormat::WebP => webp(bytes),
        ImageFormat::Jpeg => jpeg(bytes),
        ImageFormat::Bmp | ImageFormat::Ico | ImageFormat::Tiff => return Err(NoPicture::Format),
    };
    match size {
        Some(PictureSize { width: 0, .. } | PictureSize { height: 0, .. }) | None => Err(NoPicture::Broken),
        Some(size) if u64::from(size.width) * u64::from(size.height) > MOST_PIXELS => Err(NoPicture::TooLarge(size)),
        Some(size) => Ok(size),
    }
}

impl PictureSize {
    /// The same proportions, with no side longer than this.
    pub fn within(self, longest: u32) -> Self {
        let side = self.width.max(self.height);
        if side <= longest {
            return self;
        }
        let scaled = |length: u32| {
            let scaled = u64::from(length) * u64::from(longest) / u64::from(side);
            u32::try_from(scaled).unwrap_or(longest).max(1)
        };
        Self { width: scaled(self.width), height: scaled(self.height) }
    }
}

/// The number of these bytes, the last one first.
fn little(bytes: &[u8], from: usize, to: usize) -> Option<u32> {
    Some(bytes.get(from..to)?.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

/// The number of these bytes, the first one first.
fn big(bytes: &[u8], from: usize, to: usize) -> Option<u32> {
    Some(bytes.get(from..to)?.iter().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

/// In its first chunk.
fn png(bytes: &[u8]) -> Option<PictureSize> {
    (bytes.get(12..16)? == b"IHDR").then_some(())?;
    Some(PictureSize { width: big(bytes, 16, 20)?, height: big(bytes, 20, 24)? })
}

/// Its screen, and its first image where that is larger: browsers make the screen as large.
fn gif(bytes: &[u8]) -> Option<PictureSize> {
    let (width, height) = (little(bytes, 6, 8)?, little(bytes, 8, 10)?);
    let packed = *bytes.get(10)?;
    let mut at = 13 + if packed & 0x80 == 0 { 0 } else { 3 << ((packed & 7) + 1) };
    loop {
        match bytes.get(at)? {
            // An extension: its kind, then blocks of which each says how long it is.
            0x21 => {
                at += 2;
                while let length @ 1.. = usize::from(*bytes.get(at)?) {
                    at += 1 + length;
                }
                at += 1;
            }
            0x2c => {
                let end = |from: usize| {
                    Some(little(bytes, at + from, at + from + 2)? + little(bytes, at + from + 4, at + from + 6)?)
                };
                return Some(PictureSize { width: width.max(end(1)?), height: height.max(end(3)?) });
            }
            _ => return None,
        }
    }
}

/// Three forms: lossy, lossless, extended.
fn webp(bytes: &[u8]) -> Option<PictureSize> {
    let (width, height) = match bytes.get(12..16)? {
        b"VP8 " => (little(bytes, 26, 28)? & 0x3fff, little(bytes, 28, 30)? & 0x3fff),
        b"VP8L" => {
            let both = little(bytes, 21, 25)?;
            ((both & 0x3fff) + 1, (both >> 14 & 0x3fff) + 1)
        }
        b"VP8X" => (little(bytes, 24, 27)? + 1, little(bytes, 27, 30)? + 1),
        _ => return None,
    };
    Some(PictureSize { width, height })
}

/// In the header of its frame, behind any number of other segments.
fn jpeg(bytes: &[u8]) -> Option<PictureSize> {
    let mut at = 2;
    loop {
        let [0xff, marker] = *bytes.get(at..at + 2)? else { return None };
        match marker {
            // Filler.
            0xff => at += 1,
            // Without a length.
            0x01 | 0xd0..=0xd7 => at += 2,
            // C4, C8 and CC are tables.
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                return Some(PictureSize { width: big(bytes, at + 7, at + 9)?, height: big(bytes, at + 5, at + 7)? });
            }
            // The image itself, or its end.
            0xd9 | 0xda => return None,
            _ => at += 2 + usize::try_from(big(bytes, at + 2, at + 4)?).ok()?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &width.to_be_bytes()[..], &height.to_be_bytes(), b"\x08\x06\0\0\0"].concat()
    }

    #[test]
    fn each_format_says_its_size() {
        let cases: [(&[u8], ImageFormat); 6] = [
            (&png(640, 480), ImageFormat::Png),
            (b"GIF89a\x80\x02\x01\0\x80\0\0\0\0\0\0\0\0\x21\xf9\x01\0\0\x2c\x01\0\0\0\x02\0\xe0\x01", ImageFormat::Gif),
            (b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x80\x02\xe0\x01", ImageFormat::WebP),
            (b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x7f\xc2\x77\0", ImageFormat::WebP),
            (b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0", ImageFormat::WebP),
            (b"\xff\xd8\xff\xe0\0\x04JF\xff\xff\xc4\0\x03a\xff\xc2\0\x0b\x08\x01\xe0\x02\x80\x03", ImageFormat::Jpeg),
        ];
        for (bytes, format) in cases {
            assert_eq!(picture_size(bytes, format), Ok(PictureSize { width: 640, height: 480 }), "{bytes:?}");
            for end in 0..bytes.len() {
                let _ = picture_size(&bytes[..end], format);
            }
        }
    }

    #[test]
    fn what_is_broken_or_huge_is_not_shown() {
        let huge = PictureSize { width: 100_000, height: 251 };
        let cases = [
            (png(0, 480), ImageFormat::Png, NoPicture::Broken),
            (png(640, 480)[..20].to_vec(), ImageFormat::Png, NoPicture::Broken),
            (png(100_000, 251), ImageFormat::Png, NoPicture::TooLarge(huge)),
            (b"\xff\xd8\xff\xda\0\x04".to_vec(), ImageFormat::Jpeg, NoPicture::Broken),
            (b"\xff\xd8\xff\xe0\0\0".to_vec(), ImageFormat::Jpeg, NoPicture::Broken),
            (b"BM".to_vec(), ImageFormat::Bmp, NoPicture::Format),
        ];
        for (bytes, format, why) in cases {
            assert_eq!(picture_size(&bytes, format), Err(why), "{bytes:?}");
        }
        assert_eq!(PictureSize { width: 5_000, height: 1 }.within(1_000), PictureSize { width: 1_000, height: 1 });
        assert_eq!(PictureSize { width: 30, height: 20 }.within(1_000), PictureSize { width: 30, height: 20 });
    }
}

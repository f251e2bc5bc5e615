//! Decoding an image and drawing it. No element loads it, so that the policy of the page allows none.

use crate::viewer::{ImageFormat, PictureSize};
use js_sys::{Array, ArrayBuffer};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap};

/// Draws an image as large as it is, or smaller where a side is longer than `longest`. Gives the size that it has. `None`: the
/// browser does not decode it.
pub(crate) async fn draw(
    canvas: &HtmlCanvasElement,
    bytes: &ArrayBuffer,
    format: ImageFormat,
    longest: u32,
) -> Option<PictureSize> {
    let options = BlobPropertyBag::new();
    options.set_type(&format!("image/{}", format.name().to_ascii_lowercase()));
    let blob = Blob::new_with_buffer_source_sequence_and_options(&Array::of1(bytes), &options).ok()?;
    let decoded = web_sys::window()?.create_image_bitmap_with_blob(&blob).ok()?;
    let image: ImageBitmap = JsFuture::from(decoded).await.ok()?.dyn_into().ok()?;
    let size = PictureSize { width: image.width(), height: image.height() };
    let shown = size.within(longest);
    canvas.set_width(shown.width);
    canvas.set_height(shown.height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let (width, height) = (f64::from(shown.width), f64::from(shown.height));
    let drawn = context.draw_image_with_image_bitmap_and_dw_and_dh(&image, 0.0, 0.0, width, height);
    image.close();
    drawn.ok().map(|()| size)
}

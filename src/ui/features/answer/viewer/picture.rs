//! An image, drawn. One that cannot be drawn is shown by its first bytes, and the reason is said.

use super::super::document::{document, long_body};
use super::FirstBytes;
use crate::call::Exchange;
use crate::ui::platform::picture::draw;
use crate::ui::platform::worker_client::bodies;
use crate::ui::words::viewer_words;
use crate::viewer::{Extract, ImageFormat, NoPicture, PictureSize, picture_size};
use js_sys::{ArrayBuffer, Uint8Array};
use leptos::html::Canvas;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlCanvasElement;

/// Pixels of a side that are drawn: no screen has many more.
const LONGEST: u32 = 4_096;
/// Bytes in which every image says its size; before it, cameras write what they like.
const HEADER: u32 = 1 << 20;

#[component]
pub(super) fn Picture(
    exchange: Arc<Exchange>,
    format: ImageFormat,
    /// How many it has.
    bytes: usize,
) -> impl IntoView {
    // `None`: it is being decoded.
    let drawn: RwSignal<Option<Result<PictureSize, NoPicture>>> = RwSignal::new(None);
    let canvas = NodeRef::<Canvas>::new();
    Effect::new({
        let exchange = exchange.clone();
        move |_| {
            if let Some(canvas) = canvas.get() {
                let exchange = exchange.clone();
                spawn_local(async move {
                    let decoded = decode(exchange, canvas, format).await;
                    let _ = drawn.try_set(Some(decoded));
                });
            }
        }
    });
    let text = move || match drawn.get() {
        None => String::new(),
        Some(Ok(size)) => (viewer_words().picture)(format, size, bytes),
        Some(Err(why)) => (viewer_words().no_picture)(format, why, bytes),
    };
    let is_hidden = move || !matches!(drawn.get(), Some(Ok(_)));
    view! {
        <p class="muted" role="status">{move || text()}</p>
        <canvas class="picture" node_ref=canvas role="img" aria-label=move || text() hidden=is_hidden></canvas>
        <details open=move || matches!(drawn.get(), Some(Err(_)))>
            <summary>{viewer_words().first_bytes}</summary>
            <FirstBytes exchange=exchange/>
        </details>
    }
}

async fn decode(
    exchange: Arc<Exchange>,
    canvas: HtmlCanvasElement,
    format: ImageFormat,
) -> Result<PictureSize, NoPicture> {
    let bytes = whole(&exchange).await.ok_or(NoPicture::Broken)?;
    let header = Uint8Array::new_with_byte_offset_and_length(&bytes, 0, bytes.byte_length().min(HEADER)).to_vec();
    picture_size(&header, format)?;
    draw(&canvas, &bytes, format, LONGEST).await.ok_or(NoPicture::Broken)
}

/// The masked body, wherever it is.
async fn whole(exchange: &Arc<Exchange>) -> Option<ArrayBuffer> {
    match long_body(exchange).map(|long| long.document) {
        Some(body) => bodies::extract(body, Extract::Written).await,
        None => Some(Uint8Array::from(document(exchange).bytes()).buffer()),
    }
}

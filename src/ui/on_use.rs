//! Code that comes with its first use, in the files `answers`, `pages`, `controls`, `fleet` and `snapshot` beside the program.
//!
//! A production build (`--cfg split`) puts these functions, and everything that only they reach, into files of their own
//! (`tools/postbuild.mjs`); the linker's own relocations say what that is. It stays one program with one memory, so whatever
//! a function takes and gives is an ordinary Rust value. Builds for development and tests have everything in one file.

use thiserror::Error;

/// A file of the program did not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a file of the program did not come")]
pub(crate) struct NotLoaded;

#[cfg(split)]
impl From<leptos::wasm_split::SplitLoaderError> for NotLoaded {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// A function whose code comes with its first call. The name before the arrow is the file that it stands in.
///
/// ```ignore
/// on_use! { pages => pub(super) fn page() -> AnyView { view! { <SettingsPage/> }.into_any() } }
/// let page: Result<AnyView, NotLoaded> = page().await;
/// ```
macro_rules! on_use {
    ($file:ident => $(#[$attribute:meta])* $visibility:vis fn $name:ident($($argument:ident: $kind:ty),* $(,)?) -> $output:ty $body:block) => {
        #[cfg(split)]
        $(#[$attribute])*
        #[leptos::wasm_split::wasm_split($file, wasm_split_path = leptos::wasm_split, fallible)]
        $visibility fn $name($($argument: $kind),*) -> Result<$output, $crate::ui::on_use::NotLoaded> {
            let output: $output = $body;
            Ok(output)
        }

        #[cfg(not(split))]
        $(#[$attribute])*
        #[allow(clippy::unused_async, reason = "a production build waits for the file")]
        $visibility async fn $name($($argument: $kind),*) -> Result<$output, $crate::ui::on_use::NotLoaded> {
            let output: $output = $body;
            Ok(output)
        }
    };
}
pub(crate) use on_use;

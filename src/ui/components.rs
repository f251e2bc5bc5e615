//! Small pieces of the screen. They know nothing of clouds, calls or stores: what they show and do are their props.

pub(crate) mod alert;
pub(crate) mod ask_button;
pub(crate) mod copy_button;
pub(crate) mod dialog;
pub(crate) mod form_field;
pub(crate) mod icon;
pub(crate) mod later;
pub(crate) mod select_control;
pub(crate) mod tabs;
pub(crate) mod text_control;
pub(crate) mod text_field;
pub(crate) mod windowed_table;

use super::decode;
use encoding_rs::{BIG5, EUC_KR, GB18030, GBK, ISO_2022_JP, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};
use proptest::prelude::*;

const TEXT: &str = "服务暂不可用";

fn utf16(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

#[test]
fn a_text_is_decoded_by_the_charset_of_its_content_type() {
    for (encoding, label, text) in [
        (GBK, "GBK", TEXT),
        (GBK, "gb2312", TEXT),
        (GB18030, "GB18030", "服务𠀀"),
        (BIG5, "big5", "服務暫停"),
        (SHIFT_JIS, "Shift_JIS", "サービス停止"),
        (EUC_KR, "euc-kr", "서비스 중단"),
        (ISO_2022_JP, "iso-2022-jp", "停止"),
        (WINDOWS_1251, "windows-1251", "Недоступно"),
        (WINDOWS_1252, "ISO-8859-1", "désolé €"),
    ] {
        let bytes = encoding.encode(text).0;
        for content_type in [
            format!("text/html; charset={label}"),
            format!("TEXT/plain;Charset=\"{label}\""),
            format!("a/b; x=y; charset='{label}' "),
        ] {
            assert_eq!(decode(&bytes, &content_type, true).as_deref(), Some(text), "{content_type}");
        }
        assert_eq!(decode(&bytes, "text/html", false), None, "{label}: nobody says it");
        let page = format!("<html><head><meta charset={label}><title>{text}");
        assert_eq!(decode(&encoding.encode(&page).0, "text/html", true), Some(page), "{label}");
    }
}

#[test]
fn utf_16_is_known_by_its_mark_its_label_or_its_zeros() {
    for big in [false, true] {
        let label = if big { "text/xml; charset=utf-16be" } else { "text/xml; charset=UTF-16" };
        for text in [r#"{"code":"é"}"#, "<a>服</a>", "[1]"] {
            let bytes = utf16(text, big);
            let marked = utf16(&format!("\u{feff}{text}"), big);
            assert_eq!(decode(&bytes, "application/json", true).as_deref(), Some(text));
            assert_eq!(decode(&marked, "", true).as_deref(), Some(text));
            assert_eq!(decode(&marked, "text/html; charset=GBK", true).as_deref(), Some(text), "the mark wins");
        }
        assert_eq!(decode(&utf16("plain é", big), label, true).as_deref(), Some("plain é"));
    }
}

#[test]
fn a_document_may_say_it_of_itself() {
    for head in [
        "<meta charset=\"GBK\">",
        "<META CHARSET = 'gb2312' />",
        "<meta http-equiv=Content-Type content=\"text/html; charset=gbk\">",
        "<script charset></script><meta charset=gbk>",
        "<?xml version=\"1.0\" encoding=\"GBK\"?>",
    ] {
        let page = format!("{head}{TEXT}");
        let bytes = GBK.encode(&page).0;
        for content_type in ["text/html", "text/html; charset=utf-8", "text/html; charset=unheard-of", ""] {
            assert_eq!(decode(&bytes, content_type, true).as_deref(), Some(page.as_str()), "{head} {content_type}");
        }
    }
    let lie = GBK.encode("<meta charset=utf-16>服务").0;
    assert_eq!(decode(&lie, "text/html", false), None, "a text in UTF-16 could not be read to say so");
    let late = format!("{}<meta charset=gbk>{TEXT}", " ".repeat(2_000));
    assert_eq!(decode(&GBK.encode(&late).0, "text/html", false), None);
}

#[test]
fn utf_8_and_what_is_no_text_stay_as_they_are() {
    assert_eq!(decode(TEXT.as_bytes(), "text/html; charset=GBK", false), None, "the label is wrong");
    assert_eq!(decode(b"plain", "text/html; charset=utf-16", false), None);
    let gbk = GBK.encode(TEXT).0;
    for content_type in ["image/png", "application/octet-stream", "application/zip"] {
        assert_eq!(decode(&gbk, content_type, false), None);
        assert_eq!(decode(b"\xff\xfe<\0", content_type, false), None, "a picture begins as it likes");
    }
    for label in ["replacement", "hz-gb-2312", "utf-7", "x-user", ""] {
        assert_eq!(decode(&gbk, &format!("text/html; charset={label}"), false), None, "{label}");
    }
}

#[test]
fn a_text_that_is_cut_off_is_readable_unless_every_byte_counts() {
    let gbk = GBK.encode(TEXT).0;
    let cut = &gbk[..gbk.len() - 1];
    assert_eq!(decode(cut, "text/html; charset=GBK", false).as_deref(), Some("服务暂不可\u{fffd}"));
    assert_eq!(decode(cut, "text/html; charset=GBK", true), None);
}

proptest! {
    #[test]
    fn nothing_ends_the_program(bytes in any::<Vec<u8>>(), content_type in any::<String>(), label in "[a-z0-9-]{1,12}", strict: bool) {
        let _ = decode(&bytes, &content_type, strict);
        let _ = decode(&bytes, &format!("text/html; charset={label}"), strict);
        let _ = decode(&[format!("<meta charset={label}").as_bytes(), &bytes].concat(), "", strict);
    }
}

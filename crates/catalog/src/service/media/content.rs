//! Uploaded pictures: what is let in, and under which name.

use std::io::Cursor;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;
use contract::{Error, Result};
use image::{ImageFormat, ImageReader};

use crate::data::media::ImageContent;

/// The largest picture, in bytes.
const BYTES: usize = 32 << 20;
/// The largest picture, in pixels: what decoding it would take is four times as many bytes.
const PIXELS: u64 = 100_000_000;
/// The longest file name, in bytes.
const NAME: usize = 90;

const EXTENSIONS: [&str; 5] = ["jpg", "jpeg", "gif", "png", "webp"];

/// PHP decodes with and without padding, and does not look at the bits behind the last byte.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The bytes of a picture, after all checks of `ImageContentValidator` in its order; of the picture itself only
/// the header is read.
///
/// # Errors
/// Magento's texts: bad base64 or no picture, a MIME type that is not the picture's or not allowed, a forbidden
/// character in the name; ours for a picture beyond the limits.
pub(crate) fn check(content: &ImageContent) -> Result<Bytes> {
    let not_a_picture = || Error::invalid("The image content must be valid base64 encoded data.");
    if content.base64_encoded_data.len() / 4 * 3 > BYTES + 2 {
        return Err(too_large());
    }
    let compact: Vec<u8> = content
        .base64_encoded_data
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    let bytes = BASE64.decode(compact).map_err(|_| not_a_picture())?;
    let format = format(&bytes).ok_or_else(not_a_picture)?;
    let reader = ImageReader::with_format(Cursor::new(&bytes), format);
    let (width, height) = reader.into_dimensions().map_err(|_| not_a_picture())?;
    if bytes.len() > BYTES || u64::from(width) * u64::from(height) > PIXELS {
        return Err(too_large());
    }
    if mime(format) != content.r#type {
        return Err(Error::invalid(
            "The image MIME type is not valid or not supported.",
        ));
    }
    let forbidden = |c: char| "/?*:\";<>()|{}\\".contains(c);
    if content.name.is_empty() || content.name.contains(forbidden) {
        return Err(Error::invalid(
            "Provided image name contains forbidden characters.",
        ));
    }
    Ok(Bytes::from(bytes))
}

fn too_large() -> Error {
    Error::invalid("The image is too large. The most are %1 megabytes and %2 megapixels.")
        .with_next((BYTES >> 20) as i64)
        .with_next((PIXELS / 1_000_000) as i64)
}

/// The format that the first bytes tell, if it is one that is let in.
fn format(bytes: &[u8]) -> Option<ImageFormat> {
    let format = image::guess_format(bytes).ok()?;
    (!mime(format).is_empty()).then_some(format)
}

fn mime(format: ImageFormat) -> &'static str {
    match format {
        ImageFormat::Jpeg => "image/jpeg",
        ImageFormat::Gif => "image/gif",
        ImageFormat::Png => "image/png",
        ImageFormat::WebP => "image/webp",
        _ => "",
    }
}

/// The MIME type of a stored file.
pub(crate) fn mime_of(bytes: &[u8]) -> &'static str {
    format(bytes).map_or("application/octet-stream", mime)
}

/// Where a picture of this name goes, below the pictures of products: `/f/r/front.png`.
///
/// # Errors
/// The extension is none of a picture, or the name is too long.
pub(crate) fn file(content: &ImageContent) -> Result<String> {
    let mut name = content.name.clone();
    if extension(&name).is_empty() {
        name.push('.');
        name.push_str(match content.r#type.as_str() {
            "image/jpeg" => "jpg",
            other => other.strip_prefix("image/").unwrap_or_default(),
        });
    }
    let name = correct(&name);
    if !EXTENSIONS.contains(&extension(&name).to_ascii_lowercase().as_str()) {
        return Err(Error::invalid(
            "The image type for the file is invalid. Enter the correct image type and try again.",
        ));
    }
    if name.len() > NAME {
        return Err(Error::invalid(
            "Filename is too long; must be 90 characters or less",
        ));
    }
    let mut file = String::new();
    for c in name.chars().take(2) {
        file.push('/');
        file.push(if c == '.' { '_' } else { c });
    }
    file.push('/');
    file.push_str(&name);
    Ok(file)
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// Runs of anything but ASCII letters, digits, `_`, `-` and `.` become one `_`; a name of nothing else is `file`.
fn correct(name: &str) -> String {
    let mut out = String::new();
    let mut gap = false;
    for c in name.chars() {
        let kept = c.is_ascii_alphanumeric() || "_-.".contains(c);
        if kept {
            out.push(c);
        } else if !gap {
            out.push('_');
        }
        gap = !kept;
    }
    match out.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && stem.bytes().all(|byte| byte == b'_') => {
            format!("file.{extension}")
        }
        _ => out,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC";

    fn content(data: &str, mime: &str, name: &str) -> ImageContent {
        ImageContent {
            base64_encoded_data: data.to_owned(),
            r#type: mime.to_owned(),
            name: name.to_owned(),
        }
    }

    fn refusal(data: &str, mime: &str, name: &str) -> String {
        check(&content(data, mime, name)).unwrap_err().to_string()
    }

    #[test]
    fn a_picture_is_what_its_bytes_say() {
        assert_eq!(check(&content(PNG, "image/png", "a.png")).unwrap().len(), 75);
        let lines = format!("{}\r\n{}", &PNG[..20], &PNG[20..]);
        assert!(check(&content(&lines, "image/png", "a.png")).is_ok());
        let base64 = "The image content must be valid base64 encoded data.";
        for data in [
            "",
            "!!!",
            "bm90IGEgcGljdHVyZQ==",
            "data:image/png;base64,iVBORw0KGgo=",
        ] {
            assert_eq!(refusal(data, "image/png", "a.png"), base64, "{data}");
        }
        let svg = BASE64.encode("<svg xmlns='http://www.w3.org/2000/svg'/>");
        assert_eq!(refusal(&svg, "image/svg+xml", "a.svg"), base64);
        let mime = "The image MIME type is not valid or not supported.";
        for lie in ["text/plain", "image/jpeg", "image/jpg", ""] {
            assert_eq!(refusal(PNG, lie, "a.png"), mime, "{lie}");
        }
    }

    #[test]
    fn a_huge_picture_is_refused_from_its_header() {
        let mut bytes = BASE64.decode(PNG).unwrap();
        // Width and height stand in the first chunk, whose check sum follows them.
        bytes[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
        let sum = crc(&bytes[12..29]).to_be_bytes();
        bytes[29..33].copy_from_slice(&sum);
        let told = refusal(&BASE64.encode(&bytes), "image/png", "a.png");
        assert!(told.starts_with("The image is too large."), "{told}");
        let long = "A".repeat(BYTES / 3 * 4 + 100);
        assert!(refusal(&long, "image/png", "a.png").starts_with("The image is too large."));
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
            })
        })
    }

    #[test]
    fn names_are_refused_or_corrected() {
        let forbidden = "Provided image name contains forbidden characters.";
        for name in ["a/b?.png", "../a.png", "a\\b.png", "", "a:b.png", "a(1).png"] {
            assert_eq!(refusal(PNG, "image/png", name), forbidden, "{name}");
        }
        let place = |name: &str| file(&content(PNG, "image/png", name)).unwrap();
        assert_eq!(place("front.png"), "/f/r/front.png");
        assert_eq!(place("My Picture é.PNG"), "/M/y/My_Picture_.PNG");
        assert_eq!(place(".a.png"), "/_/a/.a.png");
        assert_eq!(place("a"), "/a/_/a.png");
        assert_eq!(place("日本.png"), "/f/i/file.png");
        assert!(file(&content(PNG, "image/png", "shell.php")).is_err());
        assert!(file(&content(PNG, "image/png", &format!("{}.png", "x".repeat(90)))).is_err());
    }
}

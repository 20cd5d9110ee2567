//! The page as one file that needs no server: opened from a folder, a stick or a mail.
//!
//! Browsers let a page from `file:` read no other file, so everything stands in the page itself.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value as Json, json};

use super::files::Assets;
use super::page::{Page, PageError, with_boot};
use super::policy;

/// The page as one HTML file.
///
/// # Errors
/// [`PageError::Assets`] when the built page names a script or style that is not there.
pub fn single_file(page: &Page, assets: &Assets) -> Result<String, PageError> {
    let mut inline = Map::new();
    for (name, bytes) in &page.named {
        let content = match serde_json::from_slice(bytes) {
            Ok(document) if name.ends_with(".json") => document,
            _ => json!(BASE64_STANDARD.encode(bytes)),
        };
        inline.insert(name.clone(), content);
    }
    let mut boot = page.boot.clone();
    if let Json::Object(boot) = &mut boot {
        boot.insert("inline".to_owned(), Json::Object(inline));
    }
    let (index, scripts) = inlined(&assets.index, assets, SCRIPT)?;
    let (index, styles) = inlined(&index, assets, STYLE)?;
    with_boot(&index, &boot, &policy::of_single(&scripts, &styles))
}

/// An element that names a file, and the one that holds it.
struct Element {
    starts: &'static str,
    attribute: &'static str,
    ends: &'static str,
    opens: &'static str,
    closes: &'static str,
}

const SCRIPT: Element = Element {
    starts: "<script type=\"module\"",
    attribute: "src=\"./",
    ends: "</script>",
    opens: "<script type=\"module\">",
    closes: "</script>",
};

const STYLE: Element = Element {
    starts: "<link rel=\"stylesheet\"",
    attribute: "href=\"./",
    ends: ">",
    opens: "<style>",
    closes: "</style>",
};

/// The page with the named files in it, and what they hold.
fn inlined(
    index: &str,
    assets: &Assets,
    element: Element,
) -> Result<(String, Vec<String>), PageError> {
    let missing = || PageError::Assets("script or style that it names");
    let (mut page, mut rest, mut contents) = (String::new(), index, Vec::new());
    while let Some((before, found)) = rest.split_once(element.starts) {
        let end = found.find(element.ends).ok_or_else(missing)?;
        let (tag, after) = found.split_at(end);
        let (_, name) = tag.split_once(element.attribute).ok_or_else(missing)?;
        let (name, _) = name.split_once('"').ok_or_else(missing)?;
        let content = assets.files.get(name).ok_or_else(missing)?;
        // In a string or an expression of the script the backslash changes nothing.
        let content = String::from_utf8(content.clone())
            .map_err(|_| missing())?
            .replace("\r\n", "\n")
            .replace("</script", "<\\/script");
        page.push_str(before);
        page.push_str(element.opens);
        page.push_str(&content);
        page.push_str(element.closes);
        contents.push(content);
        rest = after.get(element.ends.len()..).unwrap_or_default();
    }
    page.push_str(rest);
    Ok((page, contents))
}

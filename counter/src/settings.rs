//! Settings of one terminal: where the store, the pack and the printer are.
//!
//! One file, `settings.toml`, in the terminal's folder (`KAKANAI_HOME`, else `$XDG_DATA_HOME/kakanai`, else
//! `~/.local/share/kakanai`). Every key may be missing. Nothing of a resident ever stands here.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use kakanai_forms::Placement;
use kakanai_hardware::print::PrinterUri;
use serde::Deserialize;

/// Packs that the package installs.
const INSTALLED_PACK: &str = "/usr/share/kakanai/packs/mihon-city";
/// The print service of the machine itself.
const LOCAL_CUPS: &str = "ipp://localhost:631/";

/// Settings of one terminal.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Folder of the store.
    pub store: PathBuf,
    /// Rule pack: folder or compiled file.
    pub pack: PathBuf,
    /// The printer's address, `ipp://…`; empty = none yet.
    pub printer: String,
    /// Further printers, and what one of them, the first included, needs.
    pub printers: Vec<PrinterSetting>,
    /// Where the print service of this machine lists its queues; empty = not asked.
    pub cups: String,
    /// Name of the card reader; `None` = the one with a card.
    pub reader: Option<String>,
    /// The handheld scanner on a serial line: its port, `usb:VVVV:PPPP`, or `none`; `None` = the one that is found.
    pub scanner: Option<String>,
    /// Folders with fonts, instead of the ones that the packages install.
    pub fonts: Option<Vec<PathBuf>>,
    /// Folder with fonts of the municipality's own.
    pub own_fonts: Option<PathBuf>,
    /// Sample residents and virtual devices: every screen says so.
    pub demo: bool,
    /// The day at the counter, instead of today; for the demo.
    pub on: Option<Date>,
    /// Letter of this counter, first part of reception numbers.
    pub counter: char,
    /// Folder of the hand-over files (引き渡しファイル); `None` = this terminal hands nothing over.
    pub handover: Option<PathBuf>,
    /// A card that is laid on the reader while a document is awaited is asked for its PIN without a key.
    pub auto_read: bool,
    /// Minutes without a key or a touch until the windows lock; 0 = never.
    pub lock_minutes: u32,
    /// Visible width of the display with the staff window, in millimetres; `None` = what the system says.
    pub staff_display_mm: Option<u32>,
    /// The same of the display with the resident's window.
    pub resident_display_mm: Option<u32>,
}

/// Minutes until the windows lock, unless the settings say otherwise.
const LOCK_MINUTES: u32 = 10;

/// One printer and how it sets what it prints.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrinterSetting {
    /// Its address, `ipp://…`.
    pub uri: String,
    /// What the clerks call it.
    #[serde(default)]
    pub name: String,
    /// Moves every page to the right, in millimetres.
    #[serde(default)]
    pub dx: f32,
    /// Moves every page down, in millimetres.
    #[serde(default)]
    pub dy: f32,
    /// Enlarges every page from its top left corner.
    #[serde(default = "original_size")]
    pub scale: f32,
}

fn original_size() -> f32 {
    1.0
}

/// Largest offset of a printer, in millimetres; what is more is a mistake.
const OFFSET_MAX: f32 = 20.0;
/// Smallest and largest scale.
const SCALES: std::ops::RangeInclusive<f32> = 0.9..=1.1;

/// Why the settings cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// Neither `KAKANAI_HOME` nor a home folder is set.
    #[error("there is no folder for settings: set KAKANAI_HOME")]
    NoHome,
    /// The file cannot be read.
    #[error("settings.toml cannot be read")]
    Io(#[source] std::io::Error),
    /// The file is not as it should be.
    #[error("settings.toml, line {line}: {expected}")]
    Syntax {
        /// Line from 1.
        line: usize,
        /// What is expected.
        expected: String,
    },
}

impl SettingsError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            SettingsError::NoHome => "settings-no-home",
            SettingsError::Io(_) => "settings-io",
            SettingsError::Syntax { .. } => "settings-syntax",
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct File {
    store: Option<PathBuf>,
    pack: Option<PathBuf>,
    printer: String,
    printers: Vec<PrinterSetting>,
    cups: Option<String>,
    reader: Option<String>,
    scanner: Option<String>,
    fonts: Option<Vec<PathBuf>>,
    own_fonts: Option<PathBuf>,
    demo: bool,
    on: Option<String>,
    counter: Option<char>,
    handover: Option<PathBuf>,
    auto_read: Option<bool>,
    lock_minutes: Option<u32>,
    staff_display_mm: Option<u32>,
    resident_display_mm: Option<u32>,
}

impl Settings {
    /// The settings of this terminal.
    ///
    /// # Errors
    /// [`SettingsError`]; a missing file is none.
    pub fn load() -> Result<Settings, SettingsError> {
        Settings::read(&home()?)
    }

    /// What stands in for settings that cannot be read: nothing can be opened with it.
    pub(crate) fn none() -> Settings {
        Settings {
            store: PathBuf::new(),
            pack: PathBuf::new(),
            printer: String::new(),
            printers: Vec::new(),
            cups: String::new(),
            reader: None,
            scanner: None,
            fonts: None,
            own_fonts: None,
            demo: false,
            on: None,
            counter: 'A',
            handover: None,
            auto_read: true,
            lock_minutes: LOCK_MINUTES,
            staff_display_mm: None,
            resident_display_mm: None,
        }
    }

    /// The settings in `home`; relative paths start there.
    ///
    /// # Errors
    /// As [`Settings::load`].
    pub fn read(home: &Path) -> Result<Settings, SettingsError> {
        let file = home.join("settings.toml");
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(SettingsError::Io(error)),
        };
        let syntax = |line: usize, expected: &str| SettingsError::Syntax {
            line,
            expected: expected.to_owned(),
        };
        let file: File = toml::from_str(&text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            syntax(before.matches('\n').count() + 1, error.message())
        })?;
        let on = file
            .on
            .map(|day| day.parse().map_err(|_| syntax(0, "on = \"YYYY-MM-DD\"")))
            .transpose()?;
        let usable = |printer: &PrinterSetting| {
            printer.uri.parse::<PrinterUri>().is_ok()
                && [printer.dx, printer.dy].iter().all(|offset| offset.abs() <= OFFSET_MAX)
                && SCALES.contains(&printer.scale)
        };
        if !file.printers.iter().all(usable) {
            let expected = "printers: uri = \"ipp://…\", dx and dy within 20 mm, scale 0.9 to 1.1";
            return Err(syntax(0, expected));
        }
        Ok(Settings {
            store: home.join(file.store.unwrap_or_else(|| PathBuf::from("store"))),
            pack: file.pack.map_or_else(|| PathBuf::from(INSTALLED_PACK), |pack| home.join(pack)),
            printer: file.printer,
            printers: file.printers,
            cups: file.cups.unwrap_or_else(|| LOCAL_CUPS.to_owned()),
            reader: file.reader,
            scanner: file.scanner,
            fonts: file.fonts,
            own_fonts: file.own_fonts.map(|folder| home.join(folder)),
            demo: file.demo,
            on,
            counter: file.counter.unwrap_or('A'),
            handover: file.handover.map(|folder| home.join(folder)),
            auto_read: file.auto_read.unwrap_or(true),
            lock_minutes: file.lock_minutes.unwrap_or(LOCK_MINUTES),
            staff_display_mm: file.staff_display_mm,
            resident_display_mm: file.resident_display_mm,
        })
    }
}

impl Settings {
    /// Every printer that the settings name with what the clerks call it, the usual one first.
    pub fn named_printers(&self) -> Vec<(String, String)> {
        let mut named: Vec<(String, String)> = Vec::new();
        let usual = Some(&self.printer).filter(|uri| !uri.is_empty());
        for uri in usual.into_iter().chain(self.printers.iter().map(|printer| &printer.uri)) {
            if !named.iter().any(|(known, _)| known == uri) {
                let name = self.setting(uri).map(|setting| setting.name.clone());
                named.push((uri.clone(), name.unwrap_or_default()));
            }
        }
        named
    }

    /// How a printer has to be set off.
    pub fn placement(&self, uri: &str) -> Placement {
        self.setting(uri).map_or_else(Placement::default, |setting| {
            let PrinterSetting { dx, dy, scale, .. } = *setting;
            Placement { dx, dy, scale }
        })
    }

    fn setting(&self, uri: &str) -> Option<&PrinterSetting> {
        self.printers.iter().find(|printer| printer.uri == uri)
    }
}

fn home() -> Result<PathBuf, SettingsError> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("KAKANAI_HOME")
        .or_else(|| set("XDG_DATA_HOME").map(|data| data.join("kakanai")))
        .or_else(|| set("HOME").map(|home| home.join(".local/share/kakanai")))
        .ok_or(SettingsError::NoHome)
}

/// Japan Standard Time: no daylight saving, so no time zone table is needed.
fn japan() -> TimeZone {
    TimeZone::fixed(Offset::constant(9))
}

/// Today in Japan.
pub fn today() -> Date {
    Timestamp::now().to_zoned(japan()).date()
}

/// The day of a moment, Japan time.
pub(crate) fn local_day(at: Timestamp) -> Date {
    at.to_zoned(japan()).date()
}

/// A moment as screens show it: `2026-11-20 10:42`, Japan time.
pub fn local_time(at: Timestamp) -> String {
    at.to_zoned(japan()).strftime("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_gives_defaults_and_a_wrong_one_names_the_line() {
        let home = tempfile::tempdir().unwrap();
        let settings = Settings::read(home.path()).unwrap();
        assert_eq!(settings.store, home.path().join("store"));
        assert!(!settings.demo && settings.auto_read && settings.lock_minutes == 10);
        for (text, line) in
            [("demo = true\nprnter = \"x\"\n", 2), ("demo = 1\n", 1), ("on = \"x\"", 0)]
        {
            std::fs::write(home.path().join("settings.toml"), text).unwrap();
            match Settings::read(home.path()).unwrap_err() {
                SettingsError::Syntax { line: found, .. } => assert_eq!(found, line, "{text}"),
                other => panic!("{other}"),
            }
        }
    }

    #[test]
    fn a_printer_keeps_its_offset_and_a_wild_one_is_a_mistake() {
        let home = tempfile::tempdir().unwrap();
        let read = |text: &str| {
            std::fs::write(home.path().join("settings.toml"), text).unwrap();
            Settings::read(home.path())
        };
        let settings = read(
            "printer = \"ipp://a/\"\n[[printers]]\nuri = \"ipp://a/\"\nname = \"窓口\"\ndx = 0.5\n\
             [[printers]]\nuri = \"ipp://b/\"\nscale = 0.98\n",
        )
        .unwrap();
        let names = [("ipp://a/", "窓口"), ("ipp://b/", "")];
        let names = names.map(|(uri, name)| (uri.to_owned(), name.to_owned()));
        assert_eq!(settings.named_printers(), names);
        assert_eq!(settings.placement("ipp://a/"), Placement { dx: 0.5, dy: 0.0, scale: 1.0 });
        assert_eq!(settings.placement("ipp://b/"), Placement { dx: 0.0, dy: 0.0, scale: 0.98 });
        assert_eq!(settings.placement("ipp://c/"), Placement::default());
        for wild in [
            "uri = \"http://a/\"",
            "uri = \"ipp://a/\"\ndx = 21.0",
            "uri = \"ipp://a/\"\nscale = 2.0",
        ] {
            assert_eq!(
                read(&format!("[[printers]]\n{wild}\n")).unwrap_err().code(),
                "settings-syntax"
            );
        }
    }

    #[test]
    fn times_are_shown_in_japan() {
        let at: Timestamp = "2026-11-19T15:30:00Z".parse().unwrap();
        assert_eq!(local_time(at), "2026-11-20 00:30");
    }
}

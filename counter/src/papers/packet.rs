//! The packet of a case: its papers in order, what lies apart from it, and what keeps papers from being made.

use kakanai_forms::{FontSet, LayoutError, Paper, Placement, Refusal, packet_pdf_for};

use super::fields::Origin;
use super::{CHECK, DISCREET, PaperError, TENKI};
use crate::characters::Finding;

/// One paper.
pub struct PacketPaper {
    /// Key within the case: form id, and for a paper of one person `form/person`.
    pub id: String,
    /// Form id.
    pub form: String,
    /// Title in the language of the screen.
    pub title: String,
    /// The people it is for.
    pub people: Vec<String>,
    /// Places that have to be signed, as law, ordinance or habit ask.
    pub signatures: usize,
    /// Where its paper lies (IPP `media-source`), if the form says so.
    pub tray: Option<String>,
    /// What its fields come from, in their order, each once: what can be corrected. Nothing private.
    pub origins: Vec<Origin>,
    /// The laid-out paper.
    pub paper: Paper,
}

/// All papers of a case.
#[derive(Default)]
pub struct Packet {
    /// The packet: forms in the order of the counters, then fees, counters, and the list to keep.
    pub papers: Vec<PacketPaper>,
    /// Papers that are printed by themselves and lie in no packet: what may be wished for, what the office keeps,
    /// what is discreet.
    pub apart: Vec<PacketPaper>,
    /// Findings that keep other papers from being made.
    pub refusals: Vec<Refusal>,
    /// Places with characters no font has, settled or not.
    pub findings: Vec<Finding>,
}

pub(super) fn sheet_paper(id: &str, title: String, paper: Paper) -> PacketPaper {
    let people = paper.people.clone();
    PacketPaper {
        id: id.to_owned(),
        form: id.to_owned(),
        title,
        people,
        signatures: 0,
        tray: None,
        origins: Vec::new(),
        paper,
    }
}

impl Packet {
    /// Puts a sheet into the packet.
    pub(super) fn add(
        &mut self,
        id: &str,
        title: &str,
        made: Result<Paper, LayoutError>,
    ) -> Result<(), PaperError> {
        let paper = self.taken(made)?;
        self.papers.extend(paper.map(|paper| sheet_paper(id, title.to_owned(), paper)));
        Ok(())
    }

    /// Puts a sheet beside the packet.
    pub(super) fn put_apart(
        &mut self,
        id: &str,
        title: &str,
        made: Result<Paper, LayoutError>,
    ) -> Result<(), PaperError> {
        let paper = self.taken(made)?;
        self.apart.extend(paper.map(|paper| sheet_paper(id, title.to_owned(), paper)));
        Ok(())
    }

    pub(super) fn taken(
        &mut self,
        made: Result<Paper, LayoutError>,
    ) -> Result<Option<Paper>, PaperError> {
        match made {
            Ok(paper) => Ok(Some(paper)),
            Err(LayoutError::Refused(refusals)) => {
                self.refusals.extend(refusals.0);
                Ok(None)
            }
            Err(LayoutError::Font(error)) => Err(PaperError::Fonts(error)),
            Err(LayoutError::Blank(error)) => Err(PaperError::Blank(error)),
        }
    }

    /// Whether nothing was made and nothing refused.
    pub fn is_empty(&self) -> bool {
        self.papers.is_empty() && self.apart.is_empty() && self.refusals.is_empty()
    }

    /// What every screen may tell of: the packet and what may be wished for, without the office's own and what is
    /// for one pair of eyes.
    pub(crate) fn for_all_eyes(&self) -> impl Iterator<Item = &PacketPaper> {
        let wished = |paper: &&PacketPaper| ![CHECK, TENKI, DISCREET].contains(&&*paper.form);
        self.papers.iter().chain(self.apart.iter().filter(wished))
    }

    /// Any paper, of the packet or apart from it.
    pub fn paper(&self, id: &str) -> Option<&PacketPaper> {
        self.papers.iter().chain(&self.apart).find(|paper| paper.id == id)
    }

    /// Puts a word across every page of every paper: nothing of it is a real paper.
    ///
    /// # Errors
    /// [`PaperError::Fonts`].
    pub(crate) fn watermark(&mut self, word: &str, fonts: &FontSet) -> Result<(), PaperError> {
        for paper in self.papers.iter_mut().chain(&mut self.apart) {
            kakanai_forms::watermark(&mut paper.paper, word, fonts).map_err(PaperError::Fonts)?;
        }
        Ok(())
    }

    /// One PDF of the papers with these keys, or of the packet when there are none, in order.
    ///
    /// # Errors
    /// [`PaperError::Pdf`].
    pub fn pdf(&self, keys: &[String], fonts: &FontSet) -> Result<Vec<u8>, PaperError> {
        let papers: Vec<Paper> = if keys.is_empty() {
            self.papers.iter().map(|paper| paper.paper.clone()).collect()
        } else {
            let all = self.papers.iter().chain(&self.apart);
            all.filter(|paper| keys.contains(&paper.id)).map(|paper| paper.paper.clone()).collect()
        };
        self.pdf_of(&papers, fonts, Placement::default())
    }

    /// One PDF of these papers or parts of them, set off for one printer.
    pub(crate) fn pdf_of(
        &self,
        papers: &[Paper],
        fonts: &FontSet,
        placement: Placement,
    ) -> Result<Vec<u8>, PaperError> {
        Ok(packet_pdf_for(papers, "kakanai", fonts, placement)?)
    }
}

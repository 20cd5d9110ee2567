//! Writes the sample papers of みほん市, filled with their samples, to a folder: PDF and SVG of each, one
//! packet and the guide sheet. `cargo run -p kakanai-forms --example samples -- OUTDIR`

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use kakanai_forms::{
    FontSet, GuideLine, GuideSheet, Paper, Sample, Settlements, Template, guide_paper, lay_out,
    packet_pdf, page_svg, paper_pdf,
};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(std::env::args().nth(1).ok_or("usage: samples OUTDIR")?);
    fs::create_dir_all(&out)?;
    let fonts = FontSet::debian()?;
    let forms = Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs/mihon-city/forms");
    let mut packet = Vec::new();
    for form in sorted(&forms)? {
        let file = form.join("form.toml");
        let template = Template::parse(&fs::read_to_string(&file)?, &file.to_string_lossy())?;
        for sample in sorted(&form.join("samples"))? {
            let values = Sample::parse(&fs::read_to_string(&sample)?, &sample.to_string_lossy())?;
            let papers = lay_out(&template, &values, &fonts, &Settlements::default())?;
            let stem = sample.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            for (number, paper) in (1..).zip(&papers) {
                write(&out, &format!("{}-{stem}-{number}", template.id), paper, &fonts)?;
            }
            packet.extend(papers);
        }
    }
    let guide = guide_paper(&guide()?, &fonts)?;
    write(&out, "guide", &guide, &fonts)?;
    packet.push(guide);
    fs::write(out.join("packet.pdf"), packet_pdf(&packet, "手続き一式", &fonts)?)?;
    Ok(())
}

fn write(out: &Path, name: &str, paper: &Paper, fonts: &FontSet) -> Result<(), Box<dyn Error>> {
    fs::write(out.join(format!("{name}.pdf")), paper_pdf(paper, fonts)?)?;
    for (number, page) in (1..).zip(&paper.pages) {
        fs::write(out.join(format!("{name}-{number}.svg")), page_svg(page, fonts)?)?;
    }
    Ok(())
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut entries = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()?;
    entries.sort();
    Ok(entries)
}

fn guide() -> Result<GuideSheet, Box<dyn Error>> {
    let line = |procedure: &str, for_whom: &str, office: &str| GuideLine {
        procedure: procedure.to_owned(),
        for_whom: for_whom.to_owned(),
        office: office.to_owned(),
        deadline: None,
        bring: Vec::new(),
        note: None,
    };
    let things = |things: &[&str]| things.iter().map(|thing| (*thing).to_owned()).collect();
    Ok(GuideSheet {
        title: "手続きのご案内".to_owned(),
        municipality: "みほん市役所".to_owned(),
        today: "2026-10-08".parse()?,
        household: 4,
        done: vec![
            line("転入届", "ご家族全員", "市民課"),
            line("国民健康保険に入る届", "大王　花子さん", "市民課"),
            line("マイナンバーカードの継続利用", "大王　花子さん、見本　太郎さん", "市民課"),
        ],
        later: vec![
            GuideLine {
                deadline: Some("10月16日（金）まで".to_owned()),
                bring: things(&[
                    "振込先の通帳かキャッシュカード（ご本人の名義）",
                    "マイナンバーが分かるもの（ご夫婦お二人分）",
                ]),
                note: Some("遅れると、受け取れない月が出ることがあります。".to_owned()),
                ..line("児童手当の請求", "大王　花子さん", "こども課　2階12番窓口")
            },
            GuideLine {
                deadline: Some("転校する日まで".to_owned()),
                bring: things(&["在学証明書", "教科書給与証明書"]),
                ..line(
                    "小学校の転校",
                    "見本　葛\u{E0100}葉さん",
                    "教育委員会　学校教育課　3階31番窓口",
                )
            },
            GuideLine {
                deadline: Some("11月2日（月）まで".to_owned()),
                bring: things(&["犬の鑑札", "狂犬病の注射済票"]),
                ..line("飼い犬の登録変更", "", "環境課　1階8番窓口")
            },
        ],
        may: vec![GuideLine {
            note: Some("健康保険の資格が分かるものをお持ちください。".to_owned()),
            ..line("子ども医療費の助成", "お子さん", "こども課　2階13番窓口")
        }],
    })
}

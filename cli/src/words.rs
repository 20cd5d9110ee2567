//! Error codes in plain Japanese: what happened, and what to do next.

use kakanai_authoring::BlankWarning;

/// The sentence and the hint of a code.
pub fn error(code: &str) -> (&'static str, &'static str) {
    match code {
        "no-reader" => (
            "カードリーダーが見つかりません。",
            "カードリーダーをつないで、もう一度お試しください。",
        ),
        "no-card" => ("カードがありません。", "カードをリーダーに置いてください。"),
        "card-removed" => (
            "読み取りの途中でカードが離れました。",
            "カードを置き直し、残り回数を確かめてから読み取ってください。暗証番号は送り直していません。",
        ),
        "unknown-card" => ("このカードは読み取れません。", "マイナンバーカードを置いてください。"),
        "pin-wrong" => ("暗証番号が違います。", "残り回数を確かめてください。"),
        "pin-blocked" => (
            "暗証番号がロックされているか、暗証番号のないカード（顔認証）です。",
            "券面の照合番号B（--code-b-stdin）か、入力で続けられます。再設定はカードの窓口で受けてください。",
        ),
        "pin-last-try" => (
            "暗証番号の入力は、あと1回です。",
            "ご本人が使うと決めたときだけ --yes-last-try を付けてください。",
        ),
        "pin-format" => {
            ("暗証番号は数字4けたです。", "カードには送っていません。入力し直してください。")
        }
        "pin-none" => (
            "このカードには暗証番号がありません（顔認証マイナンバーカード）。",
            "券面の照合番号B（--code-b-stdin）か、入力で続けてください。",
        ),
        "code-b-wrong" => (
            "照合番号Bが違います。",
            "生年月日6けた（和暦）、有効期限の西暦4けた、セキュリティコード4けたを券面で確かめてください。",
        ),
        "code-b-blocked" => {
            ("照合番号Bがロックされています。", "暗証番号か、入力で続けてください。")
        }
        "code-b-last-try" => (
            "照合番号Bの入力は、あと1回です。",
            "使うと決めたときだけ --yes-last-try を付けてください。",
        ),
        "code-b-format" => (
            "照合番号Bは数字14けたです（生年月日6けた、有効期限の西暦4けた、セキュリティコード4けた）。",
            "カードには送っていません。入力し直してください。",
        ),
        "malformed" => {
            ("カードの内容を読み取れません。", "別のカードかを確かめ、入力で続けてください。")
        }
        "reader-busy" => (
            "カードリーダーを別のソフトが使っています。",
            "そのソフトを閉じて、もう一度お試しください。",
        ),
        "service-unavailable" => (
            "カードの読み取りサービス（PC/SC）が動いていません。",
            "pcscd を起動してください。カードなしでも手続きを続けられます。",
        ),
        "timeout" => {
            ("カードから返事がありません。", "残り回数を確かめてから、もう一度お試しください。")
        }
        "image-unreadable" => {
            ("画像ファイルを開けません。", "ファイルの名前と、読み取りの権限を確かめてください。")
        }
        "image-unknown" => {
            ("画像ファイルではありません。", "PNG、JPEG、PGMの画像を指定してください。")
        }
        "image-too-large" => {
            ("画像が大きすぎます。", "3,600万画素、32MBまでの画像にしてください。")
        }
        "image-damaged" => {
            ("画像ファイルが壊れています。", "もう一度撮影するか、保存し直してください。")
        }
        "printer-uri" => (
            "プリンターのアドレスが正しくありません。",
            "ipp://名前/ipp/print の形で指定してください。",
        ),
        "printer-unreachable" => (
            "プリンターにつながりません。",
            "電源とネットワークを確かめてください。書類は残っているので、もう一度印刷できます。",
        ),
        "printer-no-answer" => (
            "プリンターから返事がありません。",
            "プリンターを確かめるか、別のプリンターを選んでください。",
        ),
        "printer-refused-format" => {
            ("このプリンターはPDFを受け付けません。", "CUPSの印刷キューを通してください。")
        }
        "printer-refused-media" => (
            "プリンターに、その大きさの用紙がありません。",
            "details の media の用紙を入れるか、別のプリンターを指定してください。まだ何も送っていません。",
        ),
        "printer-refused-tray" => (
            "プリンターに、その給紙トレイがありません。",
            "details の tray を、様式とプリンターで確かめてください。まだ何も送っていません。",
        ),
        "printer-unknown" => (
            "そのプリンターは、この端末の一覧にありません。",
            "kakanai printers で確かめてください。",
        ),
        "no-printer" => (
            "プリンターが設定されていません。",
            "settings.toml の printer にアドレスを書いてください。",
        ),
        "key-private" => (
            "これは秘密鍵です。ページには公開鍵を入れます。",
            "公開鍵のファイルを指定してください。秘密鍵はだれにも渡さないでください。",
        ),
        "key-public" => {
            ("これは公開鍵です。ここでは秘密鍵が要ります。", "秘密鍵のファイルを指定してください。")
        }
        "key-purpose" => (
            "この鍵は事前入力用ではありません。",
            "事前入力用に作った公開鍵のファイルを指定してください。",
        ),
        "page-size-unknown" => (
            "その大きさの紙には印刷できません。",
            "details の form の様式の大きさを確かめてください。",
        ),
        "nothing-to-settle" => (
            "その欄には、扱いを決める文字がありません。",
            "印刷できない欄は、kakanai case print の details で分かります。",
        ),
        "no-base-form" => (
            "その文字には、近い形の字もありません。",
            "--by-hand、--substitute、--not-printed のどれかにしてください。",
        ),
        "substitute-form" => (
            "印刷する文字が空か、長すぎるか、改行が入っています。",
            "--substitute に、200文字までの1行を指定してください。",
        ),
        "substitute-missing" => (
            "印刷する文字にも、どの書体にもない文字があります。",
            "details の character の文字を、別の文字にしてください。",
        ),
        "printer-not-accepting" => {
            ("プリンターが受け付けを止めています。", "プリンターの表示を確かめてください。")
        }
        "job-aborted" => (
            "プリンターが印刷を中止しました。",
            "プリンターの表示を確かめて、もう一度印刷してください。",
        ),
        "job-canceled" => {
            ("印刷を取り消しました。", "書類は残っているので、もう一度印刷できます。")
        }
        "printer-refused" => (
            "プリンターが書類を受け付けませんでした。",
            "プリンターの表示を確かめて、もう一度印刷してください。",
        ),
        "printer-protocol" => (
            "そのアドレスのものは、IPPのプリンターではありません。",
            "--printer のアドレスを確かめてください。",
        ),
        "job-not-found" => (
            "プリンターが、送った印刷を見失いました。",
            "出た紙の枚数を確かめ、足りなければもう一度印刷してください。",
        ),
        "job-name" => {
            ("印刷の名前に使えない文字があります。", "コードを添えて管理者に連絡してください。")
        }
        "paper-refused" => (
            "印刷できない書類があります。",
            "details の項目を確かめてください。ほかの書類は作りました。",
        ),
        "handover-refused" => (
            "引き渡しファイルを作れない値があります。ファイルは1つも作っていません。",
            "details の項目を直すか、担当課に紙で渡してください。",
        ),
        "handover-newer" => (
            "引き渡し先に、この受付のもっと新しいファイルがあります。",
            "新しいほうを使ってください。",
        ),
        "handover-differs" => (
            "引き渡し先に、同じ版で内容の違うファイルがあります。",
            "どちらが正しいかを確かめ、要らないほうのフォルダーを移してください。",
        ),
        "handover-other-case" => (
            "引き渡し先に、同じ名前の別のフォルダーがあります。",
            "そのフォルダーを移すか、別の場所を指定してください。",
        ),
        "no-handover-folder" => (
            "引き渡しファイルの置き場所が決まっていません。",
            "settings.toml の handover か --out で指定してください。",
        ),
        "pack-no-handover" => (
            "この手続きデータには、引き渡しファイルの決まりがありません。",
            "handover_files と handover の表を加えてください。",
        ),
        "fonts-missing" | "font-not-found" => {
            ("文字のフォントが見つかりません。", "フォントのパッケージを入れてください。")
        }
        "font-unreadable" | "font-malformed" | "font-subset" => {
            ("フォントのファイルが壊れています。", "フォントのパッケージを入れ直してください。")
        }
        "font-not-embeddable" => (
            "PDFに入れることが許されていないフォントです。",
            "設定の own_fonts から、そのフォントを外してください。",
        ),
        "glyph-missing" => (
            "フォントに、印刷する文字の形がありません。",
            "フォントのパッケージを入れ直してください。",
        ),
        "pdf-writer" => ("PDFを作れませんでした。", "コードを添えて管理者に連絡してください。"),
        "form-unknown" => ("その様式はありません。", "様式の名前を確かめてください。"),
        "blank-unreadable" => {
            ("PDFファイルを開けません。", "ファイルの場所と、読む権限を確かめてください。")
        }
        "blank-not-pdf" => (
            "PDFではありません。",
            "ExcelやWordで「PDFとして保存」したファイルを指定してください。",
        ),
        "blank-damaged" => (
            "PDFが途中で切れているか、壊れています。",
            "元のExcelやWordから、もう一度PDFとして保存してください。",
        ),
        "blank-encrypted" => (
            "パスワードがないと開けないPDFです。",
            "パスワードを付けずに、もう一度PDFとして保存してください。",
        ),
        "blank-no-page" => (
            "PDFにそのページはありません。",
            "--page の番号を確かめてください。1ページ目は 1 です。",
        ),
        "blank-too-large" => (
            "PDFが大きすぎます。",
            "様式のページだけを、写真を減らしてPDFとして保存し直してください。",
        ),
        "blank-page-size" => (
            "PDFのページの大きさが紙の大きさではありません。",
            "A4かA3の紙で、PDFとして保存し直してください。",
        ),
        "blank-too-heavy" => (
            "PDFの読み取りに時間かメモリーがかかりすぎるため、止めました。",
            "元のExcelやWordから保存し直してください。出どころの分からないPDFは使わないでください。",
        ),
        "blank-reader" => (
            "PDFを読み取るプログラムを始められません。",
            "再起動してください。直らなければ管理者に連絡してください。",
        ),
        "blank-missing" | "blank-differs" | "blank-broken" => (
            "様式の白紙のページがないか、様式のものと違います。",
            "kakanai pack blank で、白紙のPDFを取り込み直してください。",
        ),
        "pack-missing" => {
            ("ルールパックが見つかりません。", "フォルダーかファイルの場所を確かめてください。")
        }
        "pack-io" => (
            "ルールパックのファイルを読めません。",
            "ファイルの場所と、読む権限を確かめてください。",
        ),
        "pack-syntax" | "pack-invalid" => (
            "ルールパックに誤りがあります。",
            "file と row の場所を直してください。kakanai pack check ですべての誤りを見られます。",
        ),
        "pack-base" => (
            "土台のパックが見つからないか、古すぎます。",
            "隣のフォルダーに土台のパックを置いてください。",
        ),
        "pack-differs" => {
            ("この案件は別のパックで開かれました。", "案件のパックを --pack で指定してください。")
        }
        "facts-unreadable" => ("事実ファイルを開けません。", "ファイルの場所を確かめてください。"),
        "facts-shape" => (
            "事実ファイルの形が正しくありません。",
            "place の場所を expected のとおりに直してください。",
        ),
        "nothing-to-print" => {
            ("印刷する書類がありません。", "--form の様式が、この世帯に必要かを確かめてください。")
        }
        "discreet-apart" => (
            "個別のご案内は、ほかの書類と一緒には印刷しません。",
            "--form discreet だけを指定して、別に印刷してください。",
        ),
        "fact-unknown" => (
            "語彙にもパックにもない項目か、その相手には使えない項目があります。",
            "項目の名前のつづりと、人の項目か案件の項目か（--person）を確かめてください。",
        ),
        "fact-wrong-value" => {
            ("項目の値が正しくありません。", "place の場所を expected のとおりに直してください。")
        }
        "person-unknown" => (
            "その人はこの案件にいません。",
            "kakanai case show で id を確かめてください。次の番号の id なら、新しい人を加えます。",
        ),
        "person-twice" => ("同じ人が二度書かれています。", "people の id を別々にしてください。"),
        "answer-form" => ("答えの書き方が正しくありません。", "項目=値 の形で書いてください。"),
        "store-missing" => (
            "記録がまだありません。",
            "kakanai case new で作るか、--store の場所を確かめてください。",
        ),
        "store-busy" => {
            ("記録を別のソフトが使っています。", "アプリを閉じてから、もう一度お試しください。")
        }
        "store-exists" => (
            "そのフォルダーには、もう記録があります。",
            "前の記録は変わっていません。別のフォルダーを --store で指定してください。",
        ),
        "store-io" => (
            "記録を置く場所を読み書きできません。",
            "ディスクを確かめてから、もう一度お試しください。この手順は残っていません。",
        ),
        "store-read-only" => (
            "記録を置く場所に書き込めません。",
            "書き込む権限を確かめてください。この手順は残っていません。",
        ),
        "schema-newer" => (
            "この記録は、新しい版のプログラムで作られています。",
            "プログラムを新しい版にしてください。記録には触れていません。",
        ),
        "store-full" => (
            "ディスクがいっぱいです。",
            "空きを作ってから、もう一度お試しください。ここまでの記録は残っています。",
        ),
        "store-damaged" | "keys-damaged" => {
            ("記録が壊れています。", "触らずに管理者に連絡してください。")
        }
        "wrong-passphrase" => ("アカウントか合言葉が違います。", "入力し直してください。"),
        "passphrase-too-short" => ("合言葉が短すぎます。", "8文字以上にしてください。"),
        "account-id-invalid" => (
            "アカウントの名前が正しくありません。",
            "半角の小文字・数字・「-」「_」「.」で32文字までにしてください。",
        ),
        "account-exists" => (
            "そのアカウントは、もうあります。",
            "別の名前にしてください。一度使った名前は使い直せません。",
        ),
        "account-unknown" => {
            ("そのアカウントはありません。", "アカウントの名前を確かめてください。")
        }
        "display-name-invalid" => (
            "表示名が空か、長すぎるか、使えない文字があります。",
            "64文字までの1行にしてください。",
        ),
        "counter-letter-invalid" => (
            "窓口の記号が正しくありません。",
            "settings.toml の counter を A から Z の1文字にしてください。",
        ),
        "account-missing" => ("アカウントを指定してください。", "--account で指定してください。"),
        "not-allowed" => ("この操作は許可されていません。", "管理者に依頼してください。"),
        "case-unknown" => {
            ("その案件はありません。", "kakanai case list で番号を確かめてください。")
        }
        "case-purged" => ("その案件は消去されました。", "消去した案件は読めません。"),
        "case-closed" => (
            "その案件は終わっています。",
            "見ること、もう一度印刷すること、書き出すことはできます。続きは新しい案件で始めてください。",
        ),
        "event-unreadable" => (
            "案件の記録に、読めない部分があります。",
            "プログラムを新しい版にしてください。それでも読めなければ管理者に連絡してください。",
        ),
        "id-invalid" | "reception-number-invalid" => {
            ("番号の形が正しくありません。", "kakanai case list で番号を確かめてください。")
        }
        "kind-invalid" => {
            ("記録できない種類の手順です。", "コードを添えて管理者に連絡してください。")
        }
        "payload-too-large" => (
            "一度に記録できる大きさを超えています。",
            "いくつかに分けてください。この手順は残っていません。",
        ),
        "no-randomness" => (
            "このパソコンでは安全な鍵を作れません。",
            "再起動してください。直らなければ管理者に連絡してください。",
        ),
        "nothing-to-undo" => ("取り消せる手順がありません。", "そのまま続けてください。"),
        "file-exists" => ("同じ名前のファイルがあります。", "別の名前にしてください。"),
        "file-not-written" => ("ファイルを書けません。", "書き込める場所かを確かめてください。"),
        "stdin" => ("標準入力を読めません。", "合言葉や暗証番号を1行ずつ渡してください。"),
        "usage" => ("使い方が正しくありません。", "kakanai --help を見てください。"),
        "settings-syntax" => {
            ("設定ファイルに誤りがあります。", "settings.toml の row の行を直してください。")
        }
        "settings-io" => {
            ("設定ファイルを読めません。", "settings.toml の読む権限を確かめてください。")
        }
        "settings-no-home" => {
            ("設定を置くフォルダーがありません。", "KAKANAI_HOME を指定してください。")
        }
        code => crate::words_sheets::error(code)
            .or_else(|| crate::words_prefill::error(code))
            .unwrap_or((
                "処理を終えられませんでした。",
                "コードを添えて管理者に連絡してください。",
            )),
    }
}

/// What somebody should know about a page that was put under a form.
pub fn blank_warning(warning: &BlankWarning) -> String {
    match warning {
        BlankWarning::FontNotEmbedded { fonts } => format!(
            "注意：PDFに入っていない書体があります（{}）。プリンターによって文字の形が変わります。「フォントを埋め込む」で保存し直してください。",
            fonts.join("、")
        ),
        BlankWarning::OwnerLocked => {
            "注意：変更を禁じたPDFです。使ってよい様式かを、作った人に確かめてください。".to_owned()
        }
        BlankWarning::SizeDiffers { page: [w, h], paper: [pw, ph] } => format!(
            "注意：ページの大きさ（{w}×{h}ミリ）が、様式の用紙（{pw}×{ph}ミリ）と違います。用紙の設定を確かめてください。"
        ),
        BlankWarning::HiddenLayers => {
            "注意：隠してあったレイヤーも印刷されます。校正刷りで確かめてください。".to_owned()
        }
        BlankWarning::NotesDropped => {
            "注意：PDFに貼られた注釈やスタンプは印刷されません。".to_owned()
        }
        BlankWarning::Xfa => {
            "注意：専用ソフトで開く種類のフォーム（XFA）です。「PDFとして印刷」で保存し直してください。".to_owned()
        }
        BlankWarning::NoPicture => {
            "注意：画面の確認では、白紙のページは出ません。紙には印刷されます。".to_owned()
        }
    }
}

/// What a printer complains of, in a sentence.
pub fn reason(reason: &kakanai_counter::Reason) -> &'static str {
    match reason.code() {
        "media-empty" | "media-needed" => "用紙切れです。",
        "media-low" => "用紙が残り少なくなっています。",
        "media-jam" => "紙が詰まっています。",
        "door-open" => "ふたが開いています。",
        "input-tray-missing" => "給紙トレイがありません。",
        "output-full" => "排紙トレイがいっぱいです。",
        "marker-empty" => "インクかトナーがありません。",
        "marker-low" => "インクかトナーが残り少なくなっています。",
        "paused" => "停止中です。",
        "offline" => "応答がありません。",
        "processing-to-stop-point" => "印刷を止めています。",
        _ => "プリンターの表示を確かめてください。",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::error;

    /// Rooms whose errors reach the command.
    const ROOMS: [&str; 7] =
        ["authoring", "cli", "counter", "forms", "hardware", "records", "rules"];

    /// What only a window can run into, and what is told as a finding or as a detail of another error.
    const ELSEWHERE: [&str; 6] = [
        "counter/src/identity.rs",
        "counter/src/session",
        "forms/src/template",
        "forms/src/refusal.rs",
        "forms/src/sample.rs",
        "forms/src/svg.rs",
    ];

    fn root() -> &'static Path {
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
    }

    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let place = path.strip_prefix(root()).unwrap().to_owned();
            if ELSEWHERE.iter().any(|other| place.starts_with(other)) {
                continue;
            }
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }

    /// The codes in the bodies of `code()` and in errors made by their code: read from the sources, so that an
    /// error added tomorrow is met too.
    fn codes() -> BTreeSet<String> {
        let mut files = Vec::new();
        for room in ROOMS {
            sources(&root().join(room).join("src"), &mut files);
        }
        let mut codes = BTreeSet::new();
        for file in files {
            let text = fs::read_to_string(file).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap();
            for body in text.split("pub fn code(&self) -> &'static str {").skip(1) {
                let body = body.split("\n    }\n").next().unwrap();
                codes.extend(body.split('"').skip(1).step_by(2).map(str::to_owned));
            }
            for maker in ["DoorError::of(\"", "Failure::new(\""] {
                let made = text.split(maker).skip(1);
                codes.extend(made.map(|rest| rest.split('"').next().unwrap().to_owned()));
            }
        }
        codes
    }

    #[test]
    fn every_error_that_reaches_the_command_has_words_of_its_own_and_stands_in_the_contract() {
        let contract = fs::read_to_string(root().join("docs/formats/command-line.md")).unwrap();
        let codes = codes();
        assert!(codes.len() > 60, "{codes:?}");
        for code in codes.iter().filter(|code| *code != "internal") {
            assert_ne!(error(code), error(""), "{code} has no words");
            assert!(contract.contains(&format!("`{code}`")), "{code} is not in the contract");
        }
    }
}

//! Error codes of sheets of codes, slips and of sources that disagree, in plain Japanese.

/// The sentence and the hint of a code; `None` for a code that is not about them.
pub fn error(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        "no-code" => {
            ("QRコードが見つかりません。", "コード全体が写った、明るい画像を選んでください。")
        }
        "damaged" => ("QRコードが欠けています。", "もう一度読み取ってください。"),
        "newer-format" | "format-unknown" | "suite-unknown" => {
            ("新しい形式のQRコードで、このアプリでは読めません。", "アプリを更新してください。")
        }
        "foreign-sheet" => (
            "別の人（別の回）のQRコードがまざっています。",
            "1人分ずつに分けて読み取ってください。",
        ),
        "part-conflict" => (
            "同じ番号で中身の違うQRコードがあります。",
            "印刷し直すか、画面で見せてもらってください。",
        ),
        "sheet-incomplete" => (
            "QRコードがまだそろっていません。",
            "details の missing にある番号のコードを読み取ってください。",
        ),
        "sheet-expired" => {
            ("使える期間が過ぎています。", "内容を確かめ、使うときは --even-so を付けてください。")
        }
        "sheet-from-the-future" => (
            "作られた日が今日より先です。",
            "端末の日付を確かめ、使うときは --even-so を付けてください。",
        ),
        "sheet-people" => (
            "QRコードの方と、受付にいる方が同じ方か分かりません。",
            "--same で指定してください（例: --same p1=p2、新しい方は --same p1=new）。",
        ),
        "key-unknown" => (
            "ほかの市区町村のもの、または古い鍵で作られたQRコードです。",
            "どこのページで作ったかを聞いてください。古い鍵は、有効な期間が終わるまで残しておきます。",
        ),
        "other-municipality" => {
            ("ほかの市区町村のQRコードです。", "その市区町村の窓口でお使いください。")
        }
        "message-size" | "seal-broken" | "unpack-broken" | "unpack-limit" | "body-encoding"
        | "body-malformed" | "validity-wrong" => (
            "QRコードの中身が正しくありません。",
            "書き換えられたか、こわれています。ページでもう一度作ってもらうか、窓口で聞き取ってください。",
        ),
        "image-unreadable" | "image-unknown" | "image-damaged" => {
            ("画像を読めません。", "PNG、JPEG、PGM のファイルを指定してください。")
        }
        "image-too-large" => ("画像が大きすぎます。", "3,600万画素、32 MB までです。"),
        "qr-text-unreadable" => (
            "QRコードの文字のファイルを読めません。",
            "1行に1枚分ずつ書いたファイルを指定してください。",
        ),
        "card-holder" => (
            "だれのカードか決められません。",
            "details の people から選んで --person を付けてください。新しい方は --person new です。",
        ),
        "conflict-unknown" => (
            "その項目に食い違いはありません。",
            "kakanai case show の conflicts を確かめてください。",
        ),
        "slip-no-key" => (
            "この端末には受付票の鍵がありません。",
            "kakanai prefill key add --slip で鍵を入れてください。",
        ),
        "slip-not-carried" => (
            "この受付の内容は受付票に入りません。",
            "手続きチェックシートを見て、ほかの端末で入力してください。",
        ),
        "leaflet-refused" => {
            ("案内のちらしを作れません。", "文章の文字と、アドレスの長さを確かめてください。")
        }
        _ => return None,
    })
}

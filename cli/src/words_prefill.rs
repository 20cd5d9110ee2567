//! Error codes of keys, of the page and the sheets for the home, and of scanners, in plain Japanese.

/// The sentence and the hint of a code; `None` for a code that is not about them.
pub fn error(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        "page-assets" => (
            "自宅のページの部品が足りません。",
            "--assets に、組み立てたページのフォルダーを指定してください（details の missing がないもの）。",
        ),
        "page-municipality" => (
            "手続きデータに市区町村コードがありません。",
            "pack.toml に municipality_code を書いてください。",
        ),
        "page-discreet" => (
            "だれでも見るページに、配慮の必要な項目が入ってしまいます。",
            "details の id を使う行を、配慮の必要な手続きだけにしてください。何も書き出していません。",
        ),
        "page-folder" => (
            "そのフォルダーには、ほかのファイルがあります。",
            "空のフォルダーか、前に作ったページのフォルダーを指定してください。",
        ),
        "page-io" => (
            "ページのファイルを読み書きできません。",
            "フォルダーの場所、空き容量、権限を確かめてください。",
        ),
        "scanner-port" => (
            "スキャナーのつなぎ先を読めません。",
            "settings.toml の scanner に、/dev/ttyACM0 か usb:05e0:1701 の形で書いてください。",
        ),
        "key-form" => (
            "鍵のファイルではありません。",
            "kakanai prefill keygen が作ったファイルを、そのまま指定してください。",
        ),
        "key-private" => (
            "これは秘密鍵です。ここには公開鍵を指定します。",
            "public の付いたファイルを指定してください。秘密鍵は人に渡さないでください。",
        ),
        "key-public" => (
            "これは公開鍵です。ここには秘密鍵を指定します。",
            "private の付いたファイルを指定してください。",
        ),
        "key-purpose" => {
            ("別の用途の鍵です。", "事前入力の鍵か受付票の鍵か（--slip）を確かめてください。")
        }
        "key-unusable" => ("この鍵は使えません。", "鍵を作り直してください。"),
        "key-exists" => (
            "この鍵は入れたことがあります。",
            "kakanai prefill key list で確かめてください。消した鍵は戻せません。",
        ),
        "key-not-held" => (
            "その鍵はこの端末にありません。",
            "kakanai prefill key list で番号を確かめてください。",
        ),
        "municipality-code" => (
            "ルールパックの市区町村コードが6けたではありません。",
            "pack.toml の municipality_code を直してください。",
        ),
        "language-wrong" => {
            ("言語の指定が正しくありません。", "ja や en のように指定してください。")
        }
        "text-not-allowed" => (
            "QRコードに入れられない文字があるか、200字を超えています。",
            "details の fact の値を直してください。",
        ),
        "value-without-number" => {
            ("選択肢の番号がルールパックにありません。", "details の fact の値を確かめてください。")
        }
        "too-many-people" => ("人数が多すぎます。", "世帯は50人までです。"),
        "too-long" => {
            ("QRコード16枚に入りません。", "長い文を短くするか、--paper を付けてください。")
        }
        _ => return None,
    })
}

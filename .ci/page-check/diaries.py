#!/usr/bin/env python3
"""Writes made-up diaries into a folder: a year, three days, and texts that try to act.

usage: diaries.py FOLDER
"""
import datetime
import pathlib
import random
import sys

LAST = datetime.date(2026, 10, 31)


def write(folder, name, header, rows):
    folder.mkdir(parents=True, exist_ok=True)
    text = header + "\n" + "".join(",".join(map(str, row)) + "\n" for row in rows)
    (folder / f"{name}.csv").write_text(text, encoding="utf-8")


def diary(folder, person, name, days, exercises, note=""):
    """A diary of some days up to the last one: a programme, sessions, pain and one test."""
    chance = random.Random(days)
    dates = [LAST - datetime.timedelta(days - 1 - day) for day in range(days)]
    write(folder, "patients", "patient_id,name,language", [(person, name, "en")])
    write(folder, "program", "patient_id,exercise,component,sessions_per_week,sets,start_on",
          [(person, each, "strengthening", 5, 2, dates[0]) for each in exercises])
    done = [date for date in dates if chance.random() < 0.7]
    write(folder, "sessions", "patient_id,started_at,exercise,sets,reps",
          [(person, f"{date}T07:30", each, 2, 10) for date in done for each in exercises])
    write(folder, "pain", "patient_id,recorded_at,score,notes",
          [(person, f"{date}T20:00", max(0, min(10, round(6 - day / days * 3 + chance.gauss(0, 1)))),
            note if day % 5 == 0 else "") for day, date in enumerate(dates)])
    write(folder, "flexibility", "patient_id,measured_on,measure,value",
          [(person, date, "fingertip_to_floor", round(25 - day / days * 9 + chance.gauss(0, 1), 1))
           for day, date in enumerate(dates) if day % 7 == 0])


if __name__ == "__main__":
    root = pathlib.Path(sys.argv[1])
    diary(root / "year", "YEAR", "A Year", 365, ["Glute bridge", "Bird dog", "Dead bug"])
    diary(root / "three", "THREE", "Three Days", 3, ["Glute bridge"])
    diary(root / "hostile", "HOSTILE", "<script>alert(1)</script>", 40,
          ["<img src=x onerror=evil()>", "]]>&<b>", "\u202eevil\u202c", "x" * 4000,
           "\u0644\u064a\u0644\u0649"], note="<svg onload=evil()>")

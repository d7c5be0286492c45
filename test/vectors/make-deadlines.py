#!/usr/bin/env python3
"""Counts the ten days and the six months once more, in another language, and prints deadlines.csv.

    python3 test/vectors/make-deadlines.py > test/vectors/deadlines.csv

Civil Code 2015, arts. 147-148: the first day is not counted; a last day off moves to the next working day (the ten
days only: a password is changed at least every six months, so its day is never moved later).
"""
import calendar
import csv
import datetime as dt
import pathlib

NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
root = pathlib.Path(__file__).resolve().parents[2]
rows = list(csv.DictReader(open(root / "db/reference/public-holidays.csv", encoding="utf-8")))
holidays = {row["on_day"] for row in rows if row["kind"] == "holiday"}
working = {row["on_day"] for row in rows if row["kind"] == "working_weekend"}


def is_off(day):
    if day.isoformat() in holidays:
        return True
    return day.weekday() >= 5 and day.isoformat() not in working


def ten_days(day):
    last = day + dt.timedelta(days=10)
    while is_off(last):
        last += dt.timedelta(days=1)
    return last


def six_months(day):
    year, month = divmod(day.year * 12 + day.month - 1 + 6, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


print("day,weekday,last_day,weekday_of_last_day,password_due_on")
day = dt.date(2026, 1, 1)
while day <= dt.date(2028, 11, 30):
    last = ten_days(day)
    print(f"{day},{NAMES[day.weekday()]},{last},{NAMES[last.weekday()]},{six_months(day)}")
    day += dt.timedelta(days=1)

#!/usr/bin/python3
"""A second opinion on scores and expressions, in another language and another arithmetic.

    score.py COURSE [PARTICIPANT…]     what {{…}} and .calc of a course come to, a line each

Written from the format alone, not from the program: it reads course.yml, the ratings, fields and
calcs of the modules and the CSV of answers, and calculates with exact fractions, so that no rounding
of binary numbers can be shared. It knows what courses of checks need (course.py): not the whole format."""
import csv
import datetime
import math
import pathlib
import re
import sys
from fractions import Fraction

import yaml

DAY = datetime.date.fromisoformat


# --- sources

class Item:
    def __init__(self, block, label, attributes):
        self.block, self.id = block, re.search(r"#([\w-]+)", attributes).group(1)
        self.reverse = bool(re.search(r"\breverse\b", attributes))
        found = dict(re.findall(r"(\w+)=([\w.-]+)", attributes))
        self.weight, self.dimension = Fraction(found.get("weight", "1")), found.get("dimension")


class Block:
    def __init__(self, course, kind, attributes, body):
        self.id = re.search(r"#([\w-]+)", attributes).group(1)
        found = {key: quoted or plain for key, quoted, plain in
                 re.findall(r'([\w-]+)=(?:"([^"]*)"|(\S+))', attributes)}
        self.kind, self.options = kind, found
        self.by = found.get("by", " ".join(course["respondents"])).split()
        self.asks = [one.split(":")[0].strip() for one in found["ask"].split(";")] if "ask" in found else [None]
        self.items = [Item(self, *one) for one in re.findall(r"^- (.*?) \{([^}]*)\}$", body, re.M)]
        scale = course["scales"].get(found.get("scale"), [])
        self.low = scale.get("from", 1) if isinstance(scale, dict) else 1
        self.points = scale["points"] if isinstance(scale, dict) else scale
        self.high = self.low + len(self.points) - 1
        self.expression = body.strip().rsplit(" = ", 1)[-1] if kind == "calc" else None


class Course:
    def __init__(self, folder):
        content = pathlib.Path(folder) / "content"
        self.yml = yaml.safe_load((content / "course.yml").read_text())
        self.respondents = list(self.yml["respondents"])
        self.sittings, self.as_of = self.yml["sittings"], self.yml["as-of"]
        self.blocks = {}
        for path in sorted((content / "modules").glob("*.md")):
            for kind, attributes, body in re.findall(r"^::: \{\.(rating|field|calc) (.*?)\}\n(.*?)^:::$",
                                                     path.read_text(), re.M | re.S):
                block = Block(self.yml, kind, attributes, body)
                self.blocks[block.id] = block
        self.people = {}
        for path in sorted((content / "answers").glob("*.csv")):
            with path.open(newline="", encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    self.people.setdefault(row["participant"], []).append(row)


# --- one participant

class Person:
    """answers[(sitting, respondent)] = (date, {name: value}); what is later than the build is left out."""

    def __init__(self, course, rows):
        self.course, self.answers, self.fields = course, {}, {}
        # The latest counts; on the same day the respondent whom course.yml names first.
        for row in sorted(rows, key=lambda row: (row["date"], -course.respondents.index(row["respondent"]))):
            day, who = DAY(row["date"]), row["respondent"]
            if day > course.as_of:
                continue
            sitting = next(i for i, s in enumerate(course.sittings) if s["from"] <= day <= s["to"])
            given = {key: text for key, text in row.items()
                     if text and key not in ("participant", "date", "respondent")}
            self.answers.setdefault((sitting, who), {}).update(given)
            for key, text in given.items():
                if key in course.blocks:
                    self.fields[key] = self.field(course.blocks[key], text)

    @staticmethod
    def field(block, text):
        kind = block.options["type"]
        return DAY(text) if kind == "date" else Fraction(text) / (100 if kind == "percent" else 1)

    def point(self, block, item, ask, sitting, who):
        name = ".".join(part for part in (block.id, item.id, ask) if part)
        text = self.answers.get((sitting, who), {}).get(name)
        if text is None:
            return None
        return Fraction(text) if text not in block.points else Fraction(block.low + block.points.index(text))

    def sittings(self, who):
        return sorted(sitting for sitting, one in self.answers if one == who)

    # --- scores

    def score(self, name, dimension, who, sitting):
        """(value or None, answered, total), or None where nothing at all was answered to the score."""
        rule = self.course.yml["scores"][name]
        method = next(key for key in ("mean", "sum", "percent") if key in rule)
        parts = rule[method] if isinstance(rule[method], list) else [rule[method]]
        taken, total, anything = [], 0, False
        for part in parts:
            block, _, ask = part.partition(".")
            block = self.course.blocks[block]
            for item in block.items if who in block.by else []:
                for one in [ask] if ask else block.asks:
                    answer = self.point(block, item, one, sitting, who)
                    anything = anything or answer is not None
                    if dimension and item.dimension != dimension:
                        continue
                    total += 1
                    if answer is not None:
                        scored = block.low + block.high - answer if item.reverse else answer
                        taken.append((scored, item.weight, block))
        if not anything:
            return None
        share = Fraction(str(rule.get("answered", "0.8")))
        if not taken or len(taken) < share * total:
            return None, len(taken), total
        points = sum(weight * scored for scored, weight, _ in taken)
        low = sum(weight * block.low for _, weight, block in taken)
        high = sum(weight * block.high for _, weight, block in taken)
        value = {"mean": lambda: points / sum(weight for _, weight, _ in taken), "sum": lambda: points,
                 "percent": lambda: (points - low) / (high - low)}[method]()
        return rounded(value, rule.get("decimals", 1) + (2 if method == "percent" else 0)), len(taken), total

    def results(self, name, dimension, who):
        found = [(sitting, self.score(name, dimension, who, sitting)) for sitting in self.sittings(who)]
        return [(sitting, result) for sitting, result in found if result]

    def score_property(self, words, selectors):
        name, words = words[0], list(words[1:])
        rule = self.course.yml["scores"][name]
        known = ("value", "name", "answered", "missing", "change")
        dimension = words.pop(0) if words and words[0] not in known else None
        wanted = words[0] if words else "value"
        who = next((s for s in selectors if s in self.course.respondents), rule.get("respondent"))
        when = next((s for s in selectors if s not in self.course.respondents), None)
        results = self.results(name, dimension, who)
        valued = [(sitting, result) for sitting, result in results if result[0] is not None]
        if when == "first":
            results = valued[:1]
        elif when == "previous":
            results = [one for one in valued if one[0] < results[-1][0]] if results else []
        elif when:
            results = [one for one in results if self.course.sittings[one[0]]["id"] == when]
        if not results:
            return None
        sitting, (value, answered, total) = results[-1]
        if wanted == "change":
            before = [one for one in valued if one[0] < sitting]
            return value - before[-1][1][0] if before and value is not None else None
        if wanted == "name":
            percent = 100 if "percent" in rule else 1
            return None if value is None else next(
                (band["name"] for band in rule["bands"]
                 if "to" not in band or value * percent <= Fraction(str(band["to"]))), rule["bands"][-1]["name"])
        return {"value": value, "answered": Fraction(answered), "missing": Fraction(total - answered)}[wanted]

    # --- names

    def name(self, text):
        words, *selectors = text.split("@")
        words = words.split(".")
        if words[0] == "score":
            return self.score_property(words[1:], selectors)
        if words[0] == "course":
            return Fraction(self.course.yml["values"][words[1]])
        block = self.course.blocks[words[0]]
        if block.kind == "calc":
            return Expression(self, block.expression).value()
        if block.kind == "field":
            return self.fields.get(words[0])
        return self.rating(block, words[1:], selectors)

    def rating(self, block, words, selectors):
        """A list of answers, or one, of the latest sitting in which any was given."""
        who = selectors[0]
        sittings = [s for s in self.sittings(who)
                    if any(self.point(block, item, ask, s, who) is not None
                           for item in block.items for ask in block.asks)]
        items = [item for item in block.items if not words or item.id == words[0] or words[0] in block.asks]
        asks = [words[-1]] if words and words[-1] in block.asks else block.asks
        found = [self.point(block, item, ask, sittings[-1], who) if sittings else None
                 for item in items for ask in asks]
        return found[0] if words and block.asks == [None] else found


# --- expressions

TOKEN = re.compile(r"\s*(?:(\d{4}-\d\d-\d\d)|(\d+\.?\d*|\.\d+)|([a-z](?:[\w.@-]*\w)?)|'([^']*)'|(==|!=|<=|>=|[-+*/^%()<>,]))")
ORDER = [("or",), ("and",), ("not",), ("==", "!=", "<", "<=", ">", ">="), ("+", "-"), ("*", "/"), ("^",)]


class Expression:
    """Evaluated while it is read: or, and, not, comparison, + -, * /, ^, sign, %."""

    def __init__(self, person, text):
        self.person, self.at = person, 0
        self.tokens = [next((kind, word) for kind, word in zip(("date", "number", "name", "text", "sign"),
                                                               found.groups()) if word is not None)
                       for found in TOKEN.finditer(text)] + [("end", "")]

    def value(self):
        value = self.level(0)
        assert self.tokens[self.at][0] == "end", self.tokens[self.at:]
        return value

    def next(self, *words):
        if self.tokens[self.at][0] in ("sign", "name") and self.tokens[self.at][1] in words:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def level(self, n):
        if n == len(ORDER):
            return self.signed()
        if ORDER[n] == ("not",):
            if not self.next("not"):
                return self.level(n + 1)
            value = self.level(n)
            return None if value is None else not value
        left = self.level(n + 1)
        while word := self.next(*ORDER[n]):
            left = self.pair(word, left, self.level(n + 1))
        return left

    def pair(self, word, a, b):
        if word in ("and", "or"):
            decides = word == "or"
            return decides if decides in (a, b) else None if None in (a, b) else not decides
        if a is None or b is None:
            return None
        if word in ("+", "-") and (isinstance(a, datetime.date) or isinstance(b, datetime.date)):
            if isinstance(a, datetime.date) and isinstance(b, datetime.date):
                return Fraction((a - b).days)
            day, days = (a, b) if isinstance(a, datetime.date) else (b, a)
            return day + datetime.timedelta(int(days) if word == "+" else -int(days))
        if word == "/":
            return a / b if b else None
        if word == "^":
            assert b.denominator == 1
            return a ** int(b) if a else Fraction(0) if b > 0 else None
        return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "==": lambda: a == b,
                "!=": lambda: a != b, "<": lambda: a < b, "<=": lambda: a <= b, ">": lambda: a > b,
                ">=": lambda: a >= b}[word]()

    def signed(self):
        if self.next("-"):
            value = self.signed()
            return None if value is None else -value
        value = self.primary()
        while self.next("%"):
            value = None if value is None else value / 100
        return value

    def primary(self):
        kind, word = self.tokens[self.at]
        self.at += 1
        if word == "(":
            value = self.level(0)
            assert self.next(")")
            return value
        if kind == "name" and self.tokens[self.at] == ("sign", "("):
            return self.call(word)
        return {"number": lambda: Fraction(word), "date": lambda: DAY(word), "text": lambda: word,
                "name": lambda: self.person.name(word)}[kind]()

    def call(self, function):
        arguments = []
        self.at += 1
        while not self.next(")"):
            arguments.append(self.level(0))
            self.next(",")
        given = [one for argument in arguments
                 for one in (argument if isinstance(argument, list) else [argument]) if one is not None]
        if function == "if":
            return None if arguments[0] is None else arguments[1 if arguments[0] else 2]
        if function == "round":
            return None if None in arguments else rounded(arguments[0], int((*arguments, 0)[1]))
        if function == "today":
            return self.person.course.as_of
        if function in ("has", "missing"):
            return bool(given) == (function == "has")
        if function == "count":
            return Fraction(sum(one is not False for one in given))
        if not given:
            return None
        return {"min": min, "max": max, "sum": sum, "abs": lambda one: abs(one[0]),
                "mean": lambda all: sum(all) / len(all)}[function](given)


# --- what people read

def rounded(value, decimals):
    """Half away from zero."""
    scaled = abs(value) * Fraction(10) ** decimals
    whole = math.floor(scaled + Fraction(1, 2))
    return (1 if value >= 0 else -1) * Fraction(whole) / Fraction(10) ** decimals


def digits(value, decimals):
    value = rounded(value, decimals)
    whole = abs(value) * 10 ** decimals
    text = f"{int(whole):0{decimals + 1}}"
    head = f"{int(text[:len(text) - decimals]):,}"
    return head + ("." + text[len(text) - decimals:] if decimals else "")


def needed(value, most):
    return next(n for n in range(most + 1) if rounded(value, n) == rounded(value, most))


def shown(value, unit="number", decimals=None):
    """As English writes it; "" for what is missing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, str):
        return value
    if unit == "percent":
        value *= 100
    if decimals is None:
        decimals = needed(value, 1 if unit == "percent" else 2)
        if unit == "money" and decimals:
            decimals = 2
    minus = "\u2212" if rounded(value, decimals) < 0 else ""
    return minus + {"money": "£"}.get(unit, "") + digits(abs(value), decimals) + {"percent": "%"}.get(unit, "")


def page(course, person, name):
    """What {{name}} prints for a participant."""
    value = person.name(name)
    block = course.blocks.get(name.split("@")[0].split(".")[0])
    if block and block.kind in ("calc", "field"):
        return shown(value, block.options.get("format", block.options.get("type", "number")),
                     int(block.options["decimals"]) if "decimals" in block.options else None)
    if name.startswith("score."):
        words = name.split("@")[0].split(".")
        rule = course.yml["scores"][words[1]]
        if words[-1] in ("answered", "missing", "name"):
            return shown(value)
        sign = "+" if words[-1] == "change" and value is not None and value > 0 else ""
        return sign + shown(value, "percent" if "percent" in rule else "number", rule.get("decimals", 1))
    if block and block.kind == "rating" and value is not None:
        return block.points[int(value) - block.low]  # people read the word they chose
    return shown(value)


def names_of(folder):
    text = "".join(path.read_text() for path in sorted((pathlib.Path(folder) / "content/modules").glob("*.md")))
    return re.findall(r"\{\{([^}|\\]+)", text)


def main(words):
    course = Course(words[0])
    for identity in words[1:] or sorted(course.people):
        person = Person(course, course.people[identity])
        for name in names_of(words[0]):
            print(identity, name, page(course, person, name), sep="\t")


if __name__ == "__main__":
    main(sys.argv[1:])

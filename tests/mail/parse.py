#!/usr/bin/python3
"""Every message that `tandem mail` writes, as two parsers that are not ours read it.

    parse.py TANDEM PROJECT NODE_MODULES              writes all letters of the course and reads them
    parse.py TANDEM PROJECT NODE_MODULES --self-test  damages a message in many ways; each must be noticed

Python's email and npm's mailparser have to agree about addresses, subject, date, texts and attachments,
and both with what the course's sources and out/manifest.json say: who a letter goes to, what their name
is, byte for byte which files go with it. Then names that are hard to write in a header, or mean harm,
stand in the profiles: they arrive as they are, or the letter is refused."""
import csv
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from email import message_from_bytes, policy
from email.header import decode_header
from html.parser import HTMLParser

import yaml

HERE = pathlib.Path(__file__).resolve().parent
NEEDED = {"From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Auto-Submitted"}
ALLOWED = NEEDED | {"Cc", "Reply-To", "Content-Language", "Content-Transfer-Encoding"}
TYPES = {".pdf": "application/pdf", ".csv": "text/csv", ".json": "application/json",
         ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
ADDRESS = re.compile(r"[^\s@<>,;\"']+@[^\s@<>,;\"']+")
LINKS = re.compile(r"<?(?:https?://|mailto:)[^\s>)]+>?")

# Names that arrive as they are.
NAMES = ["Zoë Łukaszewicz-Müller", "佐藤 美咲", "O'Neill, Áine", 'Ann "Zed" Day', "נועה ברק", "A. B. (Cy) Dee",
         "=?utf-8?Q?Bcc=3A_eve?=", "Ünsal " * 30 + "Ünsal", "Long " * 60 + "Name", "Astrid 🦊 Fuchs",
         "semi; colon: at@home", "back\\slash \\"]
# Names that may be refused, but never become more than a name.
HARMFUL = ["Eve <eve@evil.example>", "eve@evil.example", "x>, eve@evil.example, <y", '"><script>alert(1)</script>',
           "Ada\r\nBcc: eve@evil.example", "Ada\nBcc: eve@evil.example\n\n<b>body</b>", "\u202eAda\u202c",
           "Ada\r\n\r\n--=_mixed", "N" * 1000, "&lt;b&gt;", "a\u2028Bcc: eve@evil.example", "\x00Ada"]
# And addresses that no letter goes to.
ADDRESSES = ["a@b\r\nBcc: eve@evil.example", "ada", "ada@", "@example.org", "ada@example.org, eve@evil.example",
             "Ada <ada@example.org", "a b@example.org", "ada@exa mple.org", "x" * 65 + "@example.org"]


class Visible(HTMLParser):
    """The words of an HTML part, what it points at, and tags left open."""
    EMPTY = {"br", "hr", "meta", "img", "col", "wbr", "link"}

    def __init__(self, text):
        super().__init__()
        self.words, self.points, self.open, self.faults = [], [], [], []
        self.feed(text)
        self.close()
        self.faults += [f"<{tag}> is left open" for tag in self.open]

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "iframe", "object", "form", "link", "img"):
            self.faults.append(f"<{tag}> in a letter")
        for name, value in attrs:
            if name.startswith("on"):
                self.faults.append(f"{name}= in a letter")
            if name in ("href", "src"):
                self.points.append(value or "")
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.EMPTY:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data):
        if not {"style", "title"} & set(self.open):
            self.words.append(data)
        if "style" in self.open and re.search(r"url\(|@import", data):
            self.faults.append("a style that fetches something")


def words(text):
    return re.findall(r"\w{3,}", LINKS.sub(" ", text))


def ascii_address(mailbox):
    local, _, domain = mailbox.rpartition("@")
    return f"{local}@{domain.encode('idna').decode()}" if not domain.isascii() else mailbox


def flat(text):
    return " ".join(text.split())


def tight(name):
    """Python 3.11 puts a space between two encoded words of a name; mailparser's is looked at with spaces."""
    return "".join(name.split())


def python_reads(data):
    """The same facts as parse.mjs, and what Python complains of."""
    message = message_from_bytes(data, policy=policy.default)
    faults = []
    for part in message.walk():
        faults += [f"Python: {type(defect).__name__}" for defect in part.defects]
        names = [name.lower() for name in part.keys()]
        faults += [f"{name} stands {names.count(name)} times in {part.get_content_type()}"
                   for name in sorted(set(names)) if names.count(name) > 1]
        for name in part.keys():
            faults += [f"Python: {name}: {type(defect).__name__}"
                       for defect in getattr(part[name], "defects", [])]
    people = lambda name: [[one.display_name, one.addr_spec] for one in message[name].addresses] if message[name] else []
    body = {kind: message.get_body((kind,)) for kind in ("plain", "html")}
    text = {kind: part.get_content() if part else "" for kind, part in body.items()}
    return faults, message, {
        "headers": [name.lower() for name in message.keys()],
        "from": people("From"), "to": people("To"), "cc": people("Cc"), "reply-to": people("Reply-To"),
        "subject": str(message["Subject"] or ""), "id": str(message["Message-ID"] or ""),
        "date": message["Date"].datetime.timestamp() if message["Date"] and message["Date"].datetime else None,
        "text": text["plain"], "html": text["html"],
        "attachments": [[part.get_filename() or "", part.get_content_type(), part.get_content_disposition() or "",
                         hashlib.sha256(part.get_payload(decode=True) or b"").hexdigest()]
                        for part in message.iter_attachments()],
    }


def raw_faults(data):
    """What no parser complains of, but a server or a mail program may."""
    faults = []
    if re.search(rb"(?<!\r)\n|\r(?!\n)", data):
        faults.append("a line that does not end in CR LF")
    if b"\0" in data:
        faults.append("a NUL")
    if not data.isascii():
        faults.append("a byte that is not ASCII")
    lines = data.replace(b"\r\n", b"\n").split(b"\n")
    if max(map(len, lines)) > 998:
        faults.append(f"a line of {max(map(len, lines))} bytes")
    head = data.replace(b"\r\n", b"\n").partition(b"\n\n")[0].decode("latin-1")
    for word in re.findall(r"=\?[^?\s]+\?[BbQq]\?[^?\s]*\?=", head):
        if len(word) > 75:
            faults.append(f"an encoded word of {len(word)} characters")
        try:
            decode_header(word)[0][0].decode("utf-8")
        except (UnicodeDecodeError, ValueError):
            faults.append("an encoded word that is cut inside a character")
    for line in head.split("\n"):
        if not re.match(r"[ \t]+\S|[A-Za-z-]+: ?", line):
            faults.append(f"a header that is none: {line[:40]!r}")
        if len(line) > 78 and " " in line.strip().partition(": ")[2]:
            faults.append(f"a header line of {len(line)} characters: {line[:30]}…")
    if re.search(r'(?:file)?name\*?[0-9*]*="?=\?', data.decode("latin-1")):
        faults.append("a file's name as an encoded word, which RFC 2047 forbids")
    return faults


def check(name, data, other, out, people):
    """All faults of one message: `name` is its path below out/mail/, `other` what mailparser found."""
    faults = raw_faults(data)
    more, message, ours = python_reads(data)
    faults += more
    if "fault" in other:
        return faults + [f"mailparser: {other['fault']}"]
    letter, file = name.split("/")
    participant, _, respondent = file.removesuffix(".eml").partition(".")

    # Two parsers, one message.
    for key in ("subject", "id", "date", "attachments"):
        if ours[key] != other[key]:
            faults.append(f"{key}: Python reads {str(ours[key])[:200]}, mailparser {str(other[key])[:200]}")
    if sorted(ours["headers"]) != sorted(other["headers"]):
        faults.append(f"headers: {set(ours['headers']) ^ set(other['headers'])}")
    for key in ("from", "to", "cc", "reply-to"):
        theirs = [[tight(who), ascii_address(mailbox)] for who, mailbox in other[key]]
        if [[tight(who), ascii_address(mailbox)] for who, mailbox in ours[key]] != theirs:
            faults.append(f"{key}: Python reads {ours[key]}, mailparser {other[key]}")
    for key in ("text", "html"):
        if flat(ours[key]) != flat(other[key]):
            faults.append(f"{key} is not the same to both parsers")

    # Headers.
    faults += [f"no {key}" for key in NEEDED if key not in message]
    faults += [f"{key}: what for?" for key in message.keys()
               if key.lower() not in {allowed.lower() for allowed in ALLOWED}]
    if str(message["Auto-Submitted"] or "") != "auto-generated":
        faults.append("not told to be made by a machine")
    if not ours["subject"].strip() or not ours["date"]:
        faults.append("an empty subject or date")
    if len(ours["from"]) != 1 or not ours["to"]:
        faults.append("not one sender, or nobody it goes to")

    # Who it goes to: people of this participant alone, by their own names.
    known = people.get(participant, {})
    for who, mailbox in other["to"] + other["cc"]:
        if mailbox not in known:
            faults.append(f"it goes to {mailbox}, who is not of {participant}")
        elif who and flat(who) != flat(known[mailbox]):
            faults.append(f"{mailbox} is called {who!r}, not {known[mailbox]!r}")

    # Structure and texts.
    if message.get_content_type() == "multipart/mixed":
        first, *rest = list(message.iter_parts())
        if any(part.get_content_disposition() != "attachment" for part in rest) or not rest:
            faults.append("a part that is no attachment, or none at all")
    else:
        first = message
    if [part.get_content_type() for part in first.iter_parts()] != ["text/plain", "text/html"]:
        faults.append("not a text and the same as HTML")
    for part in first.iter_parts():
        if part.get_content_charset() != "utf-8":
            faults.append(f"{part.get_content_type()} is not in UTF-8")
    page = Visible(ours["html"])
    faults += page.faults
    faults += [f"a link to {point[:60]}" for point in page.points if not re.match(r"https://|mailto:|#", point)]
    if not words(ours["text"]) or sorted(words(ours["text"])) != sorted(words(" ".join(page.words))):
        odd = set(words(ours["text"])) ^ set(words(" ".join(page.words)))
        faults.append(f"text and HTML say different things: {sorted(odd)[:8]}")
    if re.search(r"\{\{|\}\}|___|\(null\)", ours["text"] + ours["subject"]):
        faults.append("a gap was left open")

    # Attachments: files of out/, byte for byte, and of nobody else.
    manifest = {}
    for entry in json.loads((out / "manifest.json").read_text())["files"]:
        if entry["sha256"] not in manifest or entry.get("participant") == participant:
            manifest[entry["sha256"]] = entry  # of files that are alike, the one of this letter
    for filename, kind, _, digest in ours["attachments"]:
        entry = manifest.get(digest)
        if not entry:
            faults.append(f"{filename} is no file of the manifest")
            continue
        if hashlib.sha256((out / entry["path"]).read_bytes()).hexdigest() != digest:
            faults.append(f"{filename} is not what out/ holds")
        if entry.get("participant") not in (None, participant) or entry.get("cohort"):
            faults.append(f"{filename} is {entry.get('participant')}'s")
        if respondent and entry.get("respondent") not in (None, respondent):
            faults.append(f"{filename} is the {entry['respondent']}'s")
        suffix = pathlib.Path(entry["path"]).suffix
        if kind != TYPES[suffix] or not filename.endswith(suffix) or "/" in filename:
            faults.append(f"{filename} is sent as {kind}")
    names = [attachment[0] for attachment in ours["attachments"]]
    if len(set(names)) != len(names):
        faults.append(f"two attachments of one name: {names}")
    return faults


def read_all(messages, node_modules):
    done = subprocess.run(["node", HERE / "parse.mjs", node_modules], input="\n".join(map(str, messages)),
                          capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def people_of(course):
    """{participant: {address: name}} from the files of answers, read without tandem."""
    found = {}
    for profile in course.glob("content/answers/*/profile.yml"):
        fields = yaml.safe_load(profile.read_text())
        found[profile.parent.name] = {fields[f"{who}.email"]: fields[f"{who}.name"]
                                      for who in ("assistant", "executive") if f"{who}.email" in fields}
    for table in course.glob("content/answers/*.csv"):
        for row in csv.DictReader(table.open(encoding="utf-8-sig", newline="")):
            key = next(value for head, value in row.items() if "pair's code" in head)
            pair = found.setdefault(re.sub(r"\W+", "-", key.strip().lower()), {})
            for who in ("Assistant", "Executive"):
                pair[row[f"{who}'s e-mail address"]] = row[f"{who}'s name"]
    return found


def tandem(program, course, *arguments):
    return subprocess.run([program, *arguments, "--course", course], capture_output=True, text=True, check=False)


def copy_course(project, folder):
    for part in ("content", "templates"):
        shutil.copytree(project / part, folder / part, symlinks=True)
    return folder


def written(course):
    return sorted((course / "out" / "mail").glob("*/*.eml"))


def look_through(course, node_modules):
    """Faults of all messages there are: [(name, fault)]."""
    messages, people = written(course), people_of(course)
    found = read_all(messages, node_modules)
    faults, ids = [], {}
    for path in messages:
        name = str(path.relative_to(course / "out" / "mail"))
        data = path.read_bytes()
        faults += [(name, fault) for fault in check(name, data, found[str(path)], course / "out", people)]
        again = ids.setdefault(found[str(path)].get("id"), name)
        if again != name:
            faults.append((name, f"the same Message-ID as {again}"))
    return messages, faults


def shipped(program, project, node_modules, folder):
    """The course's own letters, all of them."""
    course = copy_course(project, folder)
    done = tandem(program, course, "build")
    if done.returncode:
        sys.exit(done.stderr)
    letters = sorted(path.stem for path in (course / "content" / "letters").glob("*.md"))
    faults = []
    for letter in letters:
        done = tandem(program, course, "mail", letter)
        if done.returncode:
            faults.append((letter, f"exit {done.returncode}: {done.stdout}{done.stderr}"))
        if not list((course / "out" / "mail" / letter).glob("*.eml")):
            faults.append((letter, "no message was written"))
    if not letters:
        faults.append(("content/letters", "there is no letter"))
    return (course, *look_through(course, node_modules), faults)


COURSE = """title: Café & Co., “Übung”
version: "1.0"
language: en-GB
currency: GBP
start: 2026-01-05
as-of: 2026-03-02
template: classic
profile: {assistant.name: text, assistant.email: text}
respondents: {assistant: {label: Assistant}}
materials:
  - {pdf: card, title: "Zoë’s card; 100 %", modules: [card], paper: a4}
"""
MODULE = """---
id: card
title: Card
---

# For {{assistant.name}}

Only this.
"""
LETTER = """---
to: "{{assistant.name}} <{{assistant.email}}>"
subject: "Für {{assistant.name}}: 100 % “done”"
attach: [card]
---

# Dear {{assistant.name}},

this is *for you*, and for nobody else: {{assistant.name}}.
"""


def small_course(folder, project, people):
    """One letter to each of `people`: {participant: (name, address)}."""
    shutil.copytree(project / "templates", folder / "templates", symlinks=True)
    for part in ("modules", "letters", "answers"):
        (folder / "content" / part).mkdir(parents=True)
    (folder / "content" / "course.yml").write_text(COURSE)
    (folder / "content" / "mail.yml").write_text('from: "Bureau Grün; Ümit <office@example.org>"\n')
    (folder / "content" / "modules" / "card.md").write_text(MODULE)
    (folder / "content" / "letters" / "note.md").write_text(LETTER)
    for participant, (name, address) in people.items():
        (folder / "content" / "answers" / participant).mkdir()
        # JSON's strings are YAML's, with every odd character escaped (but those beyond 16 bits, as they are).
        quoted = [re.sub(r"[\x7f-\x9f\u2028\u2029]", lambda odd: f"\\u{ord(odd[0]):04x}",
                         json.dumps(text, ensure_ascii=False)) for text in (name, address)]
        (folder / "content" / "answers" / participant / "profile.yml").write_text(
            f"assistant.name: {quoted[0]}\nassistant.email: {quoted[1]}\n")
    return folder


def hard_names(program, project, node_modules, folder):
    """Names that are hard to write arrive as they are."""
    people = {f"p{at}": (name, f"p{at}@example.org") for at, name in enumerate(NAMES)}
    course = small_course(folder, project, people)
    faults = []
    for arguments in (("build",), ("mail", "note")):
        done = tandem(program, course, *arguments)
        if done.returncode:
            faults.append((arguments[0], done.stdout + done.stderr))
    messages, more = look_through(course, node_modules)
    faults += more
    found = read_all(messages, node_modules)
    for participant, (name, _) in people.items():
        path = course / "out" / "mail" / "note" / f"{participant}.eml"
        if not path.exists():
            faults.append((name, "no letter was written"))
            continue
        read = {"to": [], "subject": "", **found[str(path)]}
        if [flat(who) for who, _ in read["to"]] != [flat(name)] or flat(name) not in flat(read["subject"]):
            faults.append((name, f"arrives as {read['to']}, {read['subject']!r}"))
    return len(messages), faults


def harmful(program, project, node_modules, folder):
    """What means harm is refused, or is a name and nothing more. An address that is none is refused."""
    faults, refused = [], 0
    cases = [(name, "ada@example.org") for name in HARMFUL] + [("Ada", address) for address in ADDRESSES]
    for at, (name, address) in enumerate(cases):
        course = small_course(folder / str(at), project, {"ada": (name, address)})
        built = tandem(program, course, "build")
        done = tandem(program, course, "mail", "note")
        case = repr(f"{name} <{address}>"[:60])
        if built.returncode not in (0, 1) or done.returncode not in (0, 1):
            faults.append((case, f"exit {built.returncode}, {done.returncode}"))
        messages = written(course)
        if done.returncode:
            refused += 1
            if not done.stderr.strip() or messages:
                faults.append((case, f"refused, with {len(messages)} messages and no reason" if messages else "no reason"))
            continue
        if address in ADDRESSES or len(messages) != 1:
            faults.append((case, f"{len(messages)} messages were written"))
        other = read_all(messages, node_modules)
        for message in messages:
            data = message.read_bytes()
            _, _, read = python_reads(data)
            theirs = other[str(message)].setdefault("to", [])
            if any([mailbox for _, mailbox in to] != [address] for to in (read["to"], theirs)):
                faults.append((case, f"it goes to {read['to']}, {theirs}"))
            people = {"ada": {mailbox: who for who, mailbox in theirs if mailbox == address}}
            faults += [(case, fault) for fault in
                       check("note/ada.eml", data, other[str(message)], course / "out", people)]
    return len(cases), refused, faults


def damages(data):
    """A good message spoiled, each in one way: (what, bytes)."""
    head, _, body = data.partition(b"\r\n\r\n")
    header = lambda text: (text + b"\r\n" + head + b"\r\n\r\n" + body)
    replace = lambda pattern, by: re.sub(pattern, by, data, count=1, flags=re.M | re.S | re.I)
    yield "a second To", header(b"To: eve@example.org")
    yield "a second Subject", header(b"subject: again")
    yield "a Bcc", header(b"Bcc: eve@example.org")
    yield "another To", replace(rb"^To: .*?\r\n(?![ \t])", b"To: eve@example.org\r\n")
    yield "another name", replace(rb"^To: .*?<", b"To: Somebody Else <")
    yield "no To", replace(rb"^To: .*?\r\n(?![ \t])", b"")
    yield "no Date", replace(rb"^Date: .*?\r\n", b"")
    yield "no Message-ID", replace(rb"^Message-ID: .*?\r\n(?![ \t])", b"")
    yield "no Auto-Submitted", replace(rb"^Auto-Submitted: .*?\r\n", b"")
    yield "a date that is none", replace(rb"^Date: .*?\r\n", b"Date: some day\r\n")
    yield "a gap", replace(rb"^Subject: .*?\r\n(?![ \t])", b"Subject: Dear ___\r\n")
    yield "an empty subject", replace(rb"^Subject: .*?\r\n(?![ \t])", b"Subject: \r\n")
    yield "bytes in a header", replace(rb"^Subject: .*?\r\n(?![ \t])", "Subject: Müller\r\n".encode())
    yield "half a character", replace(rb"^Subject: .*?\r\n(?![ \t])", b"Subject: =?utf-8?q?M=C3?= =?utf-8?q?=BCller?=\r\n")
    yield "bare line feeds", data.replace(b"\r\n", b"\n")
    yield "a long line", replace(rb"^Subject: .*?\r\n(?![ \t])", b"Subject: " + b"x" * 1200 + b"\r\n")
    yield "a long header line", replace(rb"^Subject: .*?\r\n(?![ \t])", b"Subject: " + b"word " * 20 + b"\r\n")
    yield "a name as an encoded word", re.sub(
        rb"filename\*?[0-9]*\*?=[^\r\n]*(?:\r\n[ \t][^\r\n]*)*", b'filename="=?utf-8?q?a=2Epdf?="', data)
    yield "no end", data[:-200]
    yield "half of it", data[:len(data) // 2]
    middle = data.rindex(b"\r\n\r\n", 0, -100) + 200
    yield "an attachment's byte", data[:middle] + (b"A" if data[middle:middle + 1] != b"A" else b"B") + data[middle + 1:]
    yield "a part's second header", replace(rb"^Content-Disposition: attachment", b"Content-Type: text/x\r\nContent-Disposition: attachment")
    yield "an attachment shown inside", replace(rb"^Content-Disposition: attachment", b"Content-Disposition: inline")
    yield "another type", data.replace(b"application/pdf", b"text/x-pdf").replace(b"application/vnd", b"text/vnd")
    yield "another charset", replace(rb"charset=\"?utf-8\"?", b"charset=iso-8859-1")
    part = re.search(rb"Content-Type: text/html.*?\r\n\r\n", data, re.S | re.I)
    for what, text in (("a script", b"<script>1</script>"), ("a picture", b"<img src=3D\"https://example.org/a.png\">"),
                       ("more in one part", b"<p>surprising</p>"), ("a tag left open", b"<div>")):
        yield what, data[:part.end()] + text + b"\r\n" + data[part.end():]


def self_test(course, messages, node_modules):
    people, faults = people_of(course), []
    source = next((path for path in messages if b"Content-Disposition: attachment" in path.read_bytes()), None)
    if not source:
        return 0, [("out/mail", "no message with an attachment to damage")]
    name = str(source.relative_to(course / "out" / "mail"))
    spoiled = []
    for at, (what, data) in enumerate(damages(source.read_bytes())):
        path = course / "out" / f"spoiled-{at}.eml"
        path.write_bytes(data)
        spoiled.append((what, path, data))
    found = read_all([path for _, path, _ in spoiled], node_modules)
    for what, path, data in spoiled:
        if data == source.read_bytes() or not check(name, data, found[str(path)], course / "out", people):
            faults.append((what, "was not noticed"))
    # A good message is one; in somebody else's name it is not, nor with a file that is somebody else's.
    other = next(key for key in people if key != name.split("/")[1].split(".")[0])
    good = read_all([source], node_modules)[str(source)]
    if check(name, source.read_bytes(), good, course / "out", people):
        faults.append((name, "is not good to begin with"))
    if not check(f"{name.split('/')[0]}/{other}.eml", source.read_bytes(), good, course / "out", people):
        faults.append(("another's letter", "was not noticed"))
    manifest = course / "out" / "manifest.json"
    listed = json.loads(manifest.read_text())
    for entry in listed["files"]:
        entry["participant"] = other
    manifest.write_text(json.dumps(listed))
    if not check(name, source.read_bytes(), good, course / "out", people):
        faults.append(("another's file", "was not noticed"))
    return len(spoiled) + 2, faults


def main():
    program, project, node_modules = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        course, messages, faults, more = shipped(program, project, node_modules, scratch / "shipped")
        faults += more
        if "--self-test" in sys.argv[4:]:
            count, faults = self_test(course, messages, node_modules)
            said = f"{count} kinds of damage are noticed"
        else:
            named, more = hard_names(program, project, node_modules, scratch / "names")
            cases, refused, worse = harmful(program, project, node_modules, scratch / "harm")
            faults += more + worse
            said = (f"{len(messages)} letters of the course and {named} to people with hard names are the same to two "
                    f"parsers; of {cases} that mean harm {refused} are refused")
    for name, fault in faults:
        print(f"{name}: {fault}", file=sys.stderr)
    print(said if not faults else f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

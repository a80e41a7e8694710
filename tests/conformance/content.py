"""A walk through what pages, form XObjects and appearances paint: which marked content each
painting operator lies in, and which characters of which font are shown."""
import pikepdf

from tree import items, key_of, name

PAINTING = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "INLINE IMAGE"}
SHOWING = {"Tj", "TJ", "'", '"'}
INVISIBLE = 3  # text rendering mode


class FontUse:
    """A font with the codes it shows: all, those that are painted, those inside of a Formula."""

    def __init__(self, font):
        self.font, self.strings, self.rendered, self.formula = font, set(), set(), set()


class Mark:
    """A marked-content sequence that is open."""
    __slots__ = ("artifact", "mcid", "element", "language")

    def __init__(self, artifact, mcid, element, language):
        self.artifact, self.mcid, self.element, self.language = artifact, mcid, element, language


class Walk:
    def __init__(self, tree, report):
        self.tree, self.report = tree, report
        self.fonts = {}           # FontUse by what tells the font
        self.form_uses = {}       # how often each form XObject is shown
        self.forms_with_mcids = set()
        self.seen_mcids = {}      # by stream: how often
        self.colours = set()      # of the operators g, rg, k and their kin
        self.deepest_q = 0
        self._forms = {}          # instructions by form
        self._plain = set()       # forms without marks whose fonts are known

    def page(self, page, where):
        self._walk(pikepdf.parse_content_stream(page), page.obj, page.obj.get("/Resources"), [],
                   where, True)

    def appearance(self, stream, where):
        """What an annotation shows: the annotation is tagged, not its strokes."""
        if key_of(stream) in self._plain:
            return
        self._plain.add(key_of(stream))
        self._walk(pikepdf.parse_content_stream(stream), stream, stream.get("/Resources"), [],
                   where, False)

    # -- marks --

    def _open(self, operands, owner, stack, where):
        tag = name(operands[0])
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, pikepdf.Name):
            lists = owner.get("/Resources", pikepdf.Dictionary()).get("/Properties", {})
            properties = lists.get(str(properties))
        has = isinstance(properties, pikepdf.Dictionary)
        mcid = int(properties.MCID) if has and "/MCID" in properties else None
        element = None
        if mcid is not None:
            seen = self.seen_mcids.setdefault(owner.objgen, {})
            seen[mcid] = seen.get(mcid, 0) + 1
            element = self.tree.of_sequence(owner, mcid)
            if element is None:
                self.report("parent-tree", f"{where}: MCID {mcid} leads to no element")
        language = bool(has and "/Lang" in properties) or bool(element and element.lang)
        language = language or any(mark.language for mark in stack) or bool(self.tree.lang)
        if has and not language and any(key in properties for key in ("/Alt", "/ActualText", "/E")):
            self.report("11-002", f"{where}: in the content's own properties")
        artifact = tag == "Artifact"
        if artifact and any(mark.mcid is not None for mark in stack):
            self.report("01-003", where)
        if mcid is not None and any(mark.artifact for mark in stack):
            self.report("01-004", f"{where}: MCID {mcid}")
        stack.append(Mark(artifact, mcid, element, language))

    def _paint(self, stack, where, operator, tagged):
        if tagged and not any(mark.artifact or mark.element for mark in stack):
            self.report("01-005", f"{where}: operator {operator}")

    # -- operators --

    def _walk(self, instructions, owner, resources, stack, where, tagged):
        font, mode, states, depth = None, 0, [], len(stack)
        resources = resources if resources is not None else pikepdf.Dictionary()
        for instruction in instructions:
            operator, operands = str(instruction.operator), instruction.operands
            if operator in SHOWING:
                self._show(font, mode, operands, stack, where, operator, tagged)
            elif operator in PAINTING:
                self._paint(stack, where, operator, tagged)
            elif operator in ("BDC", "BMC"):
                self._open(operands, owner, stack, where)
            elif operator == "EMC":
                if len(stack) > depth:
                    stack.pop()
            elif operator == "Tf":
                font = self._font(resources, str(operands[0]))
            elif operator == "Tr":
                mode = int(operands[0])
            elif operator == "q":
                states.append((font, mode))
                self.deepest_q = max(self.deepest_q, len(states))
            elif operator == "Q":
                font, mode = states.pop() if states else (font, mode)
            elif operator == "Do":
                self._do(resources, str(operands[0]), stack, where, tagged)
            elif operator in ("g", "G", "rg", "RG", "k", "K"):
                self.colours.add(operator.lower())

    def _font(self, resources, key):
        font = resources.get("/Font", pikepdf.Dictionary()).get(key)
        if font is None:
            return None
        return self.use_font(font, (resources.objgen, key))

    def use_font(self, font, otherwise):
        return self.fonts.setdefault(key_of(font) or otherwise, FontUse(font))

    def _show(self, font, mode, operands, stack, where, operator, tagged):
        shown = operands[-1] if operands else None
        strings = [bytes(part) for part in items(shown) if isinstance(part, pikepdf.String)]
        strings = [part for part in strings if part]
        if not strings:
            return
        self._paint(stack, where, operator, tagged)
        innermost = next((mark for mark in reversed(stack) if mark.element), None)
        if tagged and innermost and not innermost.language:
            self.report("11-001", f"{where}: {innermost.element.where()}")
        if font is None:
            self.report("31-009", f"{where}: text without a font")
            return
        font.strings.update(strings)
        if mode != INVISIBLE:
            font.rendered.update(strings)
        if innermost and innermost.element.above("Formula"):
            font.formula.update(strings)

    def _do(self, resources, key, stack, where, tagged):
        shown = resources.get("/XObject", pikepdf.Dictionary()).get(key)
        if shown is None:
            return
        if name(shown.get("/Subtype")) != "Form":
            self._paint(stack, where, "Do", tagged)
            return
        self.form_uses[shown.objgen] = self.form_uses.get(shown.objgen, 0) + 1
        if shown.objgen not in self._forms:
            self._forms[shown.objgen] = pikepdf.parse_content_stream(shown)
        instructions = self._forms[shown.objgen]
        marks = [one for one in instructions if str(one.operator) in ("BDC", "BMC")]
        if any("/MCID" in operand for one in marks for operand in one.operands
               if isinstance(operand, pikepdf.Dictionary)):
            self.forms_with_mcids.add(shown.objgen)
        if not marks:
            self._paint(stack, where, "Do", tagged)
            if shown.objgen in self._plain:
                return
            self._plain.add(shown.objgen)
        own = shown.get("/Resources", resources)
        inside = f"{where}, form {key}"
        self._walk(instructions, shown, own, stack, inside, tagged and bool(marks))

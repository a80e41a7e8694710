"""A PDF's structure tree, parent tree and optional language, read with pikepdf."""
import re

import pikepdf

STANDARD = set("""
Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6
L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot
Ruby RB RT RP Warichu WT WP Figure Formula Form""".split())


def name(value):
    """A name without its stroke; "" for anything else."""
    return str(value)[1:] if isinstance(value, pikepdf.Name) else ""


def text(value):
    return str(value) if isinstance(value, pikepdf.String) else ""


def items(value):
    """What an entry that may be an array holds."""
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def key_of(value):
    """What tells an indirect object from others; None for a direct one."""
    return value.objgen if getattr(value, "is_indirect", False) else None


class Element:
    __slots__ = ("node", "type", "standard", "parent", "kids", "lang", "own_lang", "page")

    def __init__(self, node, parent, role_map):
        self.node, self.parent, self.kids = node, parent, []
        self.type = name(node.get("/S"))
        self.standard = role_map.standard(self.type)
        self.own_lang = text(node.get("/Lang"))
        self.lang = self.own_lang or (parent.lang if parent else "")
        self.page = node.get("/Pg", None)

    def elements(self):
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def above(self, standard):
        """The nearest element around, or itself, of a type."""
        at = self
        while at and at.standard != standard:
            at = at.parent
        return at

    def attribute(self, key):
        for attributes in items(self.node.get("/A")):
            if isinstance(attributes, pikepdf.Dictionary) and key in attributes:
                return attributes[key]
        return None

    def has_words(self):
        return bool(text(self.node.get("/Alt")) or "/ActualText" in self.node)

    def where(self):
        parts, at = [], self
        while at and len(parts) < 4:
            parts.insert(0, at.type)
            at = at.parent
        return f"{'/'.join(parts)} (object {self.node.objgen[0]})"


class Sequence:
    """A marked-content sequence that an element names; the stream is a page or a form XObject."""
    __slots__ = ("stream", "mcid", "element")

    def __init__(self, stream, mcid, element):
        self.stream, self.mcid, self.element = stream, mcid, element


class ObjectReference:
    __slots__ = ("object", "element")

    def __init__(self, target, element):
        self.object, self.element = target, element


class RoleMap:
    def __init__(self, entries):
        self.entries = {key[1:]: name(value) for key, value in (entries or {}).items()}

    def chain(self, role):
        seen = [role]
        while seen[-1] not in STANDARD and seen[-1] in self.entries:
            seen.append(self.entries[seen[-1]])
            if seen[-1] in seen[:-1]:
                break
        return seen

    def standard(self, role):
        last = self.chain(role)[-1]
        return last if last in STANDARD else ""

    def is_circular(self, role):
        seen = set()
        while role in self.entries:
            if role in seen:
                return True
            seen.add(role)
            role = self.entries[role]
        return False


def number_tree(node, depth=0):
    """The pairs of a number tree."""
    found = {}
    if not isinstance(node, pikepdf.Dictionary) or depth > 20:
        return found
    numbers = items(node.get("/Nums"))
    for at in range(0, len(numbers) - 1, 2):
        found[int(numbers[at])] = numbers[at + 1]
    for kid in items(node.get("/Kids")):
        found.update(number_tree(kid, depth + 1))
    return found


class Tree:
    """All elements in the order they are read in; `by_object` finds one by its object's number."""

    def __init__(self, root):
        self.root = root.get("/StructTreeRoot")
        self.elements, self.by_object, self.loops = [], {}, []
        self.lang = text(root.get("/Lang"))
        self.role_map = RoleMap(self.root.get("/RoleMap") if self.root is not None else None)
        self.parents = number_tree(self.root.get("/ParentTree")) if self.root is not None else {}
        self.top = []
        if self.root is None:
            return
        waiting = [(kid, None) for kid in reversed(items(self.root.get("/K")))]
        while waiting:
            self._take(waiting)

    def _take(self, waiting):
        node, parent = waiting.pop()
        kid = self._kid(node, parent)
        (parent.kids if parent else self.top).append(kid)
        if isinstance(kid, Element):
            if kid.node.objgen in self.by_object and kid.node.objgen[0]:
                self.loops.append(kid)
                return
            self.elements.append(kid)
            self.by_object[kid.node.objgen] = kid
            # Kids are put where they belong when they are taken: the last waits first.
            waiting.extend((below, kid) for below in reversed(items(node.get("/K"))))

    def _kid(self, node, parent):
        if not isinstance(node, pikepdf.Dictionary):
            return Sequence(parent.page if parent else None, int(node), parent)
        kind = name(node.get("/Type"))
        if kind == "MCR":
            stream = node.get("/Stm", node.get("/Pg", parent.page if parent else None))
            return Sequence(stream, int(node.MCID), parent)
        if kind == "OBJR":
            return ObjectReference(node.get("/Obj"), parent)
        return Element(node, parent, self.role_map)

    def of_annotation(self, annotation):
        """The element an annotation stands in, by the parent tree; None."""
        number = annotation.get("/StructParent")
        target = self.parents.get(int(number)) if number is not None else None
        return self.by_object.get(target.objgen) if isinstance(target, pikepdf.Dictionary) else None

    def of_sequence(self, owner, mcid):
        """The element of an MCID in a page's or form's stream; None."""
        number = owner.get("/StructParents")
        targets = self.parents.get(int(number)) if number is not None else None
        if not isinstance(targets, pikepdf.Array) or mcid >= len(targets):
            return None
        target = targets[mcid]
        return self.by_object.get(target.objgen) if isinstance(target, pikepdf.Dictionary) else None


def says_language(value):
    """Whether a text string names its own language (ISO 32000-1, 7.9.2.2)."""
    return re.search("\x1b[A-Za-z]{2}", text(value)) is not None

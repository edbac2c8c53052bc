"""How do several tagged PDFs become one, written from beginning to end without going back?

Typst writes every object in the clear (no object streams) with a table of where each begins. So objects are
given new numbers by the text of their dictionaries, and the three that hold a document together (catalogue,
page tree, structure tree) are written anew at the end. ISO 32000-1, 7.5 and 14.7.
"""

from __future__ import annotations

import re
from array import array

PAGES, STRUCTURE, CATALOGUE, INFO = 1, 2, 3, 4  # numbers that are kept for what is written last
RESERVED = 4
HEADER = b"%PDF-1.7\n%\x80\x80\x80\x80\n"
REFERENCE = re.compile(rb"(\d+) 0 R")
STRUCT_PARENTS = re.compile(rb"/StructParents (\d+)")
COUNT = re.compile(rb"/Count (\d+)")
NUMS = re.compile(rb"/ParentTree<</Nums\[([^\]]*)\]")
NEXT_KEY = re.compile(rb"/ParentTreeNextKey (\d+)")
DOCUMENT = re.compile(rb"/K\[(\d+) 0 R\]")
LANGUAGE = re.compile(rb"/Lang\(([^)]*)\)")
TITLE = re.compile(rb"/Title(\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f]*>)", re.DOTALL)
STREAM = b"\nstream\n"


class PdfJoiner:
    """Gives the bytes of one PDF for each piece that is added, and what ends it."""

    def __init__(self) -> None:
        self._at = 0
        self._offsets = array("Q", [0] * (RESERVED + 1))
        self._page_trees: list[int] = []
        self._documents: list[int] = []
        self._parents: list[tuple[int, int, int]] = []  # first key, last key, number of the leaf
        self._pages = 0
        self._keys = 0
        self._language = b""
        self._title = b"()"
        self._metadata = 0
        self._role_map = b""

    def add(self, piece: bytes) -> bytes:
        """The bytes of a piece, renumbered. Raises ValueError for what Typst did not write."""
        out = bytearray() if self._at else bytearray(HEADER)
        objects, trailer = read_objects(piece)
        base = len(self._offsets) - 1
        roles = {kind: find_kind(objects, kind) for kind in (b"Pages", b"StructTreeRoot", b"Catalog")}
        info = int(re.search(rb"/Info (\d+) 0 R", trailer)[1])  # type: ignore[index]
        moved = {roles[b"StructTreeRoot"]: STRUCTURE}
        self._offsets.extend([0] * len(objects))
        left_out = {roles[b"StructTreeRoot"], roles[b"Catalog"], info}
        for number, content in objects.items():
            if number in left_out:
                continue
            self._put(out, base + number, self._renumber(number, content, base, moved, roles))
        self._note(objects, roles, base, info)
        self._put_parents(out, objects[roles[b"StructTreeRoot"]], base)
        self._pages += int(COUNT.search(objects[roles[b"Pages"]])[1])  # type: ignore[index]
        self._at += len(out)
        return bytes(out)

    def _renumber(
        self, number: int, content: bytes, base: int, moved: dict[int, int], roles: dict[bytes, int]
    ) -> bytes:
        head, mark, body = content.partition(STREAM)

        def refer(found: re.Match[bytes]) -> bytes:
            old = int(found[1])
            return b"%d 0 R" % moved.get(old, base + old)

        head = REFERENCE.sub(refer, head)
        if b"/StructParents" in head:
            head = STRUCT_PARENTS.sub(lambda m: b"/StructParents %d" % (int(m[1]) + self._keys), head)
        if number == roles[b"Pages"]:
            head = head.replace(b"/Type/Pages", b"/Type/Pages/Parent %d 0 R" % PAGES, 1)
        return head + mark + body

    def _put(self, out: bytearray, number: int, content: bytes) -> None:
        self._offsets[number] = self._at + len(out)
        out += b"%d 0 obj\n" % number + content

    def _note(self, objects: dict[int, bytes], roles: dict[bytes, int], base: int, info: int) -> None:
        """Remember what the last objects need of a piece."""
        self._page_trees.append(base + roles[b"Pages"])
        self._documents.append(base + int(DOCUMENT.search(objects[roles[b"StructTreeRoot"]])[1]))  # type: ignore[index]
        if not self._language:
            catalogue = objects[roles[b"Catalog"]]
            language, title = LANGUAGE.search(catalogue), TITLE.search(objects[info])
            self._language = language[1] if language else b"sv"
            self._title = title[1] if title else self._title
            metadata = re.search(rb"/Metadata (\d+) 0 R", catalogue)
            self._metadata = base + int(metadata[1]) if metadata else 0
            role_map = re.search(rb"/RoleMap<<.*?>>", objects[roles[b"StructTreeRoot"]])
            self._role_map = role_map[0] if role_map else b""

    def _put_parents(self, out: bytearray, structure: bytes, base: int) -> None:
        """The piece's leaf of the tree that leads from a page's marks to the structure."""
        pairs = re.findall(rb"(\d+) (\d+) 0 R", NUMS.search(structure)[1])  # type: ignore[index]
        first, last = self._keys, self._keys + int(pairs[-1][0])
        nums = b" ".join(b"%d %d 0 R" % (self._keys + int(k), base + int(n)) for k, n in pairs)
        self._offsets.append(0)
        number = len(self._offsets) - 1
        self._put(out, number, b"<</Limits[%d %d]/Nums[%s]>>\nendobj\n" % (first, last, nums))
        self._parents.append((first, last, number))
        self._keys += int(NEXT_KEY.search(structure)[1])  # type: ignore[index]

    def end(self) -> bytes:
        """The page tree, structure and catalogue of the whole, and the table of where everything is."""
        out = bytearray()
        trees = b" ".join(b"%d 0 R" % n for n in self._page_trees)
        self._put(out, PAGES, b"<</Type/Pages/Count %d/Kids[%s]>>\nendobj\n" % (self._pages, trees))
        documents = b" ".join(b"%d 0 R" % n for n in self._documents)
        leaves = b" ".join(b"%d 0 R" % n for _, _, n in self._parents)
        tree = b"/ParentTree<</Kids[%s]>>/ParentTreeNextKey %d" % (leaves, self._keys)
        structure = b"<</Type/StructTreeRoot%s/K[%s]%s>>\nendobj\n" % (self._role_map, documents, tree)
        self._put(out, STRUCTURE, structure)
        metadata = b"/Metadata %d 0 R" % self._metadata if self._metadata else b""
        self._put(
            out,
            CATALOGUE,
            b"<</Type/Catalog/Pages %d 0 R%s/Lang(%s)/StructTreeRoot %d 0 R/MarkInfo<</Marked true>>"
            b"/ViewerPreferences<</DisplayDocTitle true>>>>\nendobj\n"
            % (PAGES, metadata, self._language, STRUCTURE),
        )
        self._put(out, INFO, b"<</Title%s>>\nendobj\n" % self._title)
        return bytes(out) + self._write_table(self._at + len(out))

    def _write_table(self, at: int) -> bytes:
        rows = (b"%010d 00000 %s\r\n" % (offset, b"n" if offset else b"f") for offset in self._offsets[1:])
        size = len(self._offsets)
        return (
            b"xref\n0 %d\n0000000000 65535 f\r\n" % size
            + b"".join(rows)
            + b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
            % (size, CATALOGUE, INFO, at)
        )


def read_objects(piece: bytes) -> tuple[dict[int, bytes], bytes]:
    """Every object by its number, from its dictionary to endobj, and the trailer."""
    start = int(piece[piece.rindex(b"startxref") + 9 :].split()[0])
    table, _, trailer = piece[start:].partition(b"trailer")
    rows = table.split(b"\n")[2:]
    places = {n: int(row[:10]) for n, row in enumerate(rows) if row[17:18] == b"n"}
    ordered = sorted(places.items(), key=lambda one: one[1])
    ends = [at for _, at in ordered[1:]] + [start]
    found: dict[int, bytes] = {}
    for (number, at), end in zip(ordered, ends, strict=True):
        name, _, content = piece[at:end].partition(b" obj\n")
        if name != b"%d 0" % number:
            raise ValueError("not a PDF as Typst writes it")
        found[number] = content
    return found, trailer


def find_kind(objects: dict[int, bytes], kind: bytes) -> int:
    """The number of the one object of a type."""
    mark = b"<</Type/" + kind
    return next(n for n, content in objects.items() if content.startswith((mark + b"/", mark + b">")))

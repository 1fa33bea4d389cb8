"""JSON Lines and JSON, whole, broken and hostile: each line is a record or a Rejection, and the next is still read."""

from __future__ import annotations

import gzip
import os
import tracemalloc
from io import BytesIO
from typing import BinaryIO, cast

import pytest

from ingest.article import Rejection
from ingest.records import MAX_BLANK, MAX_BROKEN, EncodingError, decode_utf8, read_records


def read(data: bytes, *, lines: bool = True, max_bytes: int = 20_000_000) -> list[tuple[str, object]]:
    """Where, and either the record's id or the reason of its rejection."""
    found = []
    for item in read_records(BytesIO(data), "f", json_lines=lines, max_bytes=max_bytes):
        if isinstance(item, Rejection):
            found.append((item.source, item.reason))
        else:
            found.append((item[0], item[1].get("id")))
    return found


def test_every_line_is_a_record_with_its_line_number() -> None:
    assert read(b'{"id": 1}\n\n  {"id": 2}\r\n{"id": 3}') == [("f:1", 1), ("f:3", 2), ("f:4", 3)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"id": 2', "broken_json"),
        (b'{"id": 2} {"id": 3}', "broken_json"),
        (b"kh\xc3\xb4ng ph\xe1\xba\xa3i JSON", "broken_json"),
        (b'{"id": "a\x00b"}', "broken_json"),
        (b"\x00\x00\x00", "broken_json"),
        (b'{"id": "a\tb"}', "broken_json"),
        (b'{"id": "\\ud800"}', "lone_surrogate"),
        (b'{"id": ["x", {"k\\uDFFF": 1}]}', "lone_surrogate"),
        (b'{"id": NaN}', "not_json"),
        (b'{"id": [-Infinity]}', "not_json"),
        (b'{"id": ' + b"9" * 5000 + b"}", "not_json"),
        (b'{"id": 1, "id": 2}', "duplicate_key"),
        (b'{"id": {"a": 1, "b": 2, "a": 3}}', "duplicate_key"),
        (b'{"id": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "too_deep"),
        (b'["id"]', "not_an_object"),
        (b'"id"', "not_an_object"),
        (b"null", "not_an_object"),
        (b"12", "not_an_object"),
        (b'{"id": "caf\xe9"}', "bad_encoding"),
        (b'{"id": "' + b"x" * 1000 + b'"}', "too_long"),
    ],
)
def test_a_bad_line_is_rejected_with_its_reason_and_the_next_is_read(line: bytes, reason: str) -> None:
    limit = 500 if reason == "too_long" else 20_000_000
    data = b'{"id": 1}\n' + line + b'\n{"id": 3}\n'
    assert read(data, max_bytes=limit) == [("f:1", 1), ("f:2", reason), ("f:3", 3)]


def test_both_halves_of_a_pair_are_one_character() -> None:
    assert read(b'{"id": "\\ud83d\\ude00 \\\\ud800"}') == [("f:1", "😀 \\ud800")]


def test_a_wrong_byte_is_named_by_its_place_in_the_file() -> None:
    found = list(read_records(BytesIO(b'{"id": 1}\n{"id": "\xff"}'), "f", json_lines=True))
    assert isinstance(found[1], Rejection)
    # ten bytes of the first line, eight up to the quotation mark
    assert found[1].detail.startswith("Byte 18 (0xff) is not UTF-8.")


def test_a_line_of_ten_megabytes_is_read() -> None:
    text = "x" * 10_000_000
    assert read(b'{"id": "' + text.encode() + b'"}\n{"id": 2}') == [("f:1", text), ("f:2", 2)]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("lines", [True, False])
def test_a_byte_order_mark_decides_the_encoding(codec: str, lines: bool) -> None:
    assert read('{"id": "Đà Lạt"}\n{"id": "Huế"}'.encode(codec), lines=lines) == [("f:1", "Đà Lạt"), ("f:2", "Huế")]


def test_broken_utf16_is_rejected_with_the_place_of_the_break() -> None:
    data = '{"id": 1}\n'.encode("utf-16-le")
    found = list(read_records(BytesIO(b"\xff\xfe" + data + b"\x00\xd8\x41\x00"), "f", json_lines=True))
    assert found[-1] == Rejection(
        "f", "bad_encoding", "Byte 22 is not UTF-16-LE, as the file's first bytes announce. Save it as UTF-8."
    )


def test_a_pipe_that_gives_a_byte_at_a_time_is_read_the_same() -> None:
    class Trickle(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(1)

    stream = Trickle('\ufeff[{"id": "Huế"}]'.encode())
    assert [item[1] for item in read_records(stream, "f", json_lines=False) if isinstance(item, tuple)] == [
        {"id": "Huế"}
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[{"id": 1}, {"id": 2}]', [("f[0]", 1), ("f[1]", 2)]),
        (" [ ] ", []),
        ('{"id": 1}', [("f", 1)]),
        ('{\n  "id": 1,\n  "title": "T"\n}\n', [("f", 1)]),
        ('{\n"id": 1\n}\n{\n"id": 2\n}', [("f", 1), ("f[1]", 2)]),
        ('{"id": 1}\n{"id": 2}\n', [("f:1", 1), ("f:2", 2)]),
        ('{"id": 1]}\n{"id": 2}\n', [("f:1", "broken_json"), ("f:2", 2)]),
        ('[{"id": 1}, 7, {"id": 3}]', [("f[0]", 1), ("f[1]", "not_an_object"), ("f[2]", 3)]),
        ('[{"id": NaN}, {"id": 2}]', [("f[0]", "not_json"), ("f[1]", 2)]),
        ('[{"id": 1}, {"id": 2', [("f[0]", 1), ("f[1]", "broken_json")]),
        ('[{"id": 1} {"id": 2}]', [("f[0]", 1), ("f[1]", "broken_json")]),
        ('[{"id": 1}', [("f[0]", 1), ("f", "broken_json")]),
        ('[{"id": 1}] tail', [("f[0]", 1), ("f", "broken_json")]),
        ("[" * 100_000, [("f[0]", "too_deep")]),
        ("12", [("f", "not_an_object")]),
        ("", []),
    ],
)
def test_a_json_file_may_hold_an_array_one_record_or_several(text: str, expected: list[tuple[str, object]]) -> None:
    assert read(text.encode(), lines=False) == expected


def test_items_that_straddle_the_pieces_in_which_a_file_is_read_are_whole() -> None:
    # 300 items of about 3,000 bytes: far more than one piece of 256 KiB
    items = ", ".join(f'{{"id": {number}, "text": "{"ế" * 1000}"}}' for number in range(300))
    assert read(f"[{items}]".encode(), lines=False) == [(f"f[{number}]", number) for number in range(300)]


def test_an_endless_item_of_an_array_is_given_up_at_the_limit() -> None:
    data = b'[{"id": 1}, {"id": "' + b"x" * 3_000_000
    assert read(data, lines=False, max_bytes=500_000) == [("f[0]", 1), ("f[1]", "too_long")]


@pytest.mark.parametrize("lines", [True, False])
def test_a_gzip_bomb_costs_no_more_memory_than_the_limit_allows(lines: bool) -> None:
    bomb = gzip.compress((b"" if lines else b"[") + b'{"id": "' + b"x" * 60_000_000, compresslevel=1)
    tracemalloc.start()
    with gzip.open(BytesIO(bomb)) as stream:
        found = list(read_records(cast(BinaryIO, stream), "f", json_lines=lines, max_bytes=1_000_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [item.reason for item in found if isinstance(item, Rejection)] == ["too_long"]
    assert peak < 16_000_000


def test_gzip_cut_off_in_the_middle_gives_what_came_before_and_says_so() -> None:
    whole = gzip.compress(b"".join(b'{"id": %d}\n' % number for number in range(100_000)), compresslevel=1)
    with gzip.open(BytesIO(whole[: len(whole) // 2])) as stream:
        found = list(read_records(cast(BinaryIO, stream), "f", json_lines=True))
    assert found[0] == ("f:1", {"id": 0})
    assert isinstance(found[-1], Rejection)
    assert found[-1].reason == "unreadable"


def test_decoding_names_the_first_wrong_byte_and_a_way_out() -> None:
    with pytest.raises(EncodingError, match=r"Byte 103 \(0xe9\).*iconv"):
        decode_utf8(b"caf\xe9", offset=100)


def test_whole_lines_before_the_place_where_a_packed_file_breaks_off_are_read() -> None:
    packed = gzip.compress(b'{"id": "a"}\n{"id": "b"}\n' + os.urandom(5_000).hex().encode())
    with gzip.open(BytesIO(packed[:-3_000])) as broken:
        found = list(read_records(cast(BinaryIO, broken), "tin.jsonl.gz", json_lines=True))
    assert [item[1] for item in found if isinstance(item, tuple)] == [{"id": "a"}, {"id": "b"}]
    assert isinstance(found[-1], Rejection)
    assert found[-1].reason == "unreadable"


def test_a_file_of_broken_records_is_given_up_and_one_with_sound_ones_between_is_not() -> None:
    given_up = read(b"[]\n" * (MAX_BROKEN + 500))
    assert given_up[-1] == ("f", "too_broken")
    assert len(given_up) == MAX_BROKEN + 1
    mixed = read((b"[]\n" * (MAX_BROKEN - 1) + b'{"id": 1}\n') * 2)
    assert len(mixed) == 2 * MAX_BROKEN
    assert ("f", "too_broken") not in mixed


def test_endless_empty_lines_are_given_up() -> None:
    assert read(b"\r\n" * (MAX_BLANK + 500) + b'{"id": 1}\n') == [(f"f:{MAX_BLANK + 1}", "too_broken")]
    assert read(b"\n" * 1_000 + b'{"id": 1}') == [("f:1001", 1)]


def test_files_put_one_after_the_other_keep_their_byte_order_marks() -> None:
    assert read(b'\xef\xbb\xbf{"id": 1}\n\xef\xbb\xbf{"id": 2}\n') == [("f:1", 1), ("f:2", 2)]


def test_an_object_that_only_wraps_records_is_opened() -> None:
    wrapped = b'{"total": 2, "articles": [{"id": 1, "title": "M\xc6\xb0a"}, {"id": 2}]}'
    assert read(wrapped, lines=False) == [("f.articles[0]", 1), ("f.articles[1]", 2)]
    assert read(b'{"id": 7, "body": "M\xc6\xb0a", "items": [{"id": 1}]}', lines=False) == [("f", 7)]

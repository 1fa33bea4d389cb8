"""Who published an article: host or lead marker → the outlet's readable name.

A host not in the table keeps the name the input gives, else its own. This module reads no page.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ingest.text import clean_line, squash

_HOSTS = {
    "vnexpress.net": "VnExpress",
    "tuoitre.vn": "Tuổi Trẻ",
    "thanhnien.vn": "Thanh Niên",
    "dantri.com.vn": "Dân trí",
    "htv.com.vn": "HTV",
    "cafef.vn": "CafeF",
    "cafebiz.vn": "CafeBiz",
    "baodautu.vn": "Báo Đầu tư",
    "vietnamnet.vn": "VietNamNet",
    "vietnamplus.vn": "VietnamPlus",
    "znews.vn": "Zing News",
    "zingnews.vn": "Zing News",
    "news.zing.vn": "Zing News",
    "nguoiduatin.vn": "Người Đưa Tin",
    "kenh14.vn": "Kênh 14",
    "toquoc.vn": "Tổ Quốc",
    "nld.com.vn": "Người Lao Động",
    "plo.vn": "Pháp Luật TP.HCM",
    "tienphong.vn": "Tiền Phong",
    "laodong.vn": "Lao Động",
    "vov.vn": "VOV",
    "vtv.vn": "VTV",
    "vtcnews.vn": "VTC News",
    "sggp.org.vn": "Sài Gòn Giải Phóng",
    "nhandan.vn": "Nhân Dân",
    "qdnd.vn": "Quân đội Nhân dân",
    "cand.com.vn": "Công an Nhân dân",
    "hanoimoi.vn": "Hà Nội mới",
    "baochinhphu.vn": "Báo Chính phủ",
    "baotintuc.vn": "Báo Tin tức",
    "danviet.vn": "Dân Việt",
    "giadinh.suckhoedoisong.vn": "Gia đình và Xã hội",
    "suckhoedoisong.vn": "Sức khỏe & Đời sống",
    "soha.vn": "Soha",
    "genk.vn": "GenK",
    "24h.com.vn": "24h",
    "vneconomy.vn": "VnEconomy",
    "thesaigontimes.vn": "Thời báo Kinh tế Sài Gòn",
    "phunuonline.com.vn": "Phụ nữ TP.HCM",
    "baophapluat.vn": "Pháp luật Việt Nam",
    "daibieunhandan.vn": "Đại biểu Nhân dân",
}

# How newsrooms sign the first sentence, and short source names of crawls.
_SHORT_NAMES = {
    "htv": "HTV",
    "dantri": "Dân trí",
    "tto": "Tuổi Trẻ",
    "tuoitreonline": "Tuổi Trẻ",
    "tno": "Thanh Niên",
    "thanhnienonline": "Thanh Niên",
    "nld": "Người Lao Động",
    "nldo": "Người Lao Động",
    "plo": "Pháp Luật TP.HCM",
    "tpo": "Tiền Phong",
    "vov": "VOV",
    "vovvn": "VOV",
    "vtv": "VTV",
    "vtvvn": "VTV",
    "ltv": "LTV",
    "ttxvn": "TTXVN",
    "toquoc": "Tổ Quốc",
    "sggp": "Sài Gòn Giải Phóng",
    "sggpo": "Sài Gòn Giải Phóng",
    "hnmo": "Hà Nội mới",
    "hnm": "Hà Nội mới",
    "ndo": "Nhân Dân",
    "qđnd": "Quân đội Nhân dân",
    "qđndonline": "Quân đội Nhân dân",
    "skđs": "Sức khỏe & Đời sống",
    "chinhphuvn": "Báo Chính phủ",
    "cafebiz": "CafeBiz",
    "cafef": "CafeF",
    "vnexpress": "VnExpress",
}


def host_of(url: str) -> str:
    """The host without www., m. or a port; "" when the URL has none.

    >>> host_of("https://www.VnExpress.net/tin-1.html")
    'vnexpress.net'
    """
    try:
        host = (urlsplit(url.strip()).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return re.sub(r"^(?:www\d?|m|mobile|amp|wap)\.(?=[^.]+\.)", "", host)


def known_outlet(name: str) -> str:
    """The readable name of a known host or short name; "" for any other.

    >>> known_outlet("thethao.tuoitre.vn"), known_outlet("TTO"), known_outlet("bao.example")
    ('Tuổi Trẻ', 'Tuổi Trẻ', '')
    """
    host = name.strip().casefold()
    while "." in host:
        if host in _HOSTS:
            return _HOSTS[host]
        host = host.partition(".")[2]
    key = squash(name)
    return _SHORT_NAMES.get(_ASCII_KEYS.get(key, key), "") or _NAMES.get(key, "")


_NAMES = {squash(name): name for name in (*_HOSTS.values(), *_SHORT_NAMES.values())}
_ASCII_KEYS = {"dântrí": "dantri", "nlđo": "nldo", "tổquốc": "toquoc"}
_NAME_LIKE = re.compile(r"[^\W\d_].{1,59}")
_FILE_LIKE = re.compile(r"[/\\:?#@]|\.\w{1,6}(?:$|:)|^\d+$|jsonl?\b|html?\b", re.I)


def outlet_of(url: str, *given: str) -> str:
    """The outlet's name: by host, else the first given name that reads like one, else the host.

    given: outlet field, source, og:site_name …, best first.

    >>> outlet_of("https://kinhdoanh.vnexpress.net/a-1.html", "vfnd:kinhdoanh.vnexpress.net")
    'VnExpress'
    >>> outlet_of("https://tin.example/1.html", "Tin Ví Dụ")
    'Tin Ví Dụ'
    """
    host = host_of(url)
    name = known_outlet(host) if host else ""
    for other in given:
        if name:
            return name
        other = clean_line(other)
        name = known_outlet(other) or (other if reads_like_a_name(other) else "")
    return name or host


def reads_like_a_name(text: str) -> bool:
    """Whether a source is a name a reader would recognise, not a file, key or address.

    >>> reads_like_a_name("Báo Ví Dụ"), reads_like_a_name("tin.jsonl:12")
    (True, False)
    """
    return bool(_NAME_LIKE.fullmatch(text)) and not _FILE_LIKE.search(text) and text.casefold() != "none"

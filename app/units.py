"""Units of measure in Vietnamese news: how they are spelled, what they measure, how they convert.

A Unit has a dimension (only amounts of one dimension compare) and a factor to that
dimension's base (metre, square metre, gram, second, month …). Currencies are each their own
dimension: rates move. This module knows nothing of sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: `value * factor` is the amount in the base unit of its dimension."""

    name: str
    dimension: str
    factor: Decimal = Decimal(1)


# name, dimension, factor, spellings
_ROWS = """
đồng | đồng | 1 | đồng, vnd, vnđ, ₫, đ, đồng việt nam
USD | USD | 1 | usd, đô la mỹ, đô-la mỹ, đô mỹ, đô la, đô-la, đôla, us$, $, mỹ kim, dollar, dollars
EUR | EUR | 1 | euro, euros, eur, €
GBP | GBP | 1 | bảng anh, bảng, gbp, £
JPY | JPY | 1 | yên nhật, yên, yen, jpy, ¥
KRW | KRW | 1 | won hàn quốc, won, krw
CNY | CNY | 1 | nhân dân tệ, tệ, ndt, cny, rmb
AUD | AUD | 1 | đô la úc, đô-la úc, đô úc, đô la australia, đô la australia, aud
SGD | SGD | 1 | đô la singapore, đô la sing, đô sing, sgd
CAD | CAD | 1 | đô la canada, đô canada, cad
NZD | NZD | 1 | đô la new zealand, nzd
HKD | HKD | 1 | đô la hong kong, đô la hồng kông, hkd
TWD | TWD | 1 | đô la đài loan, đài tệ, twd, ntd
THB | THB | 1 | baht, thb
RUB | RUB | 1 | rúp, rub, ruble, rouble
INR | INR | 1 | rupee, rupi, inr
SEK | SEK | 1 | sek, krona
NOK | NOK | 1 | nok
DKK | DKK | 1 | dkk
CHF | CHF | 1 | franc thụy sĩ, chf
MYR | MYR | 1 | ringgit, myr
IDR | IDR | 1 | rupiah, idr
km | length | 1000 | km, ki-lô-mét, kilômét, kilomet, kilometer, kilometers, cây số
m | length | 1 | m, mét, met, meter, meters
dm | length | 0.1 | dm
cm | length | 0.01 | cm, xăng-ti-mét, centimet, xentimét
mm | length | 0.001 | mm, mi-li-mét, milimet, milimét
hải lý | length | 1852 | hải lý
dặm | length | 1609.344 | dặm, miles
inch | length | 0.0254 | inch, inches
km2 | area | 1000000 | km2, km², ki-lô-mét vuông, kilômét vuông, cây số vuông, km vuông
ha | area | 10000 | ha, héc-ta, hécta, hecta, héc ta, hec-ta
m2 | area | 1 | m2, m², mét vuông, m vuông
cm2 | area | 0.0001 | cm2, cm²
m3 | volume | 1000 | m3, m³, mét khối, khối
lít | volume | 1 | lít, liter, liters
ml | volume | 0.001 | ml, mililit, mi-li-lít
tấn | mass | 1000000 | tấn, ton, tons, tonnes
tạ | mass | 100000 | tạ
yến | mass | 10000 | yến
kg | mass | 1000 | kg, kilogram, kilôgam, ki-lô-gam, kilogam, cân, ký
lạng | mass | 100 | lạng
g | mass | 1 | g, gram, gam, gr
mg | mass | 0.001 | mg, miligam, milligram
mcg | mass | 0.000001 | mcg, µg, μg
lượng | gold | 1 | lượng, cây vàng
chỉ | gold | 0.1 | chỉ vàng
% | ratio | 0.01 | %, phần trăm, percent, per cent
‰ | ratio | 0.001 | ‰, phần nghìn
điểm phần trăm | points of a percentage | 1 | điểm phần trăm, điểm %
giây | time | 1 | giây, seconds
phút | time | 60 | phút, minutes
giờ | time | 3600 | giờ, tiếng, h, tiếng đồng hồ, giờ đồng hồ, hours
ngày | time | 86400 | ngày, hôm, days
tuần | time | 604800 | tuần, tuần lễ, weeks
tháng | months | 1 | tháng, months
quý | months | 3 | quý
năm | months | 12 | năm, years
thập kỷ | months | 120 | thập kỷ, thập niên
thế kỷ | months | 1200 | thế kỷ
tuổi | age | 12 | tuổi, năm tuổi, years old
tháng tuổi | age | 1 | tháng tuổi
độ C | temperature | 1 | độ c, °c, ℃, độ, º c, ºc, ° c
độ F | temperature in F | 1 | độ f, °f
độ Richter | magnitude | 1 | độ richter
W | power | 1 | w, oát
kW | power | 1000 | kw
MW | power | 1000000 | mw
GW | power | 1000000000 | gw
kWh | energy | 1 | kwh, số điện
MWh | energy | 1000 | mwh
GWh | energy | 1000000 | gwh
km/h | speed | 1 | km/h, km/giờ, km một giờ
m/s | speed | 3.6 | m/s, m/giây
KB | data | 1 | kb
MB | data | 1000 | mb
GB | data | 1000000 | gb
TB | data | 1000000000 | tb
Mbps | data rate | 1 | mbps, mb/s
Gbps | data rate | 1000 | gbps
Hz | frequency | 1 | hz
kHz | frequency | 1000 | khz
MHz | frequency | 1000000 | mhz
GHz | frequency | 1000000000 | ghz
mmHg | pressure | 1 | mmhg
dB | loudness | 1 | db
lần | times | 1 | lần, times
điểm | points | 1 | điểm, points
phần | ratio | 1 | phân số
"""


def _read() -> tuple[dict[str, Unit], dict[str, Unit]]:
    names, spellings = {}, {}
    for row in _ROWS.strip().splitlines():
        name, dimension, factor, written = (part.strip() for part in row.split("|"))
        unit = Unit(name, dimension, Decimal(factor))
        names[name] = unit
        for spelling in written.split(","):
            spellings[spelling.strip()] = unit
    return names, spellings


UNITS, SPELLINGS = _read()
"""Unit by its name, and by each lower-case spelling."""

CURRENCIES = frozenset(unit.name for unit in UNITS.values() if unit.name == unit.dimension)


def measures(unit: str) -> str:
    """The dimension of a unit by its name, "money" for every currency; "" for what is no unit.

    >>> measures("ha"), measures("USD"), measures("người")
    ('area', 'money', '')
    """
    known = UNITS.get(unit)
    return "" if known is None else "money" if known.name in CURRENCIES else known.dimension


def _nouns(text: str) -> frozenset[str]:
    return frozenset(" ".join(noun.split()) for noun in text.split(","))


PEOPLE = _nouns("""
người, học sinh, sinh viên, thí sinh, hành khách, nhân viên, công nhân, giáo viên, giảng viên, bệnh nhân, nạn nhân,
cán bộ, chiến sĩ, du khách, khách, trẻ em, em, cháu, bé, phụ nữ, đàn ông, nam sinh, nữ sinh, thanh niên, cầu thủ,
vận động viên, bác sĩ, y tá, điều dưỡng, luật sư, chuyên gia, nhà khoa học, ứng viên, đại biểu, cử tri, nông dân,
ngư dân, thuyền viên, tài xế, lao động, du học sinh, lưu học sinh, học viên, nghiên cứu sinh, tiến sĩ, thạc sĩ, giáo sư,
cử nhân, bị can, bị cáo, đối tượng, nghi phạm, cổ đông, nhà đầu tư, phi công, tiếp viên, tình nguyện viên, phụ huynh,
thầy cô, thầy giáo, cô giáo, con tin, binh sĩ, quân nhân, cảnh sát, lính, dân, người dân, ca sĩ, diễn viên, thành viên,
hội viên, đảng viên, kỹ sư, khán giả, bạn, bạn trẻ, thợ, trẻ, ca nhiễm, ca mắc, ca bệnh, ca tử vong, tân sinh viên
""")
"""What is counted when people are; a bare "người" may be any of these."""

THINGS = _nouns("""
chiếc, cái, con, cây, căn, ngôi, tòa, trường, bệnh viện, công ty, doanh nghiệp, tỉnh, thành phố, huyện, xã, quận, nước,
quốc gia, vụ, trận, bàn, bàn thắng, tầng, phòng, xe, ô tô, xe máy, máy bay, tàu, thuyền, viên, lô, gói, hộp, chai, bộ,
cuốn, quyển, bài, môn, lớp, khóa, giải, huy chương, suất, học bổng, dự án, gian hàng, cửa hàng, nhà máy, nhà thuốc,
chi nhánh, khoản, quyết định, phương án, lý do, bước, vòng, hiệp, đội, nhóm, khu, tuyến, cầu, đường, mẫu, loại,
sản phẩm, mặt hàng, thuốc, liều, mũi, ca, đợt, thửa, mảnh, phát súng, viên đạn, vết, nhà, cơ sở, đơn vị, địa phương,
trung tâm, hãng, ngân hàng, quỹ, cổ phiếu, tập, phim, album, ca khúc, chuyến, chuyến bay, bánh, lốp, hộ, hộ dân,
gia đình, đại học, cơn bão, thẻ, thẻ đỏ, thẻ vàng, phiếu, câu, phần thi, lượt, ngành, chương trình, tác phẩm, điểm bán,
bức, tấm, quả, trái, lần, căn hộ, cặp, món, giường, lá, mục, tiêu chí, nội dung, hợp đồng, thỏa thuận, dây chuyền
""")
"""What else is often counted: "hai" before one of these is the number two."""

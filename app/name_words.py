"""Words that names are told by: family names, titles, heads of organisations, words before places.

All lower case, in canonical spelling. These are the language's own words, not names of the
news. This module reads nothing.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(" ".join(word.split()) for word in text.replace("\n", ",").split(",") if word.strip())


FAMILY_NAMES = _words("""
nguyễn, trần, lê, phạm, hoàng, huỳnh, phan, vũ, võ, đặng, bùi, đỗ, hồ, ngô, dương, lý, lí, đào, đinh, trương, lâm, mai
trịnh, đoàn, hà, cao, tô, tạ, thái, lương, lưu, châu, tăng, quách, vương, triệu, chu, phùng, la, kiều, thân, tôn, mạc
nghiêm, khổng, từ, đàm, vi, lục, doãn, giang, cù, bạch, ông, tống, âu, nông, hứa, phí, văn, ninh, thạch, sơn, kim, danh
quan, trang, ung, ngụy, khương, viên, uông, thiều, cung, mã, bế, lò, đồng, hầu, giàng, hoa, ma, nhâm, phó, lã, lữ, diệp
đậu, bành, ưng, quàng, cầm, tòng, vàng, hạ, sùng, thào, chử, lại, tiêu, liễu, thi, trà, y, ksor, siu, rơ
""")

TITLES = _words("""
ông, bà, anh, chị, em, cháu, cô, chú, bác, thầy, bé, cậu, nàng, cụ, mẹ, bố, cha, vợ, chồng, con trai, con gái, chàng
bị can, bị cáo, nghi can, nghi phạm, đối tượng, nạn nhân, cựu, nguyên, cố, tân, quyền, chủ tịch, phó chủ tịch
bí thư, phó bí thư, tổng bí thư, thủ tướng, phó thủ tướng, tổng thống, phó tổng thống, bộ trưởng, thứ trưởng
giám đốc, phó giám đốc, tổng giám đốc, phó tổng giám đốc, trưởng phòng, phó phòng, phó trưởng phòng, trưởng ban, phó ban
cục trưởng, phó cục trưởng, vụ trưởng, phó vụ trưởng, viện trưởng, phó viện trưởng, hiệu trưởng, phó hiệu trưởng, hiệu phó
chánh văn phòng, chánh thanh tra, chánh án, viện kiểm sát trưởng, đại sứ, tổng lãnh sự, lãnh sự, tham tán, nghị sĩ
thượng nghị sĩ, dân biểu, đại biểu, thị trưởng, thống đốc, tỉnh trưởng, ngoại trưởng, quốc vương, nữ hoàng, hoàng tử, hoàng đế, hoàng hậu
công chúa, thái tử, vua, giáo hoàng, thiếu tướng, trung tướng, thượng tướng, đại tướng, chuẩn tướng, đô đốc, đại tá
thượng tá, trung tá, thiếu tá, đại úy, thượng úy, trung úy, thiếu úy, thượng sĩ, hạ sĩ, binh nhất, tiến sĩ, thạc sĩ
giáo sư, phó giáo sư, bác sĩ, dược sĩ, luật sư, kỹ sư, kiến trúc sư, nghệ sĩ, ca sĩ, diễn viên, nhạc sĩ, họa sĩ, nhà văn
nhà thơ, nhà báo, phóng viên, biên tập viên, mc, đạo diễn, huấn luyện viên, hlv, trọng tài, tiền đạo, tiền vệ, hậu vệ
thủ môn, đội trưởng, cầu thủ, vđv, vận động viên, kỳ thủ, tay vợt, võ sĩ, hoa hậu, á hậu, á khôi, hoa khôi, người mẫu
nam sinh, nữ sinh, sinh viên, học sinh, thí sinh, du học sinh, nghiên cứu sinh, tài xế, cơ trưởng, cơ phó, phi công
chủ nhiệm, tổng biên tập, thư ký, tổng thư ký, trợ lý, cố vấn, chuyên gia, nhà sáng lập, đồng sáng lập, ceo, cfo, cto
gs, pgs, ts, ths, bs, ls, gs.ts, pgs.ts, pgs. ts, gs. ts, ts.bs, bs.cki, nsnd, nsưt, tiktoker, youtuber, rapper
mr, mrs, ms, dr, president, minister, ambassador, director, professor, trung sĩ, đại đức, thượng tọa, linh mục, giám mục
btv, pv, ct, pct, gđ, pgđ, tgđ, hđqt, ct hđqt, chủ tịch hđqt, chủ tịch hội đồng quản trị, thành viên hđqt
thiên tài, cặp đôi, nhà khoa học, nhà nghiên cứu, nhà vô địch, tỷ phú, triệu phú, doanh nhân, nữ doanh nhân
""")

WEAK_TITLES = _words("""
chuyên gia, sinh viên, học sinh, du học sinh, kỹ sư, tài xế, cầu thủ, phi công, cố vấn, nhà khoa học, nhà nghiên cứu
huấn luyện viên, hlv, bác sĩ, luật sư, phóng viên, nhà báo, đội trưởng, cựu, nguyên, tân, hđqt, ct hđqt, chủ tịch hđqt
chủ tịch hội đồng quản trị, ceo, cfo, cto, giám đốc, tổng giám đốc, chủ tịch, phó chủ tịch, phó giám đốc, đại sứ, nhà sáng lập
nghiên cứu sinh, thí sinh, đại biểu, nghị sĩ, trợ lý, thư ký, tổng thư ký, giáo sư, tổng thống, thủ tướng, bộ trưởng, ngoại trưởng
""")
"""Titles after which a single foreign word is as often the employer ("chuyên gia Airbus") as the person."""

PRONOUNS = _words("ông, bà, anh, chị, em, cháu, cô, chú, bác, thầy, bé, cậu, mẹ, bố, cha, vợ, chồng, nàng, chàng, cụ")
"""Titles that also stand alone for a person named before."""

SPEECH = _words("""
nói, kể, cho biết, cho hay, chia sẻ, khẳng định, nhấn mạnh, bày tỏ, thừa nhận, trả lời, giải thích, nhận xét, tâm sự, nhớ lại
""")
"""What persons do; a lone name that opens a sentence is a person's before one of these."""

ORG_HEADS = _words("""
trường đại học, trường cao đẳng, trường trung học phổ thông, trường trung học cơ sở, trường tiểu học, trường mầm non
trường trung cấp, trường quốc tế, trường thpt, trường thcs, trường chuyên, trường kinh doanh, trường kinh tế
trường y khoa, trường, đại học, cao đẳng, học viện, viện hàn lâm, viện nghiên cứu, viện, khoa, thpt, thcs, đh, cđ, đhqg
công ty cổ phần, công ty tnhh một thành viên, công ty tnhh mtv, công ty tnhh, công ty cp, công ty, ctcp, cty, tổng công ty
tập đoàn, hãng hàng không, hãng dược, hãng, doanh nghiệp, ngân hàng thương mại cổ phần, ngân hàng tmcp
ngân hàng, quỹ đầu tư, quỹ, chứng khoán, bảo hiểm, bệnh viện đa khoa, bệnh viện, bv, phòng khám, nhà thuốc, trung tâm y tế
trung tâm, hệ thống, bộ, sở, cục, tổng cục, chi cục, vụ, ủy ban nhân dân, ủy ban, ubnd, hđnd, hội đồng nhân dân, hội đồng
ban quản lý, ban chỉ đạo, ban thường vụ, ban tổ chức, ban chấp hành, ban, phòng giáo dục, phòng cảnh sát, phòng, đội cảnh sát, đội
công an, cảnh sát, thanh tra, tòa án nhân dân, tòa án, tand, viện kiểm sát nhân dân, viện kiểm sát, vksnd
tỉnh ủy, thành ủy, huyện ủy, quận ủy, đảng ủy, đảng, quân khu, bộ tư lệnh, bộ chỉ huy, biên phòng, đồn biên phòng, cảng vụ
liên đoàn, hiệp hội, hội liên hiệp, hội, liên hiệp hội, liên minh, câu lạc bộ, clb, tổ chức, mặt trận, đoàn thanh niên
đài truyền hình, đài phát thanh, đài tiếng nói, đài, báo, tạp chí, hãng tin, kênh, nhà xuất bản, nhà hát, bảo tàng, thư viện
đại sứ quán, đsq, lãnh sự quán, tổng lãnh sự quán, văn phòng, nhà máy, xí nghiệp, hợp tác xã, htx, siêu thị, khách sạn
chuỗi, sàn, kho bạc, cơ quan, vff, afc, fifa, uefa
""")

STANDALONE = _words("""
quốc hội, chính phủ, nhà nước, nhà trắng, lầu năm góc, điện kremlin, hạ viện, thượng viện, bộ chính trị
trung ương đảng, liên hợp quốc, liên hiệp quốc, liên minh châu âu, đảng cộng sản, đảng cộng hòa, đảng dân chủ
""")
"""Bodies that need no further name when they are written with a capital."""

AUTHORITIES = _words("""
bộ, sở, cục, tổng cục, chi cục, vụ, ubnd, ủy ban nhân dân, ủy ban, hđnd, hội đồng nhân dân, phòng, công an, cảnh sát
thanh tra, tòa án nhân dân, tòa án, tand, viện kiểm sát, viện kiểm sát nhân dân, vksnd, tỉnh ủy, thành ủy, huyện ủy
quận ủy, cảng vụ, đảng ủy, ban, ban quản lý, ban chỉ đạo, đội, công ty, công ty cổ phần, công ty tnhh, tập đoàn
đại sứ quán, hội đồng, tổng công ty, hiệp hội, liên đoàn, hội, ngân hàng
""")
"""Organisations after whose name a person may follow without a comma ("Giám đốc Sở Y tế Trần Văn An")."""

ORG_WORDS = _words("""
đại học, quốc gia, quốc tế, quốc phòng, bách khoa, khoa học, công nghệ, công nghiệp, nông nghiệp, lâm nghiệp, kinh tế
kinh doanh, thương mại, tài chính, ngân hàng, ngoại thương, ngoại ngữ, ngoại giao, sư phạm, luật, kiến trúc, xây dựng
giao thông, vận tải, giao thông vận tải, thủy lợi, mỏ địa chất, mỏ, địa chất, môi trường, tài nguyên, y tế, y dược, dược phẩm
dược liệu, dược, y khoa, y học, cổ truyền, đa khoa, nhi đồng, nhi, ung bướu, huyết học, truyền máu, phụ sản, nhiệt đới
bệnh viện, giáo dục, đào tạo, văn hóa, thể thao, du lịch, thể dục, thông tin, truyền thông, nội vụ, tư pháp, ngoại vụ
lao động, thương binh, xã hội, nhân văn, khoa học xã hội, kế hoạch, đầu tư, phát triển, nông thôn, công thương, quản lý
thị trường, quản lý thị trường, an toàn, thực phẩm, an toàn thực phẩm, vệ sinh, dự phòng, kiểm soát, bệnh tật, hàng không
hàng hải, đường bộ, đường sắt, cảnh sát, giao thông, điều tra, hình sự, kinh tế, ma túy, phòng cháy, chữa cháy, xuất nhập cảnh
quân sự, quân đội, quân y, hải quân, không quân, biên phòng, nhân dân, nhà nước, trung ương, thành phố, cổ phần, tnhh, mtv
một thành viên, trách nhiệm hữu hạn, hữu hạn, tập đoàn, sản xuất, dịch vụ, xuất khẩu, nhập khẩu, xuất nhập khẩu, bất động sản
địa ốc, chứng khoán, bảo hiểm, bảo hiểm xã hội, năng lượng, điện lực, điện, dầu khí, than, quản trị, khoáng sản, hóa chất, thép, cao su
dệt may, may mặc, thủy sản, hải sản, chăn nuôi, thú y, trồng trọt, bảo vệ thực vật, viễn thông, bưu chính, bưu điện, hàng tiêu dùng
tiêu dùng, bóng đá, bóng rổ, bóng chuyền, cờ vua, điền kinh, bơi lội, mỹ thuật, âm nhạc, sân khấu, điện ảnh, nghệ thuật, nhạc
phim, truyền hình, phát thanh, tiếng nói, khí tượng, thủy văn, dự báo, thống kê, thuế, hải quan, kho bạc, kiểm toán
kiểm lâm, thanh niên, phụ nữ, nông dân, cựu chiến binh, người cao tuổi, chữ thập đỏ, khuyến học, doanh nghiệp, doanh nhân
nhà báo, nhà văn, luật gia, luật sư, xuất bản, hợp tác, hữu nghị, liên hiệp, tiểu học, mầm non, trung học, phổ thông, cơ sở
trung cấp, cao đẳng, nghề, chuyên, năng khiếu, bồi dưỡng, cán bộ, chính trị, hành chính, báo chí, tuyên truyền, tuyên giáo, dân tộc
tôn giáo, dân vận, nội chính, tổ chức, kiểm tra, thường vụ, chấp hành, bảo trợ, trẻ em, cứu trợ, thiên tai, tìm kiếm, cứu nạn
lao động thương binh và xã hội, công đoàn, du học, tư vấn, chiến lược, đổi mới, sáng tạo, nghiên cứu, ứng dụng, sinh học, vật lý
toán học, toán, hóa học, địa lý, lịch sử, ngôn ngữ, văn học, triết học, tâm lý, hàn lâm, nguyên tử, hạt nhân, vũ trụ
tự nhiên, công cộng, vận hành, khai thác, hạ tầng, giao dịch, tín dụng, chính sách, công thương, kỹ thuật, kĩ thuật, mở
dân lập, tư thục, công lập, nội trú, dân tộc nội trú, liên bang, hoàng gia, tự trị, miền bắc, miền nam, miền trung, khu vực
thế giới, toàn cầu, thương binh và xã hội, thương binh - xã hội, trẻ, tiền phong, lao động, người lao động, tuổi trẻ, pháp luật
hòa bình, hội nhập, quy hoạch, kiến thiết, nhà ở, đô thị, khu công nghiệp, chế xuất, khu chế xuất, công nghệ cao, xanh, chế biến
gỗ, giấy, nhựa, nước, cấp nước, thoát nước, cấp thoát nước, môi trường đô thị, cây xanh, vệ tinh, hậu cần, kỹ nghệ
bán lẻ, phân phối, vật tư, thiết bị, thiết bị y tế, mỹ phẩm, nước giải khát, bia, rượu, đồ uống, sữa, đường
""")

PLACE_HEADS = _words("""
tỉnh, thành phố, tp, tp., quận, huyện, thị xã, thị trấn, phường, xã, thôn, ấp, làng, bản, đường, phố, ngõ, hẻm, đại lộ
cảng hàng không quốc tế, cảng hàng không, sân bay quốc tế, sông, suối, hồ, biển, vịnh, đảo, quần đảo, núi, đèo, cầu, chợ, sân bay, cảng, ga, nhà ga, bến xe, bang, vùng, khu phố, châu
quốc lộ, tỉnh lộ, cao tốc, khu công nghiệp, kcn, khu đô thị, kđt, quảng trường, công viên, ngã tư, ngã ba, ngã năm, ngã sáu
sân vận động, nút giao, thủy điện, hầm, cửa khẩu, bãi biển, thủ đô, thung lũng, dãy, đồng bằng, cao nguyên, bán đảo, eo biển
buôn, phum, sóc, tổ dân phố, chung cư, tòa nhà, miền, vùng núi, hạt, quận hạt, thị tứ, đặc khu, khu kinh tế, trại giam, nhà tù
""")

PLACE_HINTS = _words("tại, ở, quê, đến từ, sang, rời, khu vực, giáp, nước, ngụ, trú, trú tại, ngụ tại, in, at, from")
"""What stands before places, and seldom before anything else."""

PLACES = _words("""
việt nam, hà nội, hồ chí minh, tp hcm, tp.hcm, tphcm, tp. hcm, hcm, sài gòn, đà nẵng, hải phòng, cần thơ, huế, thừa thiên huế
an giang, bà rịa - vũng tàu, bà rịa, vũng tàu, bạc liêu, bắc giang, bắc kạn, bắc ninh, bến tre, bình dương, bình định
bình phước, bình thuận, cà mau, cao bằng, đắk lắk, đắk nông, đăk lăk, đăk nông, điện biên, đồng nai, đồng tháp, gia lai
hà giang, hà nam, hà tĩnh, hà tây, hải dương, hậu giang, hòa bình, hưng yên, khánh hòa, kiên giang, kon tum, lai châu
lạng sơn, lào cai, lâm đồng, long an, nam định, nghệ an, ninh bình, ninh thuận, phú thọ, phú yên, quảng bình, quảng nam
quảng ngãi, quảng ninh, quảng trị, sóc trăng, sơn la, tây ninh, thái bình, thái nguyên, thanh hóa, tiền giang, trà vinh
tuyên quang, vĩnh long, vĩnh phúc, yên bái, nha trang, đà lạt, buôn ma thuột, quy nhơn, biên hòa, thủ đức, phú quốc, hạ long
hội an, vinh, pleiku, tây nguyên, nam bộ, bắc bộ, trung bộ, tây nam bộ, đông nam bộ, đông nam á, châu á, châu âu, châu phi
châu mỹ, châu đại dương, trung đông, bắc mỹ, mỹ latinh, bắc cực, nam cực, biển đông, hoàng sa, trường sa
trung quốc, mỹ, hoa kỳ, anh, pháp, đức, nga, nhật bản, nhật, hàn quốc, triều tiên, ấn độ, úc, australia, canada, italy, italia
ý, tây ban nha, bồ đào nha, hà lan, bỉ, thụy sĩ, thụy sỹ, thụy điển, na uy, phần lan, đan mạch, áo, ba lan, séc, hungary, ukraine
belarus, hy lạp, thổ nhĩ kỳ, ai cập, nam phi, nigeria, kenya, brazil, argentina, chile, mexico, cuba, peru, colombia, venezuela
thái lan, lào, campuchia, myanmar, malaysia, singapore, indonesia, philippines, brunei, đông timor, đài loan, hồng kông
hong kong, macau, mông cổ, pakistan, bangladesh, sri lanka, nepal, iran, iraq, syria, israel, palestine, jordan, lebanon
ả rập xê út, ả rập saudi, saudi arabia, uae, qatar, kuwait, yemen, afghanistan, kazakhstan, new zealand, ireland, scotland
xứ wales, england, iceland, romania, bulgaria, serbia, croatia, tokyo, osaka, kyoto, seoul, busan, bắc kinh, thượng hải
quảng châu, thâm quyến, vũ hán, london, paris, berlin, moscow, moskva, new york, washington, los angeles, california, texas
florida, chicago, boston, sydney, melbourne, toronto, vancouver, bangkok, kuala lumpur, jakarta, manila, phnom penh
vientiane, viêng chăn, yangon, bali, gaza, crimea, vương quốc anh, liên xô, tây tạng, tân cương, hollywood, liên bang nga
hồ bắc, hồ nam, quảng đông, quảng tây, tứ xuyên, sơn đông, sơn tây, chiết giang, giang tô, phúc kiến, hà bắc, thiểm tây, triết giang, giang tây
vân nam, hải nam, cát lâm, liêu ninh, hắc long giang, an huy, quý châu, trùng khánh, thiên tân, nam kinh, hàng châu, đại liên
""")

NOT_HEADS = _words("""
yêu cầu, nhu cầu, toàn cầu, thị trường, môi trường, hội trường, công trường, lập trường, hiện trường, nhà trường, nghị trường
cơ bản, văn bản, phiên bản, ấn bản, tái bản, xuất bản, kịch bản, nhật bản, cơ sở, trụ sở, công sở, toàn bộ, cán bộ, nội bộ
đồng bộ, tiến bộ, cục bộ, phục vụ, nhiệm vụ, nghĩa vụ, dịch vụ, thương vụ, công vụ, kết cục, bố cục, xã hội, cơ hội, lễ hội
đại hội, hội, thông báo, cảnh báo, dự báo, quảng báo, chuyên khoa, nha khoa, y khoa, bách khoa, sách giáo khoa, quân đội, bộ đội
căn phòng, quốc phòng, dự phòng, tiểu đường, đồng hồ, bảo hiểm xã, thông qua, ngân quỹ, truyền kênh, nhân viên, thường vụ
thủ khoa, á khoa, sinh khoa, cân đối, công suất, bộ phận, chi bộ, đảng bộ, thủ phủ, chất đường, mở đường, tuyên bố, công bố, phân bố, ghi chú, phụ chú, dẫn chú, cô giáo, thầy giáo
""")
"""Two-syllable words whose second syllable is no head: the "trường" of "thị trường Mỹ" is no school."""

COMMON_NOUNS = _words("""
dự án, học bổng, hội nghị, hội thảo, hội đồng, hội viên, chương trình, đề án, kỳ thi, giải thưởng, lễ hội, quyết định, nghị quyết
nghị định, thông tư, đại diện, trưởng phòng, trưởng ban, tăng cường, cử nhân, nhà trường, ngôn ngữ, dàn nhạc, giao hưởng
khoa học, đại hội, hiệp định, công ước, tuyên bố, thỏa thuận, biên bản, hợp đồng, quy định, quy chế, quy trình, thủ tướng
hồ sơ, đơn vị, cơ sở, thủ tục, phụ huynh, học kỳ, năm học, thế kỷ, cách mạng, chiến dịch, phong trào, cuộc thi, vòng chung
chung kết, bán kết, tứ kết, huy chương, vô địch, siêu cúp, quả bóng, thành ủy, tỉnh ủy, thời gian, địa điểm, đối tượng, điều kiện
sản phẩm, thực phẩm, dược phẩm, mỹ phẩm, thiết bị, cải cách, đổi mới, báo cáo, kế hoạch, thống kê, khảo sát, nghiên cứu, cao khảo
ủy viên, thành viên, phóng viên, cộng tác, tài khoản, tiếp viên, hành khách, cơ trưởng, cơ phó, nhân viên, trợ giảng, giảng viên
cố vấn, điều phối, tư vấn, du học, việt kiều, tin học, toán học, vật lý, hóa học, sinh học, ngữ văn, tiếng anh, địa lý, lịch sử
bộ phận, quý doanh, nhà nghề, giải nhất, giải nhì, giải ba, giải khuyến, bằng khen, giấy khen, kỷ niệm, huân chương, anh hùng, nhà giáo, nghệ sĩ, văn khoa
""")
"""Words that are often written with a capital and name nothing of their own."""

COMMON_FIRST = _words("""
theo, trong, tại, ở, khi, sau, trước, từ, đến, với, và, nhưng, tuy, do, vì, nếu, để, đây, đó, các, những, một, hai, ba, bốn
năm, sáu, bảy, tám, chín, mười, ngày, tháng, sáng, trưa, chiều, tối, đêm, người, học, tuy nhiên, bên, ngoài, trên, dưới
qua, về, cho, bởi, bằng, như, cũng, còn, đã, đang, sẽ, được, bị, không, chưa, có, là, mỗi, mọi, nhiều, ít, vài, hầu, phần
lúc, hồi, cùng, dù, mặc, thế, vậy, nên, song, rồi, lại, chỉ, ngay, hiện, mới, vừa, gần, khoảng, hơn, tổng, đầu, cuối, giữa
thời, việc, cách, điều, sự, cuộc, vụ, trận, lần, đợt, nhóm, đội, hàng, số, loại, chiếc, con, cái, cây, nhà, nước, thành, vùng
khu, nơi, chỗ, đường, tàu, xe, máy, tiền, giá, công, nhân, nhà, chủ, phó, giám, bộ, sở, cục, ban, phòng, tổ, hội, liên, trung
quốc, chính, ủy, thủ, đại, phát, kết, báo, tin, thông, thầy, cô, ông, bà, anh, chị, em, cháu, tôi, chúng, ta, mình, họ, nó, bạn
mẹ, bố, cha, vợ, chồng, gia, đứa, trẻ, bé, nữ, nam, thanh, sinh, giáo, bác, luật, chuyên, khách, du, lãnh, cán, lực, cơ, cảnh
ai, gì, sao, đâu, bao, mấy, hãy, xin, cảm, tất, cả, toàn, ngoài, đối, liên, riêng, đặc, nhất, thậm, ngược, trái, mặt, nhờ
giờ, nay, xưa, hôm, tuần, quý, mùa, kỳ, dự, dịch, bệnh, thuốc, môn, lớp, trường, chương, kế, đề, quy, quyết, nghị, thỏa, hợp
doanh, lợi, vốn, cổ, thị, sản, xuất, nhập, mức, tỷ, tỉ, lượng, thứ, chủ nhật, hiệp, bàn, thắng, thua, sân, giải, cúp, bóng
đồng, đáng, quan, tuyệt, rất, quá, càng, vẫn, luôn, thường, đôi, thỉnh, dần, bỗng, bất, chắc, có lẽ, hình, dường, hẳn, thật
nói, chia, trả, hỏi, nghe, thấy, biết, nghĩ, nhìn, xem, đi, làm, ăn, uống, ngủ, mua, bán, chọn, tìm, giúp, giữ, đưa, lấy, mang
cần, phải, muốn, thích, yêu, ghét, sợ, mong, hy, tiếp, kể, nhằm, xét, tính, căn, dựa, tùy, ngoại, trừ, thay, ấy, này, kia, vâng, dạ
ảnh, video, clip, nguồn, đọc, xem, mời, chuỗi, hệ, dòng, tập, hãng, ngân, quỹ, viện, bệnh viện, trường hợp, giới, phía, bản, bài
câu, chuyện, văn, thư, sách, phim, nhạc, ca, hoa, lá, quả, gió, mưa, nắng, bão, lũ, nóng, lạnh, mây, trời, đất, biển, sông, núi
đơn, hồ, thủ tục, điểm, kinh, kinh tế, xã hội, văn hóa, cha mẹ, phụ, phụ huynh, tân, cựu, nguyên, vị, đấy, hễ, hoặc, hay, bước
sống, chết, sinh viên, nghiên, khoa, kỹ, tốt, xấu, lớn, nhỏ, cao, thấp, dài, ngắn, nhanh, chậm, sớm, muộn, đẹp, dễ, khó, mạnh, yếu
trở, bắt, tham, đặt, mở, đóng, xây, nâng, giảm, tăng, lên, xuống, ra, vào, gọi, gửi, nhận, ký, đạt, vượt, thu, chi, lập, dùng
the, a, an, in, on, at, for, of, to, and, but, he, she, it, they, this, that, who, what, when, where, which, how, why, under
according, is, was, were, are, did, does, do, after, before, as, by, with, from, i, we, you
""")
"""Words that often open a sentence, where a capital says nothing."""

NAME_LIKE = _words("""
thanh, nam, hoa, quý, hiệp, kim, quốc, công, trung, minh, sơn, hà, đại, chính, giang, ngân, phương, hồ, lan, an, văn, nhân
bình, kỳ, đức, thu, hải, thông, thành, long, mai, cao, mạnh, khoa, nguyên, tân, thảo, hồng, trúc, bích, bảo, tùng, hùng, xuân
""")
"""Common words that also begin names of persons."""

FOREIGN_JOINTS = _words(
    "de, van, von, der, den, of, the, bin, al, da, di, du, la, le, el, y, and, for, del, dos, ibn, ben"
)

COUNTRIES = _words("""
việt nam, vn, lào, campuchia, thái lan, myanmar, malaysia, singapore, indonesia, philippines, brunei, đông timor, trung quốc
nhật bản, nhật, hàn quốc, hàn, triều tiên, mông cổ, ấn độ, pakistan, bangladesh, nepal, bhutan, sri lanka, maldives, afghanistan
iran, iraq, israel, palestine, ả rập saudi, ả rập xê út, saudi arabia, qatar, kuwait, bahrain, uae, oman, yemen, syria, jordan
li băng, lebanon, thổ nhĩ kỳ, nga, ukraine, belarus, kazakhstan, uzbekistan, gruzia, armenia, azerbaijan, anh, pháp, đức, ý
italy, italia, tây ban nha, bồ đào nha, hà lan, bỉ, luxembourg, thụy sĩ, thụy sỹ, áo, thụy điển, na uy, đan mạch, phần lan
iceland, ireland, ba lan, séc, slovakia, hungary, romania, bulgaria, serbia, croatia, slovenia, bosnia, albania, hy lạp, malta
estonia, latvia, lithuania, mỹ, hoa kỳ, canada, mexico, cuba, brazil, argentina, chile, peru, colombia, venezuela, bolivia
ecuador, uruguay, paraguay, ai cập, nam phi, nigeria, kenya, ethiopia, maroc, morocco, algeria, tunisia, libya, sudan, ghana
úc, australia, new zealand, fiji, châu á, châu âu, châu phi, châu mỹ, đông nam á
""")
"""Countries and continents: none of them stands for a city by mistake."""

AT_HOME = frozenset(["việt nam", "việt", "vn"])
"""What news from here does not say of itself."""

NO_COUNTRY = _words("""
pháp luật, pháp lý, pháp lệnh, pháp chế, pháp y, pháp viện, pháp sư, mỹ thuật, mỹ phẩm, mỹ nghệ, mỹ nhân, mỹ học, anh hùng, anh em
anh chị, anh trai, anh tài, anh hào, ý kiến, ý tưởng, ý nghĩa, ý thức, ý chí, đức tính, đức tin, đức phật, áo dài, áo khoác, áo ấm
""")
"""Words whose first syllable, with a capital, names no country: "đảng Pháp luật và Công lý"."""

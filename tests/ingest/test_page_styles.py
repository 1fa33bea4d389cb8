"""Whole pages as the publishing systems of Vietnamese newsrooms build them, each with everything that surrounds an article.

The markup is written for these tests after the habits of each kind; places, people and news are invented. Every page
must give the same article, and not one word of its menus, promotion, related news, tags, comments or author boxes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from ingest.article import VIETNAM, Article
from ingest.extract import from_html

TITLE = "Làng gốm Hạ Lãm mở lại lò nung sau 12 năm tắt lửa"
SAPO = "Sau 12 năm tắt lửa, lò nung cổ của làng gốm Hạ Lãm đỏ lửa trở lại với mẻ gốm đầu tiên gồm 800 sản phẩm."
BODY = (
    "Sáng 14/3, hơn 200 người dân làng Hạ Lãm, xã Vĩnh Khê, tập trung quanh lò nung cổ để chứng kiến mẻ gốm đầu tiên ra lò.",
    "Nghệ nhân Trịnh Bá Quế, 71 tuổi, cho biết lò được sửa trong bảy tháng, dùng gần 14.000 viên gạch chịu lửa.",
    '"Chúng tôi giữ nguyên kiểu lò của các cụ, chỉ thay hệ thống thông gió", ông Quế nói.',
    "Theo UBND xã Vĩnh Khê, kinh phí sửa lò là 2,4 tỷ đồng, trong đó người dân góp 900 triệu đồng.",
    "Xã dự kiến đón khách tham quan lò từ tháng 5, giá vé 30.000 đồng một lượt.",
)
HEADING = "Khách được tự tay nặn gốm"
CAPTION = "Nghệ nhân Trịnh Bá Quế bên mẻ gốm mới ra lò."
CREDIT = "Ảnh: Hoàng Dũng"
AUTHOR = "Hoàng Dũng"
OTHER = ("Chợ phiên Vĩnh Khê dời sang khu đất mới từ tháng tư", "Mưa đá làm hỏng 40 mái nhà ở xã Đông Lũng")
WHEN = datetime(2024, 3, 14, 15, 20, tzinfo=VIETNAM)


@dataclass(frozen=True)
class Style:
    """A page in one style, and where it differs from the others in what can be known of it."""

    html: str
    url: str
    section: str = "Đời sống"
    summary: str = SAPO
    byline: tuple[str, ...] = (AUTHOR,)
    captions: tuple[str, ...] = (f"{CAPTION} {CREDIT}",)
    published: datetime = WHEN
    paragraphs: tuple[str, ...] = field(default=(SAPO, *BODY))


def others(form: str) -> str:
    return "".join(form.format(n=4800100 + n, title=title) for n, title in enumerate(OTHER))


def linked_data(kind: str = "NewsArticle", **more: object) -> str:
    facts = {"@type": kind, "headline": TITLE, "datePublished": "2024-03-14T15:20:00+07:00", **more}
    return f'<script type="application/ld+json">{json.dumps(facts, ensure_ascii=False)}</script>'


def html(head: str, body: str) -> str:
    return f"<!doctype html><html lang='vi'><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"


MENU = "".join(f'<li><a href="/{s}">{t}</a></li>' for s, t in (("thoi-su", "Thời sự"), ("the-thao", "Thể thao")))

VNEXPRESS = Style(
    url="https://bao-vne.example/lang-gom-ha-lam-mo-lai-lo-nung-4722101.html",
    html=html(
        f"<title>{TITLE} - Báo VNE</title><meta name='description' content='{SAPO}'>"
        "<meta name='pubdate' content='2024-03-14T15:20:00+07:00'>",
        f"""<header class="section top-header"><a href="/">VNE</a><div class="top-header__time">Thứ năm, 14/3/2024</div></header>
<section class="section wrap-main-nav"><nav class="main-nav"><ul class="parent">{MENU}</ul></nav></section>
<section class="section page-detail top-detail"><div class="container"><div class="sidebar-1">
<div class="header-content width_common"><ul class="breadcrumb"><li><a data-medium="Menu-DoiSong" href="/doi-song">Đời sống</a></li></ul>
<span class="date">Thứ năm, 14/3/2024, 15:20 (GMT+7)</span></div>
<h1 class="title-detail">{TITLE}</h1>
<p class="description"><span class="location-stamp">Vĩnh Khê</span>{SAPO}</p>
<article class="fck_detail">
<p class="Normal">{BODY[0]}</p>
<figure data-size="true" itemprop="associatedMedia image" class="tplCaption action_thumb_added"><div class="fig-picture">
<picture><img alt="{CAPTION}" src="a.jpg"></picture></div><figcaption itemprop="description"><p class="Image">{CAPTION} <em>{CREDIT}</em></p></figcaption></figure>
<p class="Normal">{BODY[1]}</p><p class="Normal">{BODY[2]}</p>
<div class="box-tinlienquanv2 width_common"><article class="item-news"><h4 class="title-news"><a href="/cho-phien-4722001.html">{OTHER[0]}</a></h4>
<p class="description"><a href="/cho-phien-4722001.html">Chợ phiên trăm tuổi sẽ dời đi cách chỗ cũ 2 km.</a></p></article></div>
<p class="Normal">{BODY[3]}</p><p class="Normal">{BODY[4]}</p>
<p class="Normal" style="text-align:right;"><strong>{AUTHOR}</strong></p></article>
<div class="footer-content width_common"><div class="social_pin"><a href="#">Trở lại Đời sống</a><a>Copy link thành công</a></div></div>
<ul class="list-news">{others('<li><a href="/tin-{n}.html">{title}</a></li>')}</ul>
<div id="box_comment_vne" class="box_comment_vne"><h3>Ý kiến (2)</h3><div class="content-comment"><p class="full_content">Làng tôi đây, hôm đó vui lắm các bác ạ.</p></div></div>
<div class="tags"><h4 class="item-tag"><a href="/tag/gom">làng gốm</a></h4></div></div></div></section>
<footer class="footer"><p>Báo điện tử. Giấy phép số 1/GP-BVHTTDL. Tổng biên tập: Nguyễn Văn Mẫu</p></footer>""",
    ),
)

TUOITRE = Style(
    url="https://bao-tt.example/lang-gom-ha-lam-mo-lai-lo-nung-20240314152000123.htm",
    html=html(
        f"<title>{TITLE}</title><meta property='og:title' content='{TITLE}'><meta property='og:description' content='TTO - {SAPO}'>"
        "<meta property='article:section' content='Đời sống'><meta property='article:author' content='Báo TT'>"
        "<meta property='article:published_time' content='2024-03-14T15:20:00+07:00'>",
        f"""<div class="header"><ul class="menu-nav">{MENU}</ul></div>
<div class="detail__section"><div class="detail-top"><div class="detail-cate"><a href="/doi-song.htm">Đời sống</a></div>
<div class="detail-time"><div data-role="publishdate">14/03/2024 15:20 GMT+7</div></div></div>
<h1 class="detail-title article-title" data-role="title">{TITLE}</h1>
<div class="detail-author-bar"><div class="author-info"><div class="box-author"><a class="name" data-role="author" href="/tac-gia/hoang-dung.htm">{AUTHOR}</a></div></div>
<div class="detail-social"><a>Theo dõi TT trên Google News</a><a class="bookmark">Lưu bài viết</a></div></div>
<h2 class="detail-sapo" data-role="sapo">TTO - {SAPO}</h2>
<div class="detail-cmain"><div class="detail-content afcbc-body" data-role="content" itemprop="articleBody">
<figure class="VCSortableInPreviewMode" type="Photo"><div><img alt="{TITLE} - Ảnh 1." src="a.jpg"></div>
<figcaption class="PhotoCMS_Caption"><p data-placeholder="Nhập chú thích ảnh">{CAPTION} - {CREDIT}</p></figcaption></figure>
<p>{BODY[0]}</p><p>{BODY[1]}</p>
<div class="VCSortableInPreviewMode" type="RelatedOneNews" data-type="0"><a href="/cho-phien-2024031409.htm" class="VCSortableInPreviewMode-link"><img></a>
<div class="VCObjectBoxRelatedNewsItemContent"><a href="/cho-phien-2024031409.htm">{OTHER[0]}</a><a class="VCObjectBoxRelatedNewsItemSapo">TTO - Chợ dời đi 2 km, tiểu thương lo mất khách quen.</a><a class="VCObjectBoxRelatedNewsItemMore">ĐỌC NGAY</a></div></div>
<p>{BODY[2]}</p><p>{BODY[3]}</p><p>{BODY[4]}</p></div>
<div class="author-send-tip"><p>Bạn đọc gửi tin cho tác giả qua hộp thư tòa soạn.</p></div>
<div class="detail-tab"><div class="tab-item">Bình luận hay</div><div>Chia sẻ</div></div>
<div class="detail-tags"><a href="/lang-gom.html">Làng gốm</a></div>
<div class="detail-ttsao"><p>Tặng sao cho tác giả</p><p>Hoàng Dũng đã nhận được 12 sao từ bạn đọc trong tuần này.</p></div></div></div>
<div class="detail__related"><h3>Tin cùng chuyên mục</h3>{others('<div class="box-category-item"><h3><a href="/t-{n}.htm">{title}</a></h3></div>')}</div>
<div class="footer"><p>Địa chỉ tòa soạn: 1 đường Mẫu, phường Mẫu. Ghi rõ nguồn khi phát hành lại.</p></div>""",
    ),
    captions=(f"{CAPTION} - {CREDIT}",),
)

THANHNIEN = Style(
    url="https://bao-tn.example/lang-gom-ha-lam-mo-lai-lo-nung-185240314152000456.htm",
    html=html(
        f"<title>{TITLE} | Báo TN</title><meta property='og:description' content='{SAPO}'>"
        + linked_data(author={"@type": "Person", "name": AUTHOR}, description=SAPO),
        f"""<header><div class="menu"><ul>{MENU}</ul></div></header><main><div class="detail__cmain">
<div class="detail-cate"><a data-role="cate-name" href="/doi-song.htm" title="Đời sống">Đời sống</a></div>
<h1 class="detail-title"><span data-role="title">{TITLE}</span></h1>
<div class="detail-author"><div class="author-info"><div class="author-info-top"><a class="name">{AUTHOR}</a><span class="email">hoangdung.mau@bao-tn.example</span></div>
<div class="detail-time"><div data-role="publishdate">14/03/2024 15:20 GMT+7</div></div></div></div>
<div class="detail-follow"><a>Theo dõi Báo TN trên Google News</a></div>
<h2 class="detail-sapo" data-role="sapo">{SAPO}</h2>
<div class="detail-cmain"><div class="detail-content afcbc-body" data-role="content">
<p>{BODY[0]}</p>
<div class="VCSortableInPreviewMode" type="Photo"><div><img alt="{TITLE} - Ảnh 1." title="{TITLE} - Ảnh 1."></div><div class="PhotoCMS_Caption"><p>{CAPTION}</p></div><div class="PhotoCMS_Author"><p>{CREDIT.upper()}</p></div></div>
<p>{BODY[1]}</p><p>{BODY[2]}</p><div class="VCSortableInPreviewMode link-content-footer" type="link-content-footer"><p><a href="/cho-phien-185.htm">Xem nhanh: {OTHER[0]}</a></p></div>
<p>{BODY[3]}</p><p>{BODY[4]}</p></div>
<div class="detail-dontmiss"><div class="title">Tin liên quan</div>{others('<div class="box-category-item"><a href="/t-{n}.htm">{title}</a><p class="box-category-sapo">Đọc tin này để biết thêm chi tiết về chuyện vừa xảy ra trong xã.</p></div>')}</div>
<div class="detail-tab"><a>Bình luận (0)</a></div><div class="detail__tags"><a>Khám phá thêm chủ đề</a><a href="/lang-gom.html">làng gốm</a></div></div></div></main>
<footer><p>Hotline: 0900 000 000. Liên hệ quảng cáo: 0900 000 001.</p></footer>""",
    ),
    captions=(f"{CAPTION} {CREDIT.upper()}",),
)

DANTRI = Style(
    url="https://bao-dt.example/doi-song/lang-gom-ha-lam-mo-lai-lo-nung-20240314152000789.htm",
    html=html(
        f"<title>{TITLE} | Báo DT</title>"
        + linked_data("Article", author=[{"@type": "Person", "name": AUTHOR}], articleSection="Đời sống"),
        f"""<div class="site-header"><ul class="menu">{MENU}</ul></div><main><div class="grid"><article class="singular-container">
<ul class="dt-breadcrumb breadcrumbs"><li><a href="/doi-song.htm">Đời sống</a></li></ul>
<h1 class="title-page detail">{TITLE}</h1>
<div class="author-wrap"><div class="author-meta"><div class="author-name"><a href="/tac-gia/hoang-dung.htm"><b>{AUTHOR}</b></a></div><time class="author-time" datetime="2024-03-14 15:20">Thứ năm, 14/03/2024 - 15:20</time></div></div>
<div class="article-follow"><span>Theo dõi trên</span></div>
<h2 class="singular-sapo">(Báo DT) - {SAPO}</h2>
<div class="audio-player"><span>Nghe bài viết</span><span>1x</span></div>
<div class="singular-content"><p>{BODY[0]}</p>
<figure class="image align-center"><img alt="{TITLE} - 1" title="{TITLE} - 1"><figcaption><p>{CAPTION} ({CREDIT}).</p></figcaption></figure>
<p>{BODY[1]}</p><p>{BODY[2]}</p><p>{BODY[3]}</p><p>{BODY[4]}</p></div>
<div class="tags-wrap"><span>Chủ đề:</span><ul><li><a>làng gốm</a></li></ul></div>
<div class="social-share-bottom"><span>Chia sẻ bài viết</span></div></article></div>
<div class="article-related"><h3>Tin liên quan</h3>{others('<article class="article-item"><h3><a href="/doi-song/t-{n}.htm">{title}</a></h3><div class="article-excerpt"><a href="/x">(Báo DT) - Tin này kể chuyện vừa xảy ra trong xã.</a></div></article>')}</div>
<div class="comment-wrap"><p>Bình luận của bạn đang được kiểm duyệt. Hãy là người đầu tiên bình luận.</p></div></main>""",
    ),
    captions=(f"{CAPTION} ({CREDIT}).",),
)

VIETNAMNET = Style(
    url="https://bao-vnn.example/lang-gom-ha-lam-mo-lai-lo-nung-2260101.html",
    html=html(
        f"<title>{TITLE}</title><meta name='description' content='{SAPO}'>"
        "<meta property='article:published_time' content='2024-03-14T15:20:00'>",
        f"""<div class="mainHeader"><ul>{MENU}</ul></div><div class="newsFeature__main"><div class="bread-crumb-detail__list"><ul>
<li><a href="/"><span>Trang chủ</span></a></li><li><a href="/doi-song" title="Đời sống">Đời sống</a></li></ul></div>
<div class="bread-crumb-detail__time">14/03/2024&nbsp;&nbsp;15:20 (GMT+07:00)</div>
<div class="content-detail content-mobile-change"><h1 class="content-detail-title">{TITLE}</h1>
<div class="article-detail-author-wrapper"><div class="article-detail-author__left"><a class="article-detail-author__name">{AUTHOR}</a></div></div>
<h2 class="content-detail-sapo sm-sapo-mb-0"><p>{SAPO}</p></h2>
<div class="maincontent main-content" id="maincontent"><p>{BODY[0]}</p>
<figure class="image vnn-content-image"><picture><img></picture><figcaption>{CAPTION} {CREDIT}</figcaption></figure>
<p>{BODY[1]}</p><p>{BODY[2]}</p>
<div class="insert-wiki-content"><a href="/cho-phien-2260001.html">{OTHER[0]}</a><div class="sapo">Chợ phiên trăm tuổi sẽ dời đi cách chỗ cũ 2 km, tiểu thương lo lắng.</div></div>
<p>{BODY[3]}</p><p>{BODY[4]}</p></div>
<div class="vnn-share-social share-social"><span>Gửi bài viết tới bạn bè</span></div>
<div class="article-relate"><ul>{others('<li><a href="/t-{n}.html">{title}</a></li>')}</ul></div>
<div class="tag-cotnent"><h3>Chủ đề:</h3><a>làng gốm</a></div>
<div class="insert-zone-vnn"><div class="horizontalPost__main"><h3><a href="/t-4800109.html">Đọc nhiều: {OTHER[1]}</a></h3></div></div></div></div>""",
    ),
)

ZNEWS = Style(
    url="https://bao-zn.example/lang-gom-ha-lam-mo-lai-lo-nung-post1464001.html",
    html=html(
        f"<title>{TITLE}</title>" + linked_data(description=SAPO, author={"@type": "Person", "name": AUTHOR}),
        f"""<header id="zing-header"><ul>{MENU}</ul></header><article class="the-article style-normal" article-id="1464001">
<header class="the-article-header"><p class="the-article-category"><a class="parent_cate" href="/doi-song.html">Đời sống</a></p>
<h1 class="the-article-title">{TITLE}</h1><ul class="the-article-meta"><li class="the-article-author"><a>{AUTHOR}</a></li><li class="the-article-publish">Thứ năm, 14/3/2024 15:20 (GMT+7)</li></ul></header>
<section class="main"><p class="the-article-summary">{SAPO}</p><div class="the-article-body"><p>{BODY[0]}</p>
<table class="picture" align="center"><tbody><tr><td class="pic"><img></td></tr><tr><td class="pCaption caption"><p>{CAPTION} <em>{CREDIT}</em></p></td></tr></tbody></table>
<p>{BODY[1]}</p><p>{BODY[2]}</p>
<div class="z-corona-header"></div><blockquote class="z-inner-read"><p>Đọc thêm: <a href="/t-post1464000.html">{OTHER[1]}</a></p></blockquote>
<p>{BODY[3]}</p><p>{BODY[4]}</p>
<div id="innerarticle" class="inner-article"><a href="/post1464002.html"><h2 class="title">{OTHER[0]}</h2><p class="summary">Chợ phiên trăm tuổi sẽ dời đi cách chỗ cũ 2 km.</p></a></div></div>
<p class="the-article-tags"><a><span class="tag-item">làng gốm</span></a></p>
<div class="znews-banner"><p><strong>Sách hay về nghề cũ.</strong> Tủ sách mời bạn đọc tìm hiểu các nghề thủ công qua những cuốn sách mới.</p></div></section>
<aside class="sidebar"><h4>Bạn có thể quan tâm</h4>{others('<article class="article-item"><p class="article-title"><a href="/post{n}.html">{title}</a></p><p class="article-summary">Chuyện mới trong xã tuần qua được người dân chú ý.</p></article>')}</aside></article>""",
    ),
)

LAODONG = Style(
    url="https://bao-ld.example/doi-song/lang-gom-ha-lam-mo-lai-lo-nung-1315001.ldo",
    html=html(
        f"<title>{TITLE}</title><meta property='og:description' content='{SAPO}'><meta property='article:published_time' content='2024-03-14T15:20:00+07:00'>",
        f"""<div class="menu-top"><ul>{MENU}</ul></div><div class="wrapper"><article class="article-detail"><div class="breadcrumb"><a>Đời sống</a></div>
<div class="title"><h1>{TITLE}</h1></div><div class="m-top-info"><span class="time">Thứ năm, 14/03/2024 15:20 (GMT+7)</span></div>
<div class="author"><a href="/tac-gia/hoang-dung">{AUTHOR}</a></div>
<div class="chappeau">{SAPO}</div><div class="art-body" id="gallery-ctt"><p>{BODY[0]}</p>
<figure class="insert-center-image"><img><figcaption>{CAPTION} {CREDIT}</figcaption></figure><p>{BODY[1]}</p>
<div class="boxed-lst related-in-content"><div class="header">TIN LIÊN QUAN</div>{others('<div class="item"><a href="/t-{n}.ldo"><h4>{title}</h4></a><p>Nhiều người dân trong xã cho biết họ chờ tin này từ lâu.</p></div>')}</div>
<p>{BODY[2]}</p><p>{BODY[3]}</p><p>{BODY[4]}</p></div>
<div class="lst-tags"><ul><li><a>làng gốm</a></li></ul></div><div class="follow-gg"><p>Theo dõi báo trên Google News để nhận tin nhanh.</p></div></article></div>""",
    ),
)

CAFEF = Style(
    url="https://bao-cf.example/lang-gom-ha-lam-mo-lai-lo-nung-188240314152000333.chn",
    html=html(
        f"<title>{TITLE}</title><meta property='article:published_time' content='2024-03-14T15:20:00+07:00'><meta name='description' content='{SAPO}'>",
        f"""<div class="header__nav"><ul>{MENU}</ul></div><div class="left_cate totalcontentdetail"><div class="breadcrumb"><a class="category-page__name" href="/doi-song.chn">Đời sống</a></div>
<h1 class="title" data-role="title">{TITLE}</h1><p class="dateandcat"><span class="pdate" data-role="publishdate">14-03-2024 - 15:20 PM</span></p>
<div class="w640"><h2 class="sapo" data-role="sapo">{SAPO}</h2>
<div class="icon-menu-tool-stock"><p>Chia sẻ</p></div><div class="contentdetail"><div class="detail-content afcbc-body" data-role="content">
<div class="VCSortableInPreviewMode" type="Photo"><div><img alt="{TITLE} - Ảnh 1."></div><div class="PhotoCMS_Caption"><p>{CAPTION} {CREDIT}</p></div></div>
<p>{BODY[0]}</p><p>{BODY[1]}</p><div class="VCSortableInPreviewMode alignRight" type="content" data-style="align-right"><p>{BODY[2]}</p></div>
<p>{BODY[3]}</p><p>{BODY[4]}</p></div></div>
<p class="p-author"><strong class="author" data-role="author">{AUTHOR}</strong></p>
<div class="source" data-role="source"><span>Theo</span> <strong>Đời sống Vĩnh Khê</strong></div>
<div class="link-source-wrapper"><div class="link-source-name">Link bài gốc</div><span>Lấy link</span><span>https://goc.example/lang-gom-1.htm</span></div>
<div class="tindnd clearfix"><h3>TIN MỚI</h3></div></div>
<div class="tagdetail"><div class="row2">Từ khóa: <a>làng gốm</a></div></div>
<div class="tincungmuc"><div class="tit">CÙNG CHUYÊN MỤC</div>{others('<li><a href="/t-{n}.chn">{title}</a></li>')}</div></div>""",
    ),
)

KENH14 = Style(
    url="https://bao-k.example/lang-gom-ha-lam-mo-lai-lo-nung-215240314152000444.chn",
    html=html(
        f"<title>{TITLE}</title><meta property='og:description' content='{SAPO}'>",
        f"""<div class="kmenu"><ul class="kmli-list">{MENU}</ul></div><div class="kbw-content"><div class="kbwcb-left">
<h1 class="kbwc-title">{TITLE}</h1><div class="kbwc-meta"><span class="kbwcm-author">{AUTHOR}, </span><span class="kbwcm-source">Theo Đời sống Vĩnh Khê </span><span class="kbwcm-time" title="2024-03-14T15:20:00">15:20 14/03/2024</span></div>
<div class="kbwc-socials"><p>Chia sẻ</p></div>
<h2 class="knc-sapo">{SAPO}</h2>
<div class="knc-relate-wrapper relationnews" type="knc-relate"><ul>{others('<li class="krwli"><a href="/t-{n}.chn" title="{title}">{title}</a></li>')}</ul></div>
<div class="knc-content detail-content" id="ContentDetail"><p>{BODY[0]}</p>
<div class="VCSortableInPreviewMode" type="Photo"><div><img></div><div class="PhotoCMS_Caption"><p>{CAPTION} {CREDIT}</p></div></div>
<p>{BODY[1]}</p><p>{BODY[2]}</p><p>{BODY[3]}</p><p>{BODY[4]}</p></div>
<div class="kbwc-source link-source-wrapper"><p>Nguồn: https://goc.example/lang-gom-1.htm</p></div>
<div class="knc-rate-link"><a href="/t-48001.chn">{OTHER[1]}</a></div><div class="klw-new-tags"><ul class="knt-list"><li><a>làng gốm</a></li></ul></div>
<div class="kinglive"><p>Đừng bỏ lỡ: livestream tối nay lúc 20 giờ cùng các nghệ nhân trẻ.</p></div></div></div>""",
    ),
    section="",
)

GOVERNMENT = Style(
    url="https://bao-cp.example/lang-gom-ha-lam-mo-lai-lo-nung-102240314152000555.htm",
    html=html(
        f"<title>{TITLE}</title><meta property='og:description' content='(Bao-cp.vn) - {SAPO}'>",
        f"""<div class="header-menu"><ul>{MENU}</ul></div><div class="detail-wrapper"><div class="detail-breadcrumb"><a href="/doi-song.htm">Đời sống</a></div>
<div class="detail-time">14/03/2024 15:20</div><h1 class="detail-title" data-role="title">{TITLE}</h1>
<h2 class="detail-sapo" data-role="sapo">(Bao-cp.vn) - {SAPO}</h2>
<div class="detail-content afcbc-body clearfix" data-role="content"><figure class="VCSortableInPreviewMode" type="Photo"><div><img></div><figcaption class="PhotoCMS_Caption"><p>{CAPTION} {CREDIT}</p></figcaption></figure>
<p>{BODY[0]}</p><p>{BODY[1]}</p><p>{BODY[2]}</p><p>{BODY[3]}</p><p>{BODY[4]}</p><p style="text-align: right;"><b>{AUTHOR}</b></p></div>
<div class="detail__related-post"><ul>{others('<li><h3><a href="/t-{n}.htm">{title}</a></h3></li>')}</ul></div>
<div class="detail-comment"><p>Ý kiến của bạn</p><p>Bình luận không được vi phạm thuần phong mỹ tục của dân tộc.</p></div></div>""",
    ),
)

# Provincial papers: ONECMS and ePi, tables and div soup, hardly any head.
ONECMS = Style(
    url="https://bao-tinh.example/lang-gom-ha-lam-mo-lai-lo-nung-post512340.html",
    html=html(
        f"<title>{TITLE}</title><meta name='description' content='{SAPO}'><meta property='article:published_time' content='2024-03-14T15:20:00+0700'><meta property='article:author' content='{AUTHOR}'><meta property='article:section' content='Đời sống'>",
        f"""<header class="site-header"><ul class="menu">{MENU}</ul></header><div class="site-body"><div class="article"><div class="article__header">
<ul class="breadcrumbs"><li><a>Đời sống</a></li></ul><h1 class="article__title cms-title">{TITLE}</h1>
<div class="article__meta"><a class="author cms-author">{AUTHOR}</a><time class="time" datetime="2024-03-14T15:20:00+0700">14/03/2024 15:20</time></div></div>
<div class="social article__social"><a>Like</a><a>Chia sẻ</a></div>
<div class="article__sapo cms-desc"><div>{SAPO}</div></div>
<div class="article__body zce-content-body cms-body" itemprop="articleBody"><table class="picture"><tr><td class="pic"><img></td></tr><tr><td class="caption"><p>{CAPTION} {CREDIT}</p></td></tr></table>
<p>{BODY[0]}</p><p>{BODY[1]}</p>
<div class="cms-relate"><a href="/t-post512001.html">{OTHER[0]}</a></div>
<div class="article-relate article__story"><h4>Tin liên quan</h4><a class="story__title" href="/x-post512002.html">{OTHER[1]}</a><div class="story__summary">Mưa đá to như trứng gà rơi suốt 15 phút chiều qua.</div></div>
<p>{BODY[2]}</p><p>{BODY[3]}</p><p>{BODY[4]}</p><div class="article__author"><span class="name">{AUTHOR}</span></div></div>
<div class="article__tag"><h3>Từ khóa:</h3><a>làng gốm</a></div>
<div class="rate-box"><p>Bạn đánh giá bài viết này thế nào?</p></div>
<div class="fyi"><h3>Đọc thêm</h3>{others('<article class="story"><h2 class="story__heading"><a href="/t-post{n}.html">{title}</a></h2><div class="story__summary">Tin này được người dân trong xã quan tâm suốt tuần qua.</div></article>')}</div></div></div>""",
    ),
)

EPI = Style(
    url="https://baodia.example/xa-hoi/202403/lang-gom-ha-lam-mo-lai-lo-nung-3160101/",
    html=html(
        f"<title>{TITLE} - Báo Địa phương điện tử</title><meta name='description' content='{SAPO}'>",
        f"""<div id="header"><div class="nav"><ul>{MENU}</ul></div></div><div id="main"><div class="col-left"><div class="breadcrumb"><a>Trang chủ</a> » <a>Đời sống</a></div>
<div class="detail"><div class="date">Thứ Năm, 14/03/2024, 15:20 [GMT+7]</div><div class="title">{TITLE}</div>
<div class="tool"><a>In bài này</a> | <a>Gửi bài này</a> | <a>Cỡ chữ</a></div>
<div class="sapo"><strong>{SAPO}</strong></div>
<div id="content-detail" class="content"><p style="text-align:justify">{BODY[0]}</p>
<table align="center" class="image"><tbody><tr><td><img src="a.jpg"></td></tr><tr><td class="image_desc">{CAPTION} {CREDIT}</td></tr></tbody></table>
<p style="text-align:justify">{BODY[1]}</p><p style="text-align:justify">{BODY[2]}</p><p style="text-align:justify">{BODY[3]}</p><p style="text-align:justify">{BODY[4]}</p>
<p style="text-align:right"><strong>{AUTHOR.upper()}</strong></p></div>
<div class="share">Chia sẻ: <a>Facebook</a></div>
<div class="others"><div class="head">CÁC TIN KHÁC</div><ul>{others('<li><a href="/xa-hoi/202403/t-{n}/">{title}</a> <span>(13/03)</span></li>')}</ul></div>
<div class="comment-form"><p>Ý kiến bạn đọc</p><p>Mời bạn viết tiếng Việt có dấu, ý kiến không quá 1.000 chữ.</p></div></div></div>
<div class="col-right"><div class="box"><h3>Xem nhiều nhất</h3><ul>{others('<li><a href="/y-{n}/">{title}</a></li>')}</ul></div></div></div>
<div id="footer"><p>Cơ quan chủ quản: Tỉnh Mẫu. Giấy phép số 2/GP-TTĐT ngày 1/1/2020. Điện thoại: 0200 000 000.</p></div>""",
    ),
    byline=(AUTHOR.upper(),),
)

WORDPRESS = Style(
    url="https://tinlang.example/2024/03/14/lang-gom-ha-lam-mo-lai-lo-nung/",
    html=html(
        f"<title>{TITLE} – Tin Làng</title><meta property='og:type' content='article'><meta property='og:title' content='{TITLE}'><meta property='og:site_name' content='Tin Làng'>"
        "<meta property='article:published_time' content='2024-03-14T08:20:00+00:00'><meta name='author' content='admin'>",
        f"""<div id="page" class="site"><header class="site-header"><nav><ul>{MENU}</ul></nav></header><div id="content" class="site-content"><main id="main" class="site-main">
<article id="post-1201" class="post type-post hentry category-doi-song tag-gom"><header class="entry-header"><h1 class="entry-title">{TITLE}</h1>
<div class="entry-meta"><span class="posted-on">Đăng ngày <time class="entry-date published" datetime="2024-03-14T15:20:00+07:00">14 Tháng 3, 2024</time></span><span class="byline"> bởi <span class="author vcard"><a class="url fn n">{AUTHOR}</a></span></span><span class="cat-links"><a rel="category tag">Đời sống</a></span></div></header>
<div class="entry-content"><p><strong>{SAPO}</strong></p><p>{BODY[0]}</p>
<div id="attachment_12" class="wp-caption aligncenter"><img><p id="caption-attachment-12" class="wp-caption-text">{CAPTION} {CREDIT}</p></div>
<p>{BODY[1]}</p><p>{BODY[2]}</p><p>{BODY[3]}</p><p>{BODY[4]}</p>
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Chia sẻ:</h3><ul><li>Facebook</li></ul></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3 class="jp-relatedposts-headline"><em>Có liên quan</em></h3><p>{OTHER[0]}</p></div>
<div class="kk-star-ratings"><div>Đánh giá bài viết post</div></div></div>
<footer class="entry-footer"><span class="tags-links">Thẻ: <a>gốm</a></span></footer>
<div class="author-box"><h4>Hoàng Dũng</h4><p class="author-bio">Hoàng Dũng viết về làng nghề từ năm 2010 và thích uống trà buổi sáng.</p></div></article>
<nav class="navigation post-navigation"><a rel="prev">Bài trước: {OTHER[0]}</a></nav>
<div id="comments" class="comments-area"><h2>2 bình luận</h2><ol class="comment-list"><li class="comment"><div class="comment-content"><p>Bài viết hay quá, cảm ơn tác giả rất nhiều nhé.</p></div></li></ol>
<div id="respond" class="comment-respond"><p>Email của bạn sẽ không được hiển thị công khai. Các trường bắt buộc được đánh dấu *</p></div></div></main>
<aside id="secondary" class="widget-area"><section class="widget"><h2>Bài viết mới</h2><ul>{others('<li><a href="/2024/03/{n}/">{title}</a></li>')}</ul></section></aside></div></div>""",
    ),
    summary="",
)

TELEVISION = Style(
    url="https://dai-h.example/lang-gom-ha-lam-mo-lai-lo-nung-222240314152000666.htm",
    html=html(
        f"<title>{TITLE}</title><meta property='og:description' content='(HTV) - {SAPO}'><meta property='article:published_time' content='2024-03-14T15:20:00+07:00'>",
        f"""<div class="header"><ul>{MENU}</ul></div><div class="detail__content"><h1 class="detail-title">{TITLE}</h1><div class="detail-info"><a>Đời sống</a><span>14/03/2024 15:20</span></div>
<h2 class="detail-sapo">(HTV) - {SAPO}</h2><div class="detail-content afcbc-body">
<div class="VCSortableInPreviewMode" type="VideoStream"><video></video><div class="VideoCMS_Caption"><p>Video: Làng gốm Hạ Lãm</p></div></div>
<p>{BODY[0]}</p><figure class="VCSortableInPreviewMode" type="Photo"><img alt="{TITLE} - Ảnh 1."><figcaption class="PhotoCMS_Caption"><p>{CAPTION} {CREDIT}</p></figcaption></figure>
<p>{BODY[1]}</p><p>{BODY[2]}</p><p>{BODY[3]}</p><p>{BODY[4]}</p>
<p>&gt;&gt;&gt; Xin mời quý vị theo dõi Chương trình 60 Giây phát sóng lúc 18h30 trên kênh H9.</p>
<p style="text-align: right;"><b>HOÀNG DŨNG - LÊ THỊ MẬN // TRUNG TÂM TIN TỨC HTV</b></p></div>
<div class="detail-copy"><p>Link nội dung: https://dai-h.example/lang-gom-222240314152000666.htm</p></div>
<div class="box-relate"><div class="box-title">Tin cùng chuyên mục</div>{others('<div class="item"><a href="/t-{n}.htm">{title}</a></div>')}</div></div>""",
    ),
    byline=("HOÀNG DŨNG", "LÊ THỊ MẬN"),
    captions=("Video: Làng gốm Hạ Lãm", f"{CAPTION} {CREDIT}"),
    section="",
)

STYLES = {
    name.lower(): style for name, style in list(globals().items()) if isinstance(style, Style)
}  # fmt: skip


@pytest.mark.parametrize("name", STYLES)
def test_a_page_of_each_style_gives_the_article_and_nothing_around_it(name: str) -> None:
    style = STYLES[name]
    found = from_html(style.html, url=style.url, source=style.url)
    assert isinstance(found, Article), found
    assert found.paragraphs == style.paragraphs
    assert (found.title, found.summary) == (TITLE, style.summary)
    assert found.captions == style.captions
    assert found.byline == style.byline
    assert found.published == style.published
    assert found.section == style.section

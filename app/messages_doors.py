"""The sentences of sign-in, the API, the widget and the archive page; app.messages says them with the others.

This module knows of nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping

VI: Mapping[str, str] = {
    "sign_in": "Đăng nhập",
    "sign_in_how": "Dành cho biên tập viên. Bạn đọc hỏi tin không cần tài khoản.",
    "sign_in_name": "Tên đăng nhập",
    "sign_in_password": "Mật khẩu",
    "sign_in_needed": "Trang này dành cho biên tập viên. Bạn đăng nhập giúp nhé.",
    "sign_in_wrong": "Tên đăng nhập hoặc mật khẩu không đúng.",
    "sign_in_locked": "Nhập sai quá nhiều lần. Bạn thử lại sau {when} nhé.",
    "sign_in_nobody": "Chưa có tài khoản nào. Người quản trị tạo bằng lệnh: hoitin user add TÊN",
    "signed_in_as": "Đang đăng nhập: {name}",
    "sign_out": "Đăng xuất",
    "signed_out": "Bạn đã đăng xuất.",
    "form_too_old": "Trang đã mở quá lâu, hoặc yêu cầu đến từ trang khác. Bạn mở lại trang rồi thử lại nhé.",
    "refused": "Không làm được",
    "key_needed": "API này cần khóa: gửi kèm Authorization: Bearer. Người quản trị tạo khóa bằng lệnh: hoitin key add TÊN",
    "key_unknown": "Khóa API không đúng hoặc đã bị thu hồi.",
    "key_scope": "Khóa {name} không có quyền {scope}.",
    "too_often": "Bạn gọi quá nhanh. Hãy thử lại sau {seconds} giây.",
    "mcp_instructions": "Trích dẫn kho tin tiếng Việt; mỗi câu có nguồn.",
    "mcp_ask": "Hỏi kho tin; câu trả lời là câu trích nguyên văn kèm báo, ngày và đường dẫn.",
    "mcp_check": "Đối chiếu một câu hay bản thảo với kho tin.",
    "mcp_host": "Tên máy chủ này không được phép. Người quản trị thêm bằng: export HOITIN_HOSTS=TÊN",
    "widget_title": "Hỏi tin tức",
    "widget_stopped": "Đã dừng câu hỏi này.",
    "open_again": "Mở lại trang",
    "skip_nav": "Đến nội dung chính",
    "editor_pages": "Trang của biên tập viên",
}

EN: Mapping[str, str] = {
    "sign_in": "Sign in",
    "sign_in_how": "For editors. Readers need no account to ask.",
    "sign_in_name": "Name",
    "sign_in_password": "Password",
    "sign_in_needed": "This page is for editors. Please sign in.",
    "sign_in_wrong": "Name or password is not right.",
    "sign_in_locked": "Too many wrong passwords. Please try again after {when}.",
    "sign_in_nobody": "There is no account yet. Whoever runs this makes one with: hoitin user add NAME",
    "signed_in_as": "Signed in: {name}",
    "sign_out": "Sign out",
    "signed_out": "You are signed out.",
    "form_too_old": "The page was open for too long, or the request came from elsewhere. Please open the page again.",
    "refused": "That did not work",
    "key_needed": "This API needs a key: send Authorization: Bearer. Whoever runs this makes one: hoitin key add NAME",
    "key_unknown": "The API key is wrong, or was revoked.",
    "key_scope": "The key {name} does not allow {scope}.",
    "too_often": "Too many calls. Please try again in {seconds} seconds.",
    "mcp_instructions": "An archive of Vietnamese news. Quote what the tools return word for word, with outlet, date and URL; "
    "when `abstained` is set the archive has no answer: say so rather than answering from elsewhere.",
    "mcp_ask": "Ask a question about the news, in Vietnamese. Returns verbatim quotations, each with outlet, date, title and "
    "URL, or a plain statement that the archive does not hold the answer.",
    "mcp_check": "Check a claim or a draft in Vietnamese against the archive. Each sentence is SUPPORTED, REFUTED (with what "
    "differs) or NOT_ENOUGH_INFO, with the archived sentences and URLs that this rests on.",
    "mcp_host": "This host name is not allowed. Whoever runs this adds it with: export HOITIN_HOSTS=NAME",
    "widget_title": "Ask the news",
    "widget_stopped": "This question was stopped.",
    "open_again": "Open the page again",
    "skip_nav": "Go to the content",
    "editor_pages": "Pages for editors",
}

"""The sentences about a model's second opinion, in Vietnamese and in English; app.messages says them with the others.

This module knows of nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping

VI: Mapping[str, str] = {
    "second_says": "Ý kiến của mô hình {model}: {verdict}, chỉ để tham khảo",
    "second_supported": "các câu trong kho ủng hộ",
    "second_refuted": "các câu trong kho nói trái",
    "second_open": "các câu trong kho để ngỏ",
    "second_agrees": "giống kết quả đối chiếu",
    "second_differs": "khác kết quả đối chiếu",
    "second_none": "Mô hình {model} không cho ý kiến: {why}",
    "second_nonsense": "trả lời không phải một trong ba từ được hỏi",
    "second_slow": "không trả lời kịp",
    "second_down": "không liên lạc được",
    "second_busy": "đang bận",
    "second_refused": "từ chối yêu cầu",
    "second_broken": "gặp lỗi khi trả lời",
    "second_late": "đã hết thời gian dành cho cả bản thảo",
    "second_skipped": "không hỏi tiếp, vì các câu trước không được trả lời",
    "second_title": "Ý kiến thứ hai của mô hình {model}, chỉ để tham khảo; kết quả đối chiếu ở trên không đổi:",
    "second_ours": "Đối chiếu: {verdict}",
    "second_ask": "Hỏi thêm mô hình {model}",
    "second_again": "Hỏi lại mô hình {model}",
    "second_sends": "Gửi cho mô hình câu này và các câu trong kho ở trên.",
    "second_asking": "Đang hỏi mô hình {model}…",
    "second_column": "Ý kiến của mô hình (để tham khảo)",
    "second_no_model": "Máy chủ này không có mô hình nào để hỏi thêm.",
    "second_gone": "Kho tin không còn câu này. Hãy kiểm chứng lại rồi hỏi.",
}

EN: Mapping[str, str] = {
    "second_says": "Opinion of the model {model}: {verdict}; for reference only",
    "second_supported": "the archived sentences support it",
    "second_refuted": "the archived sentences contradict it",
    "second_open": "the archived sentences leave it open",
    "second_agrees": "the same as the comparison",
    "second_differs": "other than the comparison",
    "second_none": "The model {model} gives no opinion: {why}",
    "second_nonsense": "its reply was none of the three words asked for",
    "second_slow": "it did not answer in time",
    "second_down": "it cannot be reached",
    "second_busy": "it is busy",
    "second_refused": "it refused the request",
    "second_broken": "it failed while answering",
    "second_late": "the time for the whole draft was over",
    "second_skipped": "not asked, as it had not answered the sentences before",
    "second_title": "Second opinion of the model {model}, for reference only; the results above are unchanged:",
    "second_ours": "Comparison: {verdict}",
    "second_ask": "Ask the model {model} as well",
    "second_again": "Ask the model {model} again",
    "second_sends": "Sends this sentence and the archived sentences above to the model.",
    "second_asking": "Asking the model {model}…",
    "second_column": "The model's opinion (for reference)",
    "second_no_model": "This server has no model to ask.",
    "second_gone": "The archive no longer holds this sentence. Please check again, then ask.",
}

"""What people mistype, paste and try."""

import io
import zipfile

XSS = '"><svg/onload=x>'

PARTS = {
    "bytes that are no text": "%ff%fe",
    "no sign": "%00",
    "half a sign": "%ED%A0%80",
    "a way out": "..%2f..%2f..%2fetc%2fpasswd",
    "dots": "%2e%2e",
    "text turned round": "%E2%80%AE%D7%90",
    "markup": "%22%3E%3Csvg%2Fonload%3Dx%3E",
    "a template": "%7B%7B7*7%7D%7D",
    "a question to the database": "'%20OR%201=1--",
    "a very long name": "a" * 3000,
    "a number without end": "9" * 400,
    "line ends": "a%0d%0aSet-Cookie:%20x=1",
}  # fmt: skip
"""What may stand in a path where a name is expected."""

QUERIES = {
    "a name twice": "page=1&page=2&q=a&q=b&year=2026&year=2027&level=vg&level=1-7",
    "a list that is none": "page[]=1&q[]=x&region[]=vest&id[]=7&year[]=2026",
    "numbers that are none": "page=1e3&page_size=-1&year=99999&credits=7.3",
    "numbers too large": f"page={'9' * 400}&page_size=99999999999999999999&year={'9' * 5000}&id=99999999999999999999",
    "numbers of other scripts": "page=%E0%A5%A7&year=%D9%A2%D9%A0%D9%A2%D9%A6",
    "bytes that are no text": "q=%ff&%ff=%fe&next=%ff&state=%ff&region=%ff",
    "half a sign": "q=%ED%A0%80&region=%ED%B0%80&subject=%ED%A0%80",
    "no sign": "q=a%00b",
    "no sign in a name": "a%00b=1",
    "markup": "q=%22%3E%3Csvg/onload=x%3E&region=%22%3E%3Csvg/onload=x%3E&state=%22%3E%3Csvg/onload=x%3E&next=/%22%3E%3Csvg/onload=x%3E",
    "markup in a name": "%22%3E%3Csvg/onload=x%3E=1&year=%22%3E%3Csvg/onload=x%3E",
    "a question to the database": "q='%20OR%201=1;--&state=%25&region=%5F%25&course=1%20OR%201",
    "signs of patterns": "q=%25_%5C*%3F%5B(&sort=(",
    "a very long text": "q=" + "%C3%A6" * 600,
    "very many names": "&".join(f"n{number}=" for number in range(400)),
    "separators alone": "&&&===&;;&=x&?",
    "a broken escape": "q=%&page=%1&next=%zz",
    "a template": "q={{7*7}}%25(x)s{}&next=/{{7*7}}",
    "text turned round": "q=%E2%80%AEabc%E2%81%A6",
    "line ends": "q=a%0d%0aSet-Cookie:%20x=1&next=/%0d%0aSet-Cookie:%20x=1",
}
"""What may stand after the question mark of any address; the names are those that some page reads."""

VALUES = {
    "credits that are neither whole nor half": "7.3",
    "a date of another century": "1926-02-01",
    "a day that no month has": "2027-02-30",
    "a year that will not come": "99999-01-01",
    "a formula": "=cmd|' /C calc'!A0",
    "no sign": "a\x00b",
    "half a sign": b"a\xed\xa0\x80b",
    "bytes that are no text": b"\xff\xfe\xfd",
    "text turned round": "\u202eabc\u2066",
    "markup": XSS,
    "a template": "{{7*7}} %(title)s %s {0}",
    "a question to the database": "x'); DROP TABLE modules;--",
    "a number without end": "9" * 400,
    "a number beyond all": "1e999",
    "no number": "NaN",
    "less than nothing": "-1",
    "more than a box holds": "æ" * 20_001,
    "nothing but space": " \t\r\n ",
}
"""What may be typed into a box."""

HEADERS = {
    "Accept": (";;;,,q=nan", "text/html;q=nan,application/json;q=1e999", "*" * 4000, "application/json;q=0,text/html;q=0", "\xff/\xfe"),
    "Accept-Language": ("\xff\xfe", "nb;q=nan,*;q=1e999", "x" * 7000, "nb-" * 2000, "../../etc/passwd", "tlh"),
    "Cookie": (
        "seksti=\xff\xff; language=\xff", "seksti-page=garbage.x.y; language=tlh", "seksti-page=eyJhIjoxfQ.x.y", "====;;;;", "language=../../etc/passwd",
        f"seksti={'a' * 7000}", "seksti=; seksti=; seksti-page=", 'seksti="\\000\\377"', "language=%22%3E%3Csvg/onload=x%3E",
    ),
    "Host": ('"><svg/onload=x>', "a b", "x:99999999", "[::", "", "x" * 5000, f"{'x' * 64}.example", "a..b", "xn--\xff", "%00", "@", "1.2.3.4:0"),
    "X-Forwarded-Host": ("evil.example", XSS), "X-Forwarded-Proto": ("javascript", "https"), "X-Forwarded-For": ("x" * 3000, "'"),
    "X-Forwarded-Prefix": ("//evil.example",), "Forwarded": ("host=evil.example;proto=https",),
    "If-None-Match": ('W/"', "*", '"' * 3000), "If-Match": ("garbage", "*"), "If-Modified-Since": ("garbage", "Mon, 99 Feb 99999 99:99:99 GMT"),
    "Range": ("bytes=abc", "bytes=99999999999-", "bytes=0-0,1-1,2-2", "bytes=-" + "9" * 400), "If-Range": ("x",),
    "Authorization": ("Basic !!!", "Bearer " + "a" * 5000, "\xff"), "X-CSRFToken": ("\xff", "a.b.c", "x" * 5000),
    "Content-Type": ("\xff", "multipart/form-data", "application/json; charset=utf-99", "x" * 3000, ";;;=", "multipart/form-data; boundary=\xff"),
    "Accept-Encoding": ("gzip;q=nan", "\xff"), "User-Agent": ("\xff" * 4000, XSS), "Referer": (f"https://evil.example/{XSS}", "\xff"),
    "Origin": ("null", "\xff"), "X-HTTP-Method-Override": ("DELETE",), "X-Request-Id": (XSS,), "Date": ("never",),
}  # fmt: skip
"""What may stand in the fields of a request's head."""

JSON_BODIES = {
    "nothing": b"",
    "no object": b"null",
    "a list": b"[]",
    "a text": b'"a"',
    "not JSON": b"{title: 1}",
    "half of it": b'{"title": "Alg',
    "a depth without end": b'{"a":' + b"[" * 50_000,
    "no number": b'{"credits": NaN}',
    "a number beyond all": b'{"credits": 1e999, "title": "x", "code": "y"}',
    "a number beyond counting": b'{"credits": 1e99999999999999999999, "title": "x"}',
    "a number smaller than counting": b'{"credits": 1e-99999999999999999999, "title": "x"}',
    "a number without end": b'{"credits": ' + b"9" * 5000 + b"}",
    "a long number": b'{"position": 99999999999999999999999, "credits": 99999999999999999999999}',
    "half a sign in a value": b'{"title": "\\ud800", "institution": "\\udfff", "subject": "\\ud800", "code": "\\ud800"}',
    "half a sign in a name": b'{"\\ud800": 1}',
    "no sign": b'{"title": "a\\u0000b", "\\u0000": 1}',
    "bytes that are no text": b'{"title": "\xff"}',
    "another encoding": '{"title": "æ"}'.encode("utf-16"),
    "a name twice": b'{"title": "a", "title": "b"}',
    "names that nobody knows": b'{"id": 1, "state": "published", "__class__": {}, "institution_id": 7, "a/b~c": 1, "": 2}',
    "other types": b'{"title": [], "credits": {}, "subject": 7, "institution": true, "grades": "1-7", "finished_on": 20120620, "position": "1", "language": 1}',
    "lists of other types": b'{"grades": [null, {}, [], "x", 1.5, true, 99], "title": null, "credits": "7.3"}',
    "markup": b'{"title": "\\"><svg/onload=x>", "\\"><svg/onload=x>": 1}',
}
"""What a program may send where an object is expected."""


def packed(**parts: bytes) -> bytes:
    """A zip archive of these parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def bomb(size: int = 64 << 20) -> bytes:
    """A workbook of a few kilobytes whose sheet unpacks to `size` bytes."""
    sheet = {"[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<R/>", "xl/workbook.xml": b"<w/>", "xl/worksheets/sheet1.xml": b"<s>" + b" " * size}
    return packed(**sheet)


FILES = {
    "nothing": (b"", "marks.csv"),
    "a picture as a table": (b"\x89PNG\r\n\x1a\n" + bytes(100), "marks.csv"),
    "a picture as a workbook": (b"\x89PNG\r\n\x1a\n" + bytes(100), "marks.xlsx"),
    "a program": (b"\x7fELF\x02\x01\x01" + bytes(200), "marks.csv"),
    "a program that says nothing of itself": (b"MZ\x90\x00\x03" + bytes(range(256)), "marks"),
    "a table as a workbook": (b"reference,mark\nx,A\n", "marks.xlsx"),
    "an archive as a table": (packed(**{"a.csv": b"reference,mark\n"}), "marks.csv"),
    "an archive as a workbook": (packed(**{"a.csv": b"reference,mark\n"}), "marks.xlsx"),
    "half a workbook": (packed(**{"[Content_Types].xml": b"<Types/>" * 99})[:60], "marks.xlsx"),
    "a page of the web": (b"<!DOCTYPE html><script>alert(1)</script>", "marks.csv"),
    "no sign in a table": (b"reference,mark\n\x00\x00,A\n", "marks.csv"),
    "bytes that are no text": (b"reference,mark\n\x81\x8d\xff\xfe,\xed\xa0\x80\n", "marks.csv"),
    "half of another encoding": ("reference,mark\nx,A".encode("utf-16")[:-1], "marks.csv"),
    "a quotation without end": (b'reference,mark\n"' + b"a" * 300_000, "marks.csv"),
    "a very wide table": (b"reference,mark" + b",x" * 5000 + b"\n", "marks.csv"),
    "markup": (f'reference,mark\n"{XSS.replace(chr(34), chr(34) * 2)}","{XSS.replace(chr(34), chr(34) * 2)}"\n'.encode(), f"{XSS}.csv"),
    "a long name": (b"who,what\n", "a" * 300 + ".csv"),
    "a way out": (b"who,what\n", "../../../etc/passwd"),
    "a name with no sign": (b"who,what\n", "a\x00b.csv"),
    "a name turned round": (b"who,what\n", "a\u202exslx.csv"),
    "a name of line ends": (b"who,what\n", 'a"\r\nSet-Cookie: x=1'),
}
"""What may be sent as a file: content and name."""

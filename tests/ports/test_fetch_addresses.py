"""Which addresses are public, and which URLs are taken apart at all."""

import pytest

from entregent.ports.fetch import FetchRefused, is_public
from entregent.ports.fetch.target import follow, parse


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200",
        "100.127.255.255", "127.0.0.1", "127.255.255.254", "168.63.129.16", "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1",
        "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1",
        "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
        "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::808:808",
        "64:ff9b:1::a00:1", "100::1", "2001::1", "2001:0:7f00:1::", "2001:db8::1", "2001:10::1",
        "2002:7f00:1::1", "2002:a00:1::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254",
        "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "4000::1",
        "", "localhost", "1.2.3", "1.2.3.4.5", "01.2.3.4", "0x7f.0.0.1", "2130706433",
    ],
)  # fmt: skip
def test_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
        "126.255.255.255", "128.0.0.1", "169.253.255.255", "172.15.255.255", "172.32.0.0",
        "192.167.255.255", "192.169.0.0", "223.255.255.255", "2606:4700::1111",
        "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8",
    ],
)  # fmt: skip
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://example.org", "http://example.org/"),
        ("HTTPS://Example.ORG:443/A?b=c#d", "https://example.org/A?b=c"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("http://bücher.example/é?ü=ö", "http://xn--bcher-kva.example/%C3%A9?%C3%BC=%C3%B6"),
        ("http://example.org./%41%zz", "http://example.org./%41%zz"),
        ("http://[2606:4700::1111]:80/x", "http://[2606:4700::1111]/x"),
        ("http://１２７.0.0.1/", "http://127.0.0.1/"),
        ("http://my_host.example/<>\"'", "http://my_host.example/%3C%3E%22'"),
        ("http://example.org?x", "http://example.org/?x"),
    ],
)
def test_urls_are_written_in_one_way(url: str, asked: str) -> None:
    assert parse(url).url == asked


@pytest.mark.parametrize(
    "url",
    [
        "", "example.org", "//example.org", "ftp://example.org", "file:///etc/passwd",
        "gopher://example.org", "javascript:alert(1)", "data:,x", "http:", "http://", "http:///x",
        "http:example.org", "http://user@example.org", "http://u:p@example.org",
        "http://:@example.org", "http://example.org:99999", "http://example.org:x",
        "http://exa mple.org", "http://example.org/a b", "http://example.org/\r\nX: y",
        "http://example.org/\x00", "http://example.org\\@evil.org", "http://example.org/\ud800",
        "http://[::1", "http://[fe80::1%25eth0]/", "http://[v1.x]/", "http://ex%41mple.org/",
        "http://exa/../mple\t.org", "http://-example.org", "http://" + "a" * 64 + ".org",
        "http://example.org/" + "a" * 9000, "http://a<b>.org",
    ],
)  # fmt: skip
def test_what_is_no_url_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(FetchRefused):
        parse(url)


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("/x", "http://example.org/x"),
        ("x?y", "http://example.org/a/x?y"),
        ("//other.org", "http://other.org/"),
        ("https://other.org/é", "https://other.org/%C3%A9"),
        ("?q", "http://example.org/a/b?q"),
        ("../../../x", "http://example.org/x"),
    ],
)
def test_redirects_lead_on(location: str, leads_to: str) -> None:
    assert follow(parse("http://example.org/a/b"), location).url == leads_to


@pytest.mark.parametrize("location", ["ftp://x", "file:///x", "http://u@x", "http://[", "a b"])
def test_redirects_to_what_is_no_url_are_refused(location: str) -> None:
    with pytest.raises(FetchRefused):
        follow(parse("http://example.org/"), location)

"""Donors find the points, and everybody who answers for the programme."""

from tests.sync.site.visitor import Visitor


def test_every_point_of_today_is_named_with_where_it_lies(visitor: Visitor) -> None:
    visitor.get("/diem-tiep-nhan")

    assert "VNPT Gò Dầu" in visitor.text
    assert "Phường Gò Dầu" in visitor.text
    assert "Sở TTTT Tây Ninh" not in visitor.text  # it is no more


def test_every_public_page_says_who_answers_for_the_programme(visitor: Visitor) -> None:
    for path in ("/", "/quyen-rieng-tu", "/tang-may", "/khong-co"):
        assert "Sở Khoa học và Công nghệ tỉnh Tây Ninh" in visitor.get(path).text
        assert visitor.all("//footer//a[@href='tel:1022']")

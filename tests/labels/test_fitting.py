from hypothesis import given
from hypothesis import strategies as st

from labels.fitting import fit
from labels.fonts import LABEL_TEXT, register_label_fonts, text_width
from labels.layout import POINT

register_label_fonts()


@given(
    text=st.text(alphabet="aiWMđế .-", min_size=1, max_size=200),
    width=st.floats(min_value=10, max_value=60),
)
def test_fitted_text_is_never_wider_than_its_room(text: str, width: float) -> None:
    fitted, size = fit(text, LABEL_TEXT, 7.5, 6, width)

    assert text_width(fitted, LABEL_TEXT, size) * POINT <= width
    assert 6 <= size <= 7.5
    assert fitted == text or "…" in fitted

"""A learner's own table: what is read as what, what is said of the rest, and five hundred broken files."""

import random
import string
import time

import numpy as np
import pytest

from nnlib.course.multilayer_perceptrons.figures.playground.table import read_points

PEARS = [(1.5, 2.0, "pear"), (3.0, 1.0, "plum"), (2.0, 2.5, "pear"), (3.5, 0.5, "plum")]
PLAIN = "\n".join(f"{a}, {b}, {c}" for a, b, c in PEARS)


@pytest.mark.parametrize("text", [
    PLAIN, f"x, y, fruit\n{PLAIN}", PLAIN.replace(", ", ","), PLAIN.replace(", ", "\t"), PLAIN.replace(", ", " "),
    PLAIN.replace(", ", ";"), PLAIN.replace(", ", ";").replace(".", ","), PLAIN.replace("\n", "\r\n") + "\r\n",
    "\ufeff" + PLAIN, f"# fruit\n\n{PLAIN}\n# end", PLAIN.replace("pear", '"pear"'), PLAIN.replace("\n", ",\n") + ",",
    "\n".join(f"{a}, {b}, 9, {c}" for a, b, c in PEARS), "\n".join(f"name, {a}, {b}, {c}" for a, b, c in PEARS),
])  # fmt: skip
def test_the_same_table_in_many_forms(text):
    table, plain = read_points(text), read_points(PLAIN)
    np.testing.assert_allclose(table.x, plain.x)
    assert table.y.tolist() == [0, 1, 0, 1] and table.classes == ("pear", "plum")
    assert "4 points" in table.said and "blue where" in table.said


def test_columns_are_standardised_and_named():
    table = read_points(f"width,height,fruit\n{PLAIN}")
    np.testing.assert_allclose(table.x.mean(0), 0, atol=1e-6)
    np.testing.assert_allclose(table.x.std(0), 0.8, rtol=1e-5)
    assert table.columns == ("width", "height", "fruit") and "width and height" in table.said


@pytest.mark.parametrize("text, says", [
    ("", "Nothing to read yet"), ("  \n# nothing\n", "Nothing to read yet"), ("x, y, kind", "Only a line of names"),
    ("1, 2\n3, 4", "Expected three columns, two numbers and a class, got 2"), ("1\n2", "got 1"),
    ("1, 2, a\n3, 4, a", "got only 'a'"), ("1, 2, a\n3, 4, b\n5, 6, c", "got 3: 'a', 'b', 'c'"),
    ("1, tall, a\n2, short, b", "got 'tall' in column 2, row 1"), ("1, , a\n, 3, b", "numbers in two columns"),
    ("nan, 1, a\ninf, 2, b", "numbers in two columns"),
])  # fmt: skip
def test_what_is_no_table_says_what_is_missing(text, says):
    with pytest.raises(ValueError) as error:
        read_points(text)
    assert says in str(error.value)


def test_rows_with_something_missing_are_left_out_and_counted():
    table = read_points(f"{PLAIN}\n7, , pear\n8, 9,\nnan, 1, plum\n1e400, 2, plum\n5, 5")
    assert len(table.y) == 4 and "5 rows with something missing are left out" in table.said


def test_a_million_rows_are_thinned():
    text = "\n".join(f"{k % 97},{k % 89},{k % 2}" for k in range(20_000))
    table = read_points(text, most=300)
    assert table.x.shape == (300, 2) and "of 20000 rows, 300 are taken" in table.said
    assert 100 < table.y.sum() < 200


def test_all_points_alike():
    table = read_points("1,1,a\n1,1,b\n1,1,a")
    assert not table.x.any()


def broken(draw: random.Random) -> str:
    """A file as it should not be."""
    mark = draw.choice([",", ";", "\t", " ", "|", ",,"])
    words = [
        "1",
        "2.5",
        "-3e2",
        "1e400",
        "nan",
        "",
        "a",
        "b",
        '"',
        "ä",
        "1,5",
        "\0",
        "−4",
        "#",
        "9" * 50,
        "\ud800",
        "0x1",
    ]
    good = draw.random() < 0.7
    rows = []
    for _ in range(draw.randint(0, 40)):
        if good and draw.random() < 0.8:
            rows.append(mark.join([str(round(draw.gauss(0, 3), 2)), str(draw.randint(-9, 9)), draw.choice("ab")]))
        else:
            rows.append(mark.join(draw.choice(words) for _ in range(draw.randint(0, 6))))
    text = draw.choice(["\n", "\r\n", "\r"]).join(rows)
    for _ in range(draw.choice([0, 0, 3, 30])):  # and some of it at random
        at = draw.randint(0, len(text))
        text = text[:at] + draw.choice(string.printable + "\u2028\ufeff\x00") + text[at:]
    return text


def test_five_hundred_broken_files():
    draw, read = random.Random(9), 0
    for _ in range(500):
        text, began = broken(draw), time.process_time()
        try:
            table = read_points(text, most=50)
        except ValueError as error:
            assert str(error)[0].isupper() and len(str(error)) < 250
        else:
            read += 1
            assert np.isfinite(table.x).all() and table.x.shape == (len(table.y), 2) and len(table.y) <= 50
            assert set(table.y.tolist()) == {0, 1} and len(table.said) < 300
        assert time.process_time() - began < 0.1
    assert read > 50


@pytest.mark.parametrize(
    "text", ["1,5 2,5 a\n3,0 1,0 b\n2,5 -1,5 a", "x  y  kind\n1,5   2,5   a\n3,0   1,0   b\n2,5   -1,5   a"]
)
def test_decimal_commas_with_blanks_between_the_columns(text):
    table, points = read_points(text), read_points(text.replace(",", "."))
    np.testing.assert_array_equal(table.x, points.x)
    assert table.classes == points.classes == ("a", "b") and len(read_points("1, 2, red\n2, 1, blue").y) == 2

from bench.ocr_truth import numbers_of, shares


def test_numbers_are_those_that_open_lines() -> None:
    assert dict(numbers_of(["1. That 2 States", "on 3 May", "2. That", "1. Again", ""])) == {"1.": 2, "2.": 1}


def test_a_share_counts_each_word_and_number_on_its_page() -> None:
    printed = [["1. That States act", "2. That they meet"], ["3. That they agree"]]
    assert shares(printed, printed) == (1.0, 1.0)
    read = [["That States act", "2. That tbey meet"], ["1. That they agree"]]
    words, numbers = shares(printed, read)
    assert (round(words * 12), round(numbers * 3)) == (9, 1)

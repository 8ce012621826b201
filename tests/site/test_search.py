"""Searching leads in the first place to what explains a word, while one types."""

import re
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import expect

from book._ext.site.search import calls
from tests.site.pages import CHAPTER
from tests.site.test_accessibility import violations

pytestmark = pytest.mark.site

# What readers of other texts call things, and where the book explains it: by the
# words of the title, and the page.
FIRST = {
    "supervised learning": ("Supervised learning", "Glossary"),
    "regression": ("Regression", "Glossary"),
    "classification": ("Classification", "Glossary"),
    "objective": ("Objective", "Glossary"),
    "cost function": ("Cost function", "Glossary"),
    "empirical risk": ("Empirical risk", "Glossary"),
    "regularisation": ("Regularisation", "Glossary"),
    "regularization": ("Regularisation", "Glossary"),
    "weight decay": ("Weight decay", "Glossary"),
    "epoch": ("Epoch", "Glossary"),
    "mini-batch": ("Mini-batch", "Glossary"),
    "minibatch": ("Mini-batch", "Glossary"),
    "SGD": ("Stochastic gradient descent", "Glossary"),
    "stochastic gradient descent": ("Stochastic gradient descent", "Glossary"),
    "learning curve": ("Learning curve", "Glossary"),
    "log loss": ("Cross-entropy", "Glossary"),
    "negative log-likelihood": ("Cross-entropy", "Glossary"),
    "NLL": ("Cross-entropy", "Glossary"),
    "maximum likelihood": ("Maximum likelihood", "Glossary"),
    "logistic regression": ("Logistic regression", "Glossary"),
    "L1 loss": ("Mean absolute error", "Glossary"),
    "L2 loss": ("Mean squared error", "Glossary"),
    "residual": ("Residual", "Glossary"),
    "leverage": ("Leverage", "Glossary"),
    "breakdown": ("Breakdown point", "Glossary"),
    "hyperparameter": ("Hyperparameter", "Glossary"),
    "training set": ("Training set", "Glossary"),
    "validation set": ("Validation set", "Glossary"),
    "test set": ("Test set", "Glossary"),
    "proper scoring rule": ("Proper scoring rule", "Glossary"),
    "Brier score": ("Brier score", "Glossary"),
    "surrogate loss": ("Surrogate loss", "Glossary"),
    "calibration": ("Calibration", "Glossary"),
    "kernel": ("Kernel", "Glossary"),
    "SVM": ("Support vector machine", "Glossary"),
    "baseline": ("Baseline", "Glossary"),
    "why not accuracy": ("Why not train on accuracy?", "Questions and answers"),
    "hinge": ("Hinge loss", ""),
    "hnige": ("Hinge loss", ""),
    "MSE": ("Mean squared error", "Glossary"),
    "KL divergence": ("Divergence", "Glossary"),
    "expected_calibration_error": ("Expected calibration error", "Glossary"),
}

# What those who come from a library type: calls as they are written, and as one has
# imported them. Words that are names as well, such as "Huber", explain the loss first.
TYPED = [
    "CrossEntropyLoss",
    "BCEWithLogitsLoss",
    "log_loss",
    "categorical_crossentropy",
    "F.cross_entropy(logits, labels)",
    "tf.keras.losses.Hinge",
]
WORDS = {"regression", "huber", "quantile", "poisson", "binary", "multiclass"}


def asked(page, words):
    """The field, with these words typed into it, and the results."""
    page.keyboard.press("Control+k")
    field = page.locator("#pst-search-dialog input")
    field.fill(words)
    results = page.locator("#pst-search-dialog .search-results > li")
    expect(results.first).to_be_visible()
    return field, results


def test_the_words_of_the_field_lead_to_what_explains_them(open_page):
    page = open_page(CHAPTER)
    field, results = asked(page, "loss")
    wrong = {}
    for words, expected in FIRST.items():
        field.fill(words)
        page.wait_for_function("new Promise(requestAnimationFrame)")
        first = results.first.evaluate("""item => [".search-title", ".search-place"]
          .map((part) => item.querySelector(part)?.textContent ?? "")""")
        if tuple(first) != expected:
            wrong[words] = first
    assert wrong == {}


def test_the_name_of_a_call_leads_to_the_losses_in_other_libraries(open_page):
    page = open_page(CHAPTER)
    field, results = asked(page, "loss")
    names = {name for found in calls().values() for name in found}
    assert names >= WORDS
    wrong = []
    for words in [*TYPED, *sorted(names - WORDS)]:
        field.fill(words)
        page.wait_for_function("new Promise(requestAnimationFrame)")
        first = results.first.locator(".search-place")
        if first.all_text_contents() != ["Losses in other libraries"]:
            wrong.append(words)
    assert wrong == []


def test_nothing_is_fetched_before_the_first_letter_and_one_script_then(open_page):
    page, fetched = open_page("book/intro.html"), []  # has no recordings to wait for
    page.wait_for_load_state("networkidle")
    page.on("request", lambda request: fetched.append(request.url))
    page.keyboard.press("Control+k")
    page.wait_for_timeout(300)
    assert fetched == []
    page.keyboard.type("ma")
    expect(page.locator("#pst-search-dialog .search-results a").first).to_be_visible()
    assert len(fetched) == 1
    assert re.search(r"/_static/search\.\w+\.js$", fetched[0])


def test_arrows_lead_through_the_results_and_enter_to_the_place(open_page):
    page = open_page("book/intro.html")
    _, results = asked(page, "support vector")
    page.keyboard.press("ArrowDown")
    expect(results.nth(0).locator("a")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(results.nth(1).locator("a")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#pst-search-dialog input")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/book/glossary.html#support-vector*")
    expect(page.locator("article .highlighted").first).to_be_visible()
    expect(page.locator("nav .highlighted")).to_have_count(0)


def test_what_is_found_is_counted_for_those_who_listen(open_page):
    page = open_page("book/intro.html")
    field, results = asked(page, "margin")
    said = page.locator("#pst-search-dialog [role=status]")
    expect(said).to_have_text(re.compile(r"^\d+ places, the first 8 shown\.$"))
    assert results.count() == 8
    field.fill("qqqq")
    expect(said).to_have_text("Nothing found for “qqqq”.")
    field.fill("")
    expect(said).to_have_text("")


@pytest.mark.parametrize("words", ["four mails", "<img src=x onerror=alert(1)>"])
def test_enter_leads_to_a_page_of_results_which_tells_its_address(open_page, words):
    page = open_page("book/intro.html")
    page.keyboard.press("Control+k")
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    assert page.locator("input[type=search]:visible").input_value() == words
    status = page.locator(".bd-search-container [role=status]")
    expect(status).not_to_be_empty()
    assert page.locator(".bd-search-container img").count() == 0
    page.keyboard.press("End")
    page.keyboard.type("s")
    page.wait_for_url(f"**/search.html?q={quote_plus(words + 's')}")


def test_results_quote_whole_words_without_tex_and_without_menus(open_page):
    page = open_page("search.html?q=softmax")
    results = page.locator(".bd-search-container .search-results > li")
    expect(results.nth(3)).to_be_visible()
    for said in results.locator(".context").all_text_contents():
        assert "\\" not in said
        assert ".ipynb" not in said
        assert re.match(r"… \w|\W*\w", said)


@pytest.mark.parametrize(
    ("width", "scheme"),
    [(390, "dark"), (1280, "light")],
)
def test_axe_finds_nothing_while_one_searches(open_page, width, scheme):
    page = open_page(CHAPTER, width=width, scheme=scheme)
    asked(page, "margin")
    page.wait_for_timeout(400)
    assert violations(page) == []


def test_from_the_disk_it_works_as_well(browser, site):
    page = browser.new_page()
    page.goto((site / "book" / "hinge.html").as_uri())
    page.keyboard.press("Control+k")
    page.keyboard.type("kink")
    first = page.locator("#pst-search-dialog .search-results a").first
    expect(first).to_have_text("Kink")
    first.click()
    page.wait_for_url("file://**/book/glossary.html#kink")
    page.close()


def test_a_reader_who_is_lost_is_led_from_there_as_well(open_page):
    page = open_page("404.html")
    _, results = asked(page, "kink")
    results.first.locator("a").click()
    page.wait_for_url("**/book/glossary.html#kink")

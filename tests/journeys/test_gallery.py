"""Every component breaks no rule of accessibility: wide and narrow, by day and by night."""

import pytest


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_component_is_accessible(visit, dark):
    visitor = visit(dark=dark)
    visitor.go("/gallery/")
    visitor.expect_accessible()


def test_a_problem_has_the_focus_and_leads_to_its_field(visit):
    visitor = visit()
    visitor.go("/gallery/")
    summary = visitor.page.locator(".error-summary")
    assert summary.evaluate("element => element === document.activeElement")
    summary.get_by_role("link").first.click()
    assert visitor.page.evaluate("document.activeElement.id") == "id_number"


def test_a_quarter_offered_is_written_with_its_days(visit):
    visitor = visit()
    visitor.go("/gallery/")
    last = visitor.page.locator("[data-fills=id_start]").last
    last.click()
    field = visitor.page.locator("#id_start")
    assert field.input_value() == last.inner_text()
    assert visitor.page.locator("#id_start-words").inner_text() == last.get_attribute("data-words")
    field.fill("9/2027")
    assert visitor.page.locator("#id_start-words").inner_text() == ""


def test_what_needs_scripts_is_not_there_without_them(visit):
    visitor = visit(scripts=False)
    visitor.go("/gallery/")
    assert visitor.page.locator(".picks").first.is_hidden()
    assert visitor.page.locator("#id_start").is_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_menu_unfolds_on_a_phone(visit, scripts):
    visitor = visit(scripts=scripts)
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    visitor.go("/gallery/")
    search = visitor.page.get_by_role("link", name="Search", exact=True)
    assert search.count() == 0
    visitor.page.locator(".menu-folded summary").click()
    assert search.is_visible()


def test_targets_are_large_enough_for_fingers(visit):
    visitor = visit()
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    visitor.go("/gallery/")
    small = visitor.page.evaluate(
        """[...document.querySelectorAll('main button, header button, main .choice label')]
           .map(each => [each.textContent.trim(), each.getBoundingClientRect()])
           .filter(([, box]) => box.height && (box.height < 43.9 || box.width < 43.9))
           .map(([words]) => words)"""
    )
    assert small == []

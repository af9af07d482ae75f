"""A token is shown once; what is kept of it opens nothing."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.tokens import hash_token, make_token, mask_token, new_facts, token_in


def test_a_token_says_what_it_is_and_no_two_are_alike() -> None:
    tokens = {make_token("guides") for _ in range(200)}
    assert len(tokens) == 200
    assert all(token.startswith("hl_guides_") and len(token) == 53 for token in tokens)


def test_what_is_kept_holds_none_of_the_secret_but_its_last_four_letters() -> None:
    token, facts = new_facts("guides", "Night script")
    secret = token.removeprefix("hl_guides_")
    assert facts["name"] == "Night script"
    assert facts["token_hash"] == hashlib.sha256(token.encode()).hexdigest() == hash_token(token)
    assert facts["mask"] == mask_token(token) == f"hl_guides_…{secret[-4:]}"
    assert not any(secret[:-4] in value for value in facts.values())


def test_it_is_read_from_the_header_that_programs_send() -> None:
    token = make_token("listings")
    assert token_in(f"Bearer {token}") == token
    assert token_in(f"bearer  {token} ") == token


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Token hl_guides_abc", "Bearer abc", "Basic YTpi"]
)
def test_anything_else_is_no_token(header: str) -> None:
    assert token_in(header) is None


@given(st.text(max_size=80))
def test_no_header_upsets_the_reader(header: str) -> None:
    assert token_in(header) is None or header.lower().startswith("bearer")

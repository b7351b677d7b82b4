"""The words of the book's index for its own search: those of the library, stemmed as Sphinx stems English."""

from __future__ import annotations

from sphinx.search.en import SearchEnglish

from sourcebook.text.words import word_readings

__all__ = ["IndexWords"]


class IndexWords(SearchEnglish):
    """Split pages into the words that ``words.js`` finds in a query."""

    def split(self, input: str) -> list[str]:
        """Return the words of a text, in each of their readings."""
        return list(word_readings(input))

    def word_filter(self, word: str) -> bool:
        """Return whether a word is in the index."""
        return bool(word) and word not in self.stopwords

"""Text to tokens, in two layers, for indexing and for asking: the only place where text is analysed.

The *exact* layer holds a word with case and accents folded, and beside it the word as printed in lower case where that
differs. The *stem* layer holds what inflected forms have in common (Snowball, by language). Two words are forms of one
another when their ``stems`` have a term in common; words that differ in accents alone always do:

- an accented word is stemmed as printed, since the stemmers know ``-ción`` and not ``-cion``, and the stem is folded;
- every word is also stemmed without its accents, after its ending has been brought to the singular and, where it is
  a well-known one, to its accent.

Words are runs of letters and digits. Marks between them separate, so that a symbol such as ``CIBER-IX/doc.3/16`` is
the words ``ciber ix doc 3 16``, found whole as a phrase and by its parts however it is spaced. Beside its parts,

- a compound with hyphens gives its joined form (``cyber-crime``: ``cybercrime``; ``G-8``: ``g8``; ``e-mail``),
- an acronym with points gives its letters (``O.A.S.``: ``oas``), a number its digits (``1,000``: ``1000``)

as one more token, at the position of the first part and spanning all. ``query_word`` and ``query_phrase`` give the
other direction. An English contraction is one word (``State's``); any other apostrophe separates (``l'évidence``,
``d'água``). Chinese and Japanese are written without spaces: each character is a word.
"""

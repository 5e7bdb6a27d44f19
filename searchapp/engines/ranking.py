"""What makes one article the better answer: one formula for every engine.

BM25 over one combined field in which a word of the title counts ``TITLE`` times; what the words of a query are worth
is summed. A phrase (``Words`` of several terms) is worth ``PHRASE`` times its BM25, with the sum of its words' idf:
its words count by themselves, as do those typed side by side, which are worth a little more where they stand side
by side: an engine adds the score of ``query.neighbours(tree)`` to what matches, and ``NAMED`` for each of
``query.preferred(tree)``, which is more than a word can be worth otherwise. Of equals the newer comes first.

BM25 is that of Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), with Lucene's idf, which is
never negative; Tantivy's K1 and B cannot be set, so they are everybody's. PHRASE is the weight that Metzler and Croft,
"A Markov Random Field Model for Term Dependencies" (2005), found for neighbouring words.
"""

K1, B = 1.2, 0.75
TITLE = 3
PHRASE = 0.1
NAMED = 50.0

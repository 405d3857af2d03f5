"""Tags: vocabularies, what a model makes of photos, what people answer, and what examples teach."""

from clipview.core.tagging.classify import Classified, Classifier, Likelihood
from clipview.core.tagging.library_tags import LibraryTags, Outlook, TagStep, TagSummary, Taught
from clipview.core.tagging.review import Question
from clipview.core.tagging.sources import TagSources, encode_bank
from clipview.core.tagging.vocabularies import Vocabularies

__all__ = [
    "Classified",
    "Classifier",
    "LibraryTags",
    "Likelihood",
    "Outlook",
    "Question",
    "TagSources",
    "TagStep",
    "TagSummary",
    "Taught",
    "Vocabularies",
    "encode_bank",
]

"""Tags: vocabularies, what a model makes of photos, what people answer, and what examples teach."""

from clipview.core.tagging.classify import Classified, Classifier, Likelihood
from clipview.core.tagging.lessons import NOTHING_LEARNED, Lessons, Proposals
from clipview.core.tagging.library_tags import LibraryTags, ShownTags, TagStep, TagSummary, Taught
from clipview.core.tagging.review import Question
from clipview.core.tagging.sources import TagSources, encode_bank, encode_vocabulary
from clipview.core.tagging.vocabularies import Vocabularies

__all__ = [
    "NOTHING_LEARNED",
    "Classified",
    "Classifier",
    "Lessons",
    "LibraryTags",
    "Likelihood",
    "Proposals",
    "Question",
    "ShownTags",
    "TagSources",
    "TagStep",
    "TagSummary",
    "Taught",
    "Vocabularies",
    "encode_bank",
    "encode_vocabulary",
]

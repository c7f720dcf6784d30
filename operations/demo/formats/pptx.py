"""Presentations, written by python-pptx."""

from __future__ import annotations

from io import BytesIO

from pptx import Presentation

from operations.demo.document import Slides
from operations.demo.formats.repack import without_times


def write_pptx(slides: Slides) -> bytes:
    show = Presentation()
    facts = show.core_properties
    facts.title, facts.author, facts.last_modified_by = slides.title, slides.author, slides.author
    facts.created = facts.modified = slides.dated.replace(tzinfo=None)
    opening = show.slides.add_slide(show.slide_layouts[0])
    opening.shapes.title.text = slides.title
    for slide in slides.slides:
        page = show.slides.add_slide(show.slide_layouts[1])
        page.shapes.title.text = slide.title
        page.placeholders[1].text = "\n".join(slide.points)
    file = BytesIO()
    show.save(file)
    return without_times(file.getvalue())

"""``python -m corpus.sample.make``: write the PDFs of the sample corpus, and remove those that have no source."""

from .printer import PDF, make_pdf
from .source import load_documents

PDF.mkdir(exist_ok=True)
documents = load_documents()
for stray in set(PDF.glob("*.pdf")) - {PDF / document.file for document in documents}:
    stray.unlink()
for document in documents:
    data = make_pdf(document)
    (PDF / document.file).write_bytes(data)
    print(f"{document.file}: {len(data):,} bytes")

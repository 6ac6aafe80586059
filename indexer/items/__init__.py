"""Items: passages aligned across languages, and the ledger of documents."""

"""What points pull: events, documents, people rows and files, each in its order."""

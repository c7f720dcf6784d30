"""Copies, versions and near copies: which items are one record, and which of them stays."""

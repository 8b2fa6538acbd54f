"""The business, as verbs. Knows nothing of Streamlit."""

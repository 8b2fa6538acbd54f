"""What is not Streamlit: gate, sign-in, first run, messages going out."""

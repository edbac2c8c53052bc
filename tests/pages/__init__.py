"""What the pages show, apart from Streamlit."""

"""The address without a page: everyone goes to their own screen."""

import streamlit as st

from services.permissions import home_page
from ui.here import person

st.switch_page(f"../pages/{home_page(person())}.py")

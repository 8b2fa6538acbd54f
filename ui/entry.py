"""What every run begins with: page settings, language, person, menu by role."""

from pathlib import Path

import streamlit as st

from services.i18n import best_language
from services.people import person_in
from services.work import reading
from services.workspace import live
from ui.fragments import only_of_this_run
from ui.here import JUST_ASKED
from ui.leave import leave
from ui.menu import screens
from ui.session_watch import watch_session
from ui.text import speak

# a Material icon would be fetched from the internet
ICON = str(Path(__file__).parents[1] / "web" / "static" / "icon.svg")
st.set_page_config(page_title="Service Lane", page_icon=ICON, layout="wide")
st.html(
    "<style>html,body{overscroll-behavior:none}"
    ".stMainBlockContainer{padding-left:1.25rem;padding-right:1.25rem}"
    ".stBottom>div>div{padding:0.6rem 1.25rem}"
    # Streamlit's file field behind our own photo buttons (ui/photos.py)
    "[class*=st-key-photo_]{display:none}"
    # 45 px for choices and switches: the theme cannot make them as large as a finger
    ".stButtonGroup button,.stCheckbox label{min-height:2.5rem}.stCheckbox label{align-items:center}"
    # what is tapped with gloves on
    "[class*=st-key-big_] button{min-height:3.4rem}</style>"
)

workspace = live()
st.session_state["sid"] = int(str(st.user.get("sid") or 0))
with reading(workspace) as work:
    # the handshake froze st.user, so the session row is asked on every run: a sign-out elsewhere counts here at once
    person = person_in(work, st.session_state["sid"])
    zone = work.garage.zone if person else "UTC"
if person is None:
    leave("/sign-in")
speak(person.language or best_language(st.context.locale))
st.session_state["zone"] = zone
st.session_state["workspace"] = workspace.as_person(person)

st.session_state[JUST_ASKED] = True
try:
    watch_session()
    with only_of_this_run():
        st.navigation(screens(person), position="top").run()
finally:
    st.session_state[JUST_ASKED] = False

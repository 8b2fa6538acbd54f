"""Service Lane. Start it with `python Home.py`, `streamlit run Home.py` or `uvicorn Home:app`; make run does so."""

from pathlib import Path

import streamlit as st
import uvicorn
from starlette.middleware import Middleware

from services.settings import Settings
from ui.incident import report
from web.gate import Gate
from web.lifespan import lifespan
from web.routes import ROUTES

app = st.App(
    Path(__file__).parent / "ui" / "entry.py",
    routes=ROUTES,
    middleware=[Middleware(Gate)],
    lifespan=lifespan,
    on_script_error=report,
)

if __name__ == "__main__":
    settings = Settings()
    # Streamlit's own choice of websocket shows outliers of 44 ms; this one does not.
    uvicorn.run(app, host=settings.host, port=settings.port, ws="websockets-sansio", access_log=False)

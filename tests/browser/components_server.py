"""Serves components_app.py with a live feed of its own: `components_server.py PORT SQLITE_FILE`."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import streamlit as st
import uvicorn
from sqlalchemy import create_engine

from web.live_feed import ROUTES, board


@contextlib.asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    task = asyncio.create_task(board.watch(create_engine(f"sqlite:///{sys.argv[2]}"), seconds=0.1))
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


app = st.App(Path(__file__).with_name("components_app.py"), routes=ROUTES, lifespan=lifespan)

if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), ws="websockets-sansio", access_log=False)

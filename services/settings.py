"""Configuration from the environment (or a .env file)."""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """`DATABASE_URL`, `DATA_DIR`, `PORT`, `DEMO`, `DEMO_LANGUAGE`, `HTTPS`, `NOTIFY_URLS` (Apprise addresses, comma-separated),
    `PUBLIC_URL` (where customers and other devices reach this server, such as https://garage.example)."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    database_url: str = ""
    data_dir: Path = Path("data")
    port: int = 8501
    host: str = "127.0.0.1"
    demo: bool = False
    demo_language: str = "en"
    https: bool = False
    notify_urls: str = ""
    public_url: str = ""

    def database(self) -> str:
        """The database's address; without one, SQLite in the data folder."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'garage.db').resolve()}"

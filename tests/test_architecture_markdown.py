"""The check that no typed text is read as markdown: what it stops and what it lets pass."""

import pytest

from tests.architecture.markdown import unsafe_text
from tests.architecture.safety import Knowledge, learn
from tests.architecture.source import parse

TEXT = "class Safe(str): ...\ndef md(text: object) -> Safe: ...\ndef t(text: str, **params: object) -> Safe: ..."
CARDS = """
class Card:
    title: Safe
    owner: str
def line(order: Order) -> Safe: ...
def owner_of(order: Order) -> str: ...
def due(work: Work) -> int: ...
def tone(late: bool) -> Literal["red", "green"]: ...
"""
SERVICES = "def line(order: Order) -> str: ...\ndef due_at(order: Order) -> datetime: ..."
TABLES = "class Vehicle(Base):\n    name: str\n    icon: str"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    paths = {"ui/text.py": TEXT, "ui/cards.py": CARDS, "services/orders.py": SERVICES, "db/models/cars.py": TABLES}
    return learn(parse(path, text) for path, text in paths.items())


UNSAFE = [
    "st.markdown(name)",
    "st.write(t('Hello'), name)",
    "st.caption(f'{order.number}')",
    "st.caption(f'{name:>10}')",
    "st.button(car.plate)",
    "st.text_input(label=name)",
    "st.text_input(t('Name'), help=customer.note)",
    "column.title(t('Car') + name)",
    "st.columns(2)[0].header(name)",
    "st.info(t('Late') if late else reason)",
    "st.metric(t('Owner'), owner)",
    "st.metric(t('Owner'), 3, delta=owner)",
    "st.warning(', '.join(names))",
    "st.warning(' '.join([t('a'), name]))",
    "st.tabs([t('Cars'), name])",
    "st.radio(t('Who'), names)",
    "st.pills(t('Who'), people, format_func=lambda p: p.name)",
    "st.pills(t('Who'), people, format_func=str)",
    "label = t('a')\nlabel = name\nst.button(label)",
    "for name in names:\n    st.caption(name)",
    "with box as label:\n    st.caption(label)",
    "def show(label: str) -> None:\n    st.caption(label)",
    "def show(**label: Safe) -> None:\n    st.caption(label)",
    "title = t('a')\ndef show(title: str) -> None:\n    st.title(title)",
    "st.caption([name for name in names][0])",
    "st.caption(card.owner)",
    "st.caption(f':material/{car.icon}: x')",
    "from services.orders import line\nst.caption(line(order))",
    "from ui.cards import owner_of\nst.caption(owner_of(order))",
    "st.image(photo, caption=photo.note)",
    "st.toast(session['x'])",
    "@st.dialog(name)\ndef ask() -> None: ...",
    "st.Page('x.py', title=name)",
    "st.table(rows)",
    "st.caption(Safe(name))",
    "st.caption(t(customer.name))",
    "st.caption(t(f'{n} cars'))",
    "st.caption(t(st.text_input(t('Name'))))",
    "typed = st.text_input(t('Name'))\nst.caption(t(typed))",
    "for car in cars:\n    st.caption(t(car.name if car else 'None'))",
    "st.html(PARTS[0] + name)",
    "st.caption(cast(Safe, name) and t('x'))",
    "st.markdown('<b>x</b>', unsafe_allow_html=True)",
    "st.html(f'<b>{name}</b>')",
    "from streamlit import caption",
]
SAFE = [
    "st.markdown('text')",
    "st.write(t('Hello'), md(name))",
    "st.text(name)",
    "st.code(name)",
    "st.selectbox(t('Who'), names)",
    "st.text_input(t('Name'), value=name, placeholder=name)",
    "st.caption(f'{md(name)} · {len(cars)} · {total:.1f} · {n:,}')",
    "st.caption(t('Late') if late else md(reason))",
    "st.caption(note and md(note))",
    "st.button(t(order.status.label), icon=order.status.icon)",
    "st.metric(t('Cars'), len(cars), delta=-2)",
    "from ui import cards\nst.metric(t('Due'), cards.due(work))",
    "st.warning(', '.join(md(n) for n in names))",
    "st.warning(t(', ').join([t('a'), md(name)]))",
    "st.radio(t('Who'), names, format_func=md)",
    "st.pills(t('Who'), people, format_func=lambda p: t(p.label))",
    "labels = {p.id: md(p.name) for p in people}\nst.pills(t('Who'), people, format_func=labels.get)",
    "labels = {p.id: md(p.name) for p in people}\nst.caption(labels[3])",
    "label = t('a')\nlabel += md(name)\nst.button(label)",
    "label: Safe = pick()\nst.button(label)",
    "for label, n in ((t('a'), 1), (t('b'), 2)):\n    st.caption(label)",
    "for tab, label in zip(tabs, [t('a'), t('b')]):\n    tab.caption(label)",
    "for i, label in enumerate([t('a')]):\n    st.caption(f'{i} {label}')",
    "labels = [md(n) for n in names]\nfor label in labels:\n    st.caption(label)",
    "labels = [md(n) for n in names]\nfor tab, label in zip(st.tabs(labels), labels):\n    tab.caption(label)",
    "def show(label: Safe | None, n: int) -> None:\n    st.caption(label or f'{n}')",
    "st.markdown(f':{order.status.color}-badge[{t(order.status.label)}]')",
    "from ui.cards import tone\nst.markdown(f':{tone(True)}[{t(x.label)}]')",
    "def heading(title: str) -> Safe:\n    return t(title)",
    "PARTS = {'a': '<p>', 'b': '<i>'}\nst.html(PARTS[which])",
    "from ui.cards import line\nst.caption(line(order))",
    "st.caption(card.title)",
    "STEPS = (('a', 'First'), ('b', 'Second'))\nfor key, step in STEPS:\n    st.caption(t(step))",
    "st.caption(t(TITLES[kind]))",
    "st.caption(t(what_of(event)))",
    "HTML = '<style></style>'\nst.html(HTML)",
    "import alt\nalt.title(name)",
    "from services import orders\norders.status(order)",
]


@pytest.mark.parametrize("text", UNSAFE)
def test_typed_text_is_found(text: str, knowledge: Knowledge) -> None:
    assert list(unsafe_text(parse("pages/x.py", text), knowledge))


@pytest.mark.parametrize("text", SAFE)
def test_safe_text_passes(text: str, knowledge: Knowledge) -> None:
    assert list(unsafe_text(parse("pages/x.py", text), knowledge)) == []


def test_other_folders_are_not_asked(knowledge: Knowledge) -> None:
    assert list(unsafe_text(parse("services/x.py", "st.markdown(name)"), knowledge)) == []

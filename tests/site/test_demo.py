from __future__ import annotations

import re
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from tests.server import RunningServer, running_server
from tests.site.test_serve import run_word, status_of


def visit(link: str, cookie: str = "") -> tuple[int, str | None, str]:
    """Status, where to, and the session cookie of somebody who opens a link."""
    parts = urlsplit(link)
    connection = HTTPConnection(parts.netloc, timeout=10)
    connection.request("GET", parts.path or "/", headers={"Cookie": cookie} if cookie else {})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    session = next(
        (c.split(";")[0] for c in answer.headers.get_all("Set-Cookie", []) if c.startswith("samenspraak=")), ""
    )
    return answer.status, answer.headers["Location"], session


def test_demo_prints_the_bare_address_and_a_link_for_each_role_with_the_owner_first(demo: RunningServer) -> None:
    roles = [line.split(": ")[0] for line in demo.lines[1:]]

    assert re.fullmatch(r"http://localhost:\d+", demo.lines[0])
    assert roles[:3] == ["owner", "editor", "reader"]
    assert all(line.split(": ")[1].startswith(f"{demo.address}/demo/") for line in demo.lines[1:])


def test_link_signs_in_and_leads_home_again_and_again_under_both_names(demo: RunningServer) -> None:
    link = demo.links["editor"]

    visits = [visit(link), visit(link), visit(link.replace("localhost", "127.0.0.1"))]

    account = f"{demo.address}/account"
    assert [(status, where) for status, where, _ in visits] == [(302, "/")] * 3
    assert len({session for _, _, session in visits}) == 3
    assert [visit(account, session)[0] for _, _, session in visits] == [200, 200, 200]
    assert visit(account)[0] == 302


def test_link_that_is_made_up_leads_nowhere(demo: RunningServer) -> None:
    link = demo.links["owner"]

    made_up = [visit(link[:-1] + ("A" if link[-1] != "A" else "B"))[0], visit(f"{demo.address}/demo/x")[0]]

    assert made_up == [404, 404]


def test_link_of_a_demo_is_nothing_in_a_real_installation(tmp_path: Path) -> None:
    with running_server("demo", tmp_path / "data") as server:
        path = urlsplit(server.links["owner"]).path

    with running_server("serve", tmp_path / "data") as server:
        status, _ = status_of(server.address + path)

    assert status == 404


def test_demo_leaves_nothing_behind(tmp_path: Path) -> None:
    with running_server("demo", settings={"TMPDIR": str(tmp_path)}) as server:
        during = len(list(tmp_path.glob("samenspraak-demo-*")))
        status = server.stop()

    assert (during, list(tmp_path.iterdir()), status) == (1, [], 0)
    assert "Traceback" not in server.said()


def test_demo_in_a_folder_is_kept_and_its_links_go_on_working(tmp_path: Path) -> None:
    with running_server("demo", tmp_path / "data") as server:
        path = urlsplit(server.links["owner"]).path

    with running_server("demo", tmp_path / "data") as server:
        again = visit(server.address + path)[0]

    assert (again, (tmp_path / "data" / "samenspraak.sqlite3").exists()) == (302, True)


def test_demo_keeps_away_from_a_real_installation(data: Path) -> None:
    refused = run_word("demo", "--data", str(data), "--port", "0")

    assert refused.returncode == 1
    assert "holds a real installation" in refused.stderr


def test_demo_does_not_look_at_the_settings_of_a_real_installation(tmp_path: Path) -> None:
    settings = {
        "SAMENSPRAAK_DATA": str(tmp_path / "real"),
        "SAMENSPRAAK_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/no",
    }

    with running_server("demo", settings=settings) as server:
        status, _ = status_of(server.address + "/healthz")

    assert (status, (tmp_path / "real").exists()) == (200, False)

"""Every route of the house from the wrong side, by the matrix in `permissions.py`."""

import re

from entregent.accounts.access import add_token
from entregent.kit.routes import Route
from entregent.kit.scopes import SCOPES, Scope
from entregent.server.house import routes
from tests.rules.source import none
from tests.server.asking import Answer, Asker, filled, sample
from tests.server.permissions import ANYONE, HOSTS, MEMBERS, OWN, THINGS
from tests.world import World

ROUTES = {f"{route.method} {route.path}": route for route in routes()}
LISTED = {
    **ANYONE,
    **OWN,
    **{name: scope for name, (scope, _) in MEMBERS.items()},
    **THINGS,
    **dict.fromkeys(HOSTS),
}
TOOL = {"host": "localhost:8000"}


def test_every_route_is_in_the_matrix() -> None:
    none(
        f"{name}: who may use it? See tests/server/permissions.py"
        for name in ROUTES
        if name not in LISTED
    )
    none(f"{name}: is no route any more" for name in LISTED if name not in ROUTES)
    assert len(LISTED) == len(ANYONE) + len(OWN) + len(MEMBERS) + len(THINGS) + len(HOSTS)


def test_the_matrix_says_what_the_routes_say() -> None:
    none(
        f"{name}: scope {route.scope}, the matrix says {LISTED[name]}"
        for name, route in ROUTES.items()
        if name in LISTED and route.scope != LISTED[name]
    )
    none(
        f"{name}: for anyone, or not?"
        for name, route in ROUTES.items()
        if (route.access == "anyone") is not (name in ANYONE)
    )
    none(
        f"{name}: for hosts, or not?"
        for name, route in ROUTES.items()
        if (route.access == "host") is not (name in HOSTS)
    )
    none(f"{name}: a thing of whose?" for name in OWN if "{" in name)
    none(f"{name}: names no thing" for name in THINGS if "{" not in name)


# -- tokens --------------------------------------------------------------------------------------


async def by_token(ask: Asker, route: Route, token: str) -> Answer:
    headers = {**TOOL, "authorization": f"Bearer entregent_{token}"}
    path = filled(route, dict.fromkeys(re.findall(r"{(\w+)}", route.path), "1"))
    return await ask(route.method, path, body=sample(route.body), headers=headers)


async def test_a_token_without_the_scope_opens_nothing(world: World) -> None:
    ask = Asker(world)
    tokens: dict[Scope, str] = {}
    for scope in SCOPES:  # everything but this one
        others = [other for other in SCOPES if other != scope]
        tokens[scope] = str(world.do(add_token, world.ana, scope, others, None))
    everything = str(world.do(add_token, world.ana, "everything", list(SCOPES), None))
    before = world.cursor(world.ana)
    faults = []
    for name, route in ROUTES.items():
        if name in HOSTS:
            answer, wanted = await by_token(ask, route, everything), "kit.not_found"
        elif route.scope is None:
            answer, wanted = await by_token(ask, route, everything), "kit.token_never"
        elif route.scope != "any":
            answer, wanted = await by_token(ask, route, tokens[route.scope]), "kit.token_scope"
        else:
            continue
        if (answer.status, answer.code) != (404 if name in HOSTS else 403, wanted):
            faults.append(f"{name}: {answer.status} {answer.body[:200]!r}")
    for name, route in ROUTES.items():
        for wrong in ("", "1.1.x", f"{everything[:-3]}xyz"):
            answer = await by_token(ask, route, wrong)
            refusal = (404, "kit.not_found") if name in HOSTS else (401, "kit.bad_token")
            if (answer.status, answer.code) != refusal:
                faults.append(f"{name} with {wrong!r}: {answer.status}")
    none(faults)
    assert world.cursor(world.ana) == before

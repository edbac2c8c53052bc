"""Do the OpenAPI document and the addresses say the same, whatever is asked?"""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from survey.api import answering
from survey.api.documents import Problem
from survey.api.parameters import CELLS_PARAMETERS, SERIES_PARAMETERS
from survey.api.resources import OPENAPI, RESOURCES, Resource
from survey.light.routes import list_routes
from survey.running import set_installation
from tests.api.conftest import NO_LIMIT
from tests.api.programs import Program, make_app
from tests.insight.exported_county import County
from tests.survey.little_county import PROV


@pytest.fixture
def document(program: Program) -> dict:  # type: ignore[type-arg]
    return program.get(OPENAPI).json()


def test_the_document_has_every_address_and_no_other(document) -> None:  # type: ignore[no-untyped-def]
    routes = {route.path for route in list_routes() if route.path.startswith("/api/v1")}  # type: ignore[attr-defined]
    assert set(document["paths"]) == routes == {one.path for one in RESOURCES} | {OPENAPI}
    assert document["openapi"] == "3.1.0"


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda one: one.name)
def test_an_answer_is_as_its_model_says_and_as_the_document_says(
    program: Program,
    document,  # type: ignore[no-untyped-def]
    resource: Resource,
) -> None:
    asked = {"series": "?area=01&measure=q1&kind=month"}.get(resource.name, "")
    found = program.get(resource.path.format(survey=PROV) + asked)
    resource.document.model_validate_json(found.content, strict=True)
    schema = document["paths"][resource.path]["get"]["responses"]["200"]["content"]["application/json"]
    Draft202012Validator({**schema["schema"], "components": document["components"]}).validate(found.json())


def test_a_problem_is_as_its_model_says(program: Program) -> None:
    for address in ("/api/v1/nothing", f"/api/v1/surveys/{PROV}/series"):
        Problem.model_validate_json(program.get(address).content, strict=True)


@pytest.mark.parametrize("parameter", [*CELLS_PARAMETERS, *SERIES_PARAMETERS], ids=lambda one: one.name)
def test_a_parameter_takes_no_value_with_something_behind_it(parameter) -> None:  # type: ignore[no-untyped-def]
    value = {"area": "0780", "kind": "year", "measure": "q1", "group": "all", "limit": "9"}.get(
        parameter.name, "2026-01" if parameter.pattern.startswith("(19") else "A" * 24
    )
    assert parameter.takes(value)
    assert not any(parameter.takes(value + more) for more in ("\n", "\x00", " /", "\u2028\n"))


# Schemathesis asks a real server of the document whatever it says can be asked, and a good deal that it says
# cannot, and judges every answer: status, kind, headers, body.


@pytest.fixture(scope="module")
def served(county: County) -> Iterator[str]:
    """The application on loopback, without limits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answering, "ANYBODY_LIMIT", NO_LIMIT)
        set_installation(county.installation)
        config = uvicorn.Config(make_app(), port=0, log_level="warning", access_log=False, lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            thread.join(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join(10)
        set_installation(None)


# A cursor that nobody made is no cursor, and a document cannot say so: 400 is a right answer then. Nor can it
# say how long a whole query may be.
ACCEPTED = {"expected-statuses": ["2xx", "400", "404", "410", "414"]}
REFUSED = {"expected-statuses": ["400", "404", "405", "414"]}
HOW = {"checks": {"positive_data_acceptance": ACCEPTED, "negative_data_rejection": REFUSED}}
SOME = settings(max_examples=15, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
KNOWN = {"area": ["01", "0101", "0102/north"], "measure": ["q1", "all:positive"], "group": ["all", "gender"]}


@pytest.fixture(scope="module")
def described(served: str):  # type: ignore[no-untyped-def]
    return schemathesis.openapi.from_url(served + OPENAPI, config=SchemathesisConfig.from_dict(HOW))


@pytest.mark.parametrize("path", [*(one.path for one in RESOURCES), OPENAPI])
def test_every_answer_is_one_that_the_document_promises(described, path: str) -> None:  # type: ignore[no-untyped-def]
    statuses: set[int] = set()

    @SOME
    @given(case=described[path]["GET"].as_strategy(), knows=st.booleans())
    def ask(case: schemathesis.Case, knows: bool) -> None:
        if knows:
            know(case)
        statuses.add(case.call_and_validate().status_code)

    ask()
    assert 200 in statuses


def know(case: schemathesis.Case) -> None:
    """Put codes that the county has in the place of those that nobody has."""
    if "survey" in case.path_parameters:
        case.path_parameters["survey"] = PROV
    for name, codes in KNOWN.items():
        if name in case.query:
            case.query[name] = codes if isinstance(case.query[name], list) else codes[0]
    case.query.pop("cursor", None)


@pytest.mark.parametrize("path", [one.path for one in RESOURCES if "{" in one.path])
def test_what_the_document_does_not_allow_is_refused_as_it_promises(described, path: str) -> None:  # type: ignore[no-untyped-def]
    @SOME
    @given(case=described[path]["GET"].as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate()

    ask()

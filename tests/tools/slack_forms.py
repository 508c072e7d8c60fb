"""What a person enters in a Slack modal, as the state that Slack sends when the modal is submitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

State = dict[str, dict[str, dict[str, Any]]]


def filled_values(view: Mapping[str, Any], answers: Mapping[str, Any]) -> State:
    """The submission of a modal whose inputs are filled by label; the others keep what they showed at first.

    Raises AssertionError for a label that the modal has not, and for a required input left empty.
    """
    inputs = {block["label"]["text"]: block for block in view["blocks"] if block["type"] == "input"}
    strange = set(answers) - set(inputs)
    assert not strange, f"no input {sorted(strange)} in this form, only {sorted(inputs)}"
    state: State = {}
    for label, block in inputs.items():
        element = block["element"]
        entered = _entered(element, answers[label]) if label in answers else _initial(element)
        missing = not block.get("optional") and not any(value for key, value in entered.items() if key != "type")
        assert not missing, f"{label!r} must be filled in"
        state[block["block_id"]] = {element["action_id"]: entered}
    return state


def _entered(element: Mapping[str, Any], answer: Any) -> dict[str, Any]:
    kind = element["type"]
    match kind:
        case "plain_text_input" | "email_text_input" | "url_text_input" | "number_input":
            return {"type": kind, "value": str(answer)}
        case "datepicker":
            return {"type": kind, "selected_date": str(answer)}
        case "timepicker":
            return {"type": kind, "selected_time": str(answer)}
        case "datetimepicker":
            return {"type": kind, "selected_date_time": int(answer)}
        case "users_select":
            return {"type": kind, "selected_user": answer}
        case "multi_users_select":
            return {"type": kind, "selected_users": _listed(answer)}
        case "static_select" | "radio_buttons":
            return {"type": kind, "selected_option": _option(element, answer)}
        case "multi_static_select" | "checkboxes":
            return {"type": kind, "selected_options": [_option(element, one) for one in _listed(answer)]}
    raise AssertionError(f"no person was taught to fill in a {kind}")


def _initial(element: Mapping[str, Any]) -> dict[str, Any]:
    kind = element["type"]
    match kind:
        case "datepicker":
            return {"type": kind, "selected_date": element.get("initial_date")}
        case "timepicker":
            return {"type": kind, "selected_time": element.get("initial_time")}
        case "datetimepicker":
            return {"type": kind, "selected_date_time": element.get("initial_date_time")}
        case "users_select":
            return {"type": kind, "selected_user": element.get("initial_user")}
        case "multi_users_select":
            return {"type": kind, "selected_users": element.get("initial_users", [])}
        case "static_select" | "radio_buttons":
            return {"type": kind, "selected_option": element.get("initial_option")}
        case "multi_static_select" | "checkboxes":
            return {"type": kind, "selected_options": element.get("initial_options", [])}
    return {"type": kind, "value": element.get("initial_value")}


def _option(element: Mapping[str, Any], answer: str) -> dict[str, Any]:
    groups = element.get("option_groups") or [{"options": element.get("options", [])}]
    options: list[dict[str, Any]] = [option for group in groups for option in group["options"]]
    for option in options:
        if answer in (option["text"]["text"], option["value"]):
            return option
    raise AssertionError(f"no option {answer!r}, only {[option['text']['text'] for option in options]}")


def _listed(answer: str | Sequence[str]) -> list[str]:
    return [answer] if isinstance(answer, str) else list(answer)

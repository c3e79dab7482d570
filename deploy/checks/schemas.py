"""Every object against the schema of its kind: no field that Kubernetes does not know, none of the wrong type, none missing."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import yaml

from checks.manifests import Manifests, Object

# The oldest release that the manifests are meant for, and a recent one.
KUBERNETES = ("1.30", "1.33")


def findings(manifests: Manifests) -> Iterator[str]:
    """What does not fit."""
    custom = custom_schemas()
    for item in manifests.objects:
        name = f"{item['kind']} {item['metadata'].get('name')}"
        schema = custom.get(f"{item['apiVersion']}/{item['kind']}")
        problems = list(custom_problems(item, schema) if schema else standard_problems(item))
        yield from (f"{name}: {problem}" for problem in problems)


def standard_problems(item: Object) -> Iterator[str]:
    """Of a kind that Kubernetes itself has."""
    for version in KUBERNETES:
        try:
            kubernetes_validate.validate(item, version, strict=True)
        except kubernetes_validate.ValidationError as error:
            yield f"Kubernetes {version}: {'.'.join(str(part) for part in error.path)}: {error.message}"
            return
        except kubernetes_validate.SchemaNotFoundError:
            yield f"{item['apiVersion']} {item['kind']} is not known, neither to Kubernetes {version} nor to crds.yaml"
            return


def custom_problems(item: Object, schema: Object) -> Iterator[str]:
    """Of a kind that an operator brings."""
    for error in jsonschema.Draft7Validator(schema).iter_errors(item):
        yield f"{'.'.join(str(part) for part in error.absolute_path)}: {error.message}"
    if item["kind"] == "RabbitmqCluster":
        yield from standard_problems(as_stateful_set(item))


def as_stateful_set(cluster: Object) -> Object:
    """The part of a RabbitmqCluster that is part of a pod, in a StatefulSet with what the operator adds."""
    pod = deepcopy(cluster["spec"].get("override", {}).get("statefulSet", {}).get("spec", {}))
    pod = pod.get("template", {}).get("spec", {})
    for key in ("affinity", "tolerations"):
        if key in cluster["spec"]:
            pod[key] = cluster["spec"][key]
    return {
        "apiVersion": "apps/v1",
        "kind": "StatefulSet",
        "metadata": {"name": cluster["metadata"]["name"]},
        "spec": {"serviceName": "x", "selector": {}, "template": {"spec": {"containers": [], **pod}}},
    }


def custom_schemas() -> dict[str, Object]:
    """The schemas of `crds.yaml`, by group, version and kind."""
    content = yaml.safe_load(Path(__file__).with_name("crds.yaml").read_text())
    definitions = strict(content["definitions"])
    schemas = {}
    for key, spec in content["kinds"].items():
        properties = {name: {} for name in ("apiVersion", "kind", "metadata")} | {"spec": strict(spec)}
        schemas[key] = {
            "definitions": definitions,
            "type": "object",
            "required": ["spec"],
            "properties": properties,
            "additionalProperties": False,
        }
    return schemas


def strict(schema: Any) -> Any:
    """With `additionalProperties: false` wherever properties are listed."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: strict(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and "additionalProperties" not in schema:
        result |= {"type": "object", "additionalProperties": False}
    return result

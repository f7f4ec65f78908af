"""jsonschema-rs with orjson: the schema's yes or no for every entry. SCHEMA FILE"""

import json
import sys

import jsonschema_rs
import orjson

with open(sys.argv[1], "rb") as file:
    validator = jsonschema_rs.validator_for(orjson.loads(file.read()), validate_formats=True)


def entries(path):
    with open(path, "rb") as file:
        if path.endswith(".json"):
            yield from orjson.loads(file.read())["koperasi"]
        else:
            yield from map(orjson.loads, file)


seen = refused = 0
for entry in entries(sys.argv[2]):
    seen += 1
    refused += not validator.is_valid(entry)
print(json.dumps({"entries": seen, "refused": refused}))

# SPDX-License-Identifier: Apache-2.0
"""JSON as the simplejson of AWS's runtimes writes it."""

import json
import os
import sys


class Encoder(json.JSONEncoder):
    """Decimals become numbers, named tuples objects, and bytes text."""

    def __init__(self):
        version = os.environ.get("AWS_EXECUTION_ENV", "").rpartition("_python3.")[2]
        super().__init__(ensure_ascii=not (version.isdigit() and int(version) >= 12))
        self.decimals = {}

    def default(self, value):
        if isinstance(value, bytes):
            return value.decode("utf-8")
        decimal = sys.modules.get("decimal")
        if decimal is not None and isinstance(value, decimal.Decimal):
            if value.is_nan():
                return float("nan")
            # The standard encoder cannot write raw text, so a token stands for the number.
            token = "decimal-%s-%d" % (os.urandom(8).hex(), len(self.decimals))
            self.decimals['"%s"' % token] = str(value)
            return token
        return super().default(value)

    def text(self, value):
        text = self.encode(plain(value, set()))
        for token, number in self.decimals.items():
            text = text.replace(token, number, 1)
        return text


def plain(value, above):
    """The value with objects for named tuples, and text for keys that are bytes."""
    if not isinstance(value, (dict, list, tuple)) or id(value) in above:
        return value
    above.add(id(value))
    try:
        if isinstance(value, dict):
            if any(isinstance(key, bytes) for key in value):
                value = {
                    key.decode("utf-8") if isinstance(key, bytes) else key: item
                    for key, item in value.items()
                }
            changed = {key: plain(item, above) for key, item in value.items()}
            same = all(changed[key] is item for key, item in value.items())
            return value if same else changed
        if isinstance(value, tuple) and callable(getattr(value, "_asdict", None)):
            return plain(value._asdict(), above)
        items = [plain(item, above) for item in value]
        same = all(new is old for new, old in zip(items, value))
        return value if same else items
    finally:
        above.discard(id(value))


def to_json(value):
    return Encoder().text(value)

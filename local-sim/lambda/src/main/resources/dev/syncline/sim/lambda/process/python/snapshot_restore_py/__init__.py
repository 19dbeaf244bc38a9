# SPDX-License-Identifier: Apache-2.0
"""The hooks of SnapStart, with the interface of the package that Lambda includes."""

_before = []
_after = []


def register_before_snapshot(func, *args, **kwargs):
    """Calls `func` before the snapshot; the last one registered is called first."""
    _before.append((func, args, kwargs))
    return func


def register_after_restore(func, *args, **kwargs):
    """Calls `func` after each restore, in the order of registration."""
    _after.append((func, args, kwargs))
    return func


def get_before_snapshot():
    return _before


def get_after_restore():
    return _after

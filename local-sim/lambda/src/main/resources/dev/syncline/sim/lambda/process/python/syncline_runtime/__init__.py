# SPDX-License-Identifier: Apache-2.0
"""The parts of the runtime client; they import the standard library only."""

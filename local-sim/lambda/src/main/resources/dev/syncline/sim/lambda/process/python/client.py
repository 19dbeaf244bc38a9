# SPDX-License-Identifier: Apache-2.0
"""The runtime client of Lambda's Python runtimes."""

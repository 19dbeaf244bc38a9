# SPDX-License-Identifier: Apache-2.0


def start():
    raise RuntimeError("while importing")


start()

// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import java.util.List;

/** Positional command-line arguments, each with a default. */
record Arguments(List<String> given) {
  static Arguments of(String... given) {
    return new Arguments(List.of(given));
  }

  String text(int index, String fallback) {
    return given.size() > index ? given.get(index) : fallback;
  }

  /**
   * The argument as a number.
   *
   * @throws NumberFormatException when it is not a number
   */
  int number(int index, int fallback) {
    return given.size() > index ? Integer.parseInt(given.get(index)) : fallback;
  }
}

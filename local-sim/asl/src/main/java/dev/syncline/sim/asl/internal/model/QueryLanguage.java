// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.model;

/** How a state reads and shapes data. */
public enum QueryLanguage {
  JSON_PATH("JSONPath"),
  JSONATA("JSONata");

  private final String asl;

  QueryLanguage(String asl) {
    this.asl = asl;
  }

  /** The name in a definition. */
  public String asl() {
    return asl;
  }
}

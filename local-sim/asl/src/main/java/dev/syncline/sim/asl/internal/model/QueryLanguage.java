// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.model;

/** How a state reads and shapes data. */
public enum QueryLanguage {
  JSON_PATH,
  JSONATA;

  /** The name in a definition. */
  public String asl() {
    return this == JSONATA ? "JSONata" : "JSONPath";
  }
}

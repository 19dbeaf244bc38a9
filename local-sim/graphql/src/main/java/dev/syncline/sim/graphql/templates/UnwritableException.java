// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

/** A filter that cannot be written in the language of a data source. */
final class UnwritableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnwritableException() {
    super("the filter cannot be written", null, false, false);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import com.fasterxml.jackson.databind.node.TextNode;

/**
 * A text from a format that writes one value and a list of one value alike: a query parameter, a
 * form field. {@link Input#list} reads it as a list of one, or as an empty list when it is empty;
 * other methods read it as a text.
 */
public final class LooseText extends TextNode {
  private static final long serialVersionUID = 1L;

  /** Wraps the text. */
  public LooseText(String text) {
    super(text);
  }
}

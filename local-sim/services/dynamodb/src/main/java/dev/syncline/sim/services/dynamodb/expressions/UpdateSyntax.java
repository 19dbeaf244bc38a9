// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import java.util.List;
import java.util.Optional;

/**
 * An update as written, of whatever language. Immutable.
 *
 * @param sections in the order of the text, with repetitions
 */
public record UpdateSyntax(List<Section> sections, List<Action> actions) {
  /** The sections of an update expression. */
  public enum Section {
    SET,
    REMOVE,
    ADD,
    DELETE
  }

  /**
   * One action.
   *
   * @param operand absent for REMOVE
   */
  public record Action(Section section, Syntax.Path path, Optional<Syntax.Operand> operand) {}

  /** Copies the lists. */
  public UpdateSyntax {
    sections = List.copyOf(sections);
    actions = List.copyOf(actions);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import java.util.List;

/**
 * An expression as written, of whatever language: placeholders are not looked up yet. Immutable.
 */
public sealed interface Syntax {

  /** A step of a path as written. */
  sealed interface Step {
    /** A name, or a placeholder {@code #x} for one. */
    record Name(String text) implements Step {
      boolean isPlaceholder() {
        return text.startsWith("#");
      }
    }

    /** A place in a list, in decimal digits. */
    record Index(String digits) implements Step {}
  }

  /** Something with a value. */
  sealed interface Operand extends Syntax {}

  /** A document path. */
  record Path(List<Step> steps) implements Operand {}

  /** A placeholder {@code :x}. */
  record Value(String text) implements Operand {}

  /** A function. In conditions it is an operand or a condition. */
  record Call(String function, List<Operand> arguments) implements Operand, Condition {}

  /** {@code +} or {@code -}, in updates only. */
  record Arithmetic(String operator, Operand left, Operand right) implements Operand {}

  /** Something true or false. */
  sealed interface Condition extends Syntax {}

  /** A comparison. */
  record Comparison(Comparator operator, Operand left, Operand right) implements Condition {}

  /** {@code BETWEEN}. */
  record Between(Operand operand, Operand lower, Operand upper) implements Condition {}

  /** {@code IN}. */
  record In(Operand operand, List<Operand> candidates) implements Condition {}

  /** {@code AND} of two or more. */
  record And(List<Condition> parts) implements Condition {}

  /** {@code OR} of two or more. */
  record Or(List<Condition> parts) implements Condition {}

  /** {@code NOT}. */
  record Not(Condition part) implements Condition {}
}

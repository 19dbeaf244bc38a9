// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A parsed expression. Thread-safe. */
public final class Program {
  private final Node tree;
  private final @Nullable String contextReference;
  private final int maxDepth;

  private Program(Node tree, @Nullable String contextReference, int maxDepth) {
    this.tree = tree;
    this.contextReference = contextReference;
    this.maxDepth = maxDepth;
  }

  /**
   * Parses.
   *
   * @throws JsonataException if this is no expression of JSONata 2.0.6
   */
  public static Program parse(String text) {
    return parse(text, Budget.MAX_DEPTH);
  }

  /** Parses an expression that may nest its evaluation more or less deeply than on AWS. */
  static Program parse(String text, int maxDepth) {
    try {
      Node parsed = Parser.parse(text);
      String contextReference = ContextReferences.first(parsed);
      return new Program(TreeBuilder.build(parsed), contextReference, maxDepth);
    } catch (StackOverflowError e) {
      throw JsonataException.worded(null, "The expression is nested too deeply");
    }
  }

  /**
   * The first reference to the context item outside of every path step, predicate, group and
   * order-by, for example the name {@code phone} in {@code phone.number}; null without one.
   */
  public @Nullable String contextReference() {
    return contextReference;
  }

  /**
   * Evaluates.
   *
   * @param input the context item; null for undefined
   * @param bindings the variables
   * @return null for undefined
   * @throws JsonataException if it fails
   */
  public @Nullable Object evaluate(
      @Nullable Object input,
      Map<String, ? extends @Nullable Object> bindings,
      JsonataEnvironment environment) {
    JsonataFrame frame = Library.frame();
    bindings.forEach(frame::bind);
    Object item = input;
    if (input instanceof Sequence array && !array.sequence) {
      Sequence wrapper = Sequence.of(array);
      wrapper.outerWrapper = true;
      item = wrapper;
    }
    frame.bind("$", input);
    Budget budget = new Budget(maxDepth);
    try {
      return new JsonataEvaluator(budget, environment).evaluate(tree, item, frame);
    } catch (StackOverflowError e) {
      throw JsonataException.worded(Budget.LIMIT_CODE, Budget.STACK_OVERFLOW);
    }
  }

  /** Whether a failure is one of an evaluation that takes too long or nests too deep. */
  public static boolean exceededLimit(JsonataException failure) {
    return Budget.LIMIT_CODE.equals(failure.code());
  }
}
